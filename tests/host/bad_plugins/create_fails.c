/* SPDX-License-Identifier: Apache-2.0 */
#include "raw.h"

static siyu_status create(const siyu_host* host, siyu_context* context, void** self) {
    (void)self;
    host->fail(context, SIYU_FAILED, raw_text("no licence on this machine"));
    return SIYU_FAILED;
}

const siyu_plugin siyu_plugin_v1 = {
    sizeof(siyu_plugin), 0, SIYU_TEXT("create_fails"), SIYU_TEXT("1.0.0"), create, raw_declare, raw_destroy, 0};
