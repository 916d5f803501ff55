/* SPDX-License-Identifier: Apache-2.0 */
#include "raw.h"

static siyu_status declare(void* self, siyu_context* context) {
    (void)self, (void)context;
    return 1234;
}

const siyu_plugin siyu_plugin_v1 = {
    sizeof(siyu_plugin), 0, SIYU_TEXT("fails_silently"), SIYU_TEXT("1.0.0"), raw_create, declare, raw_destroy, 0};
