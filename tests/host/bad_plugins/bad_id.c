/* SPDX-License-Identifier: Apache-2.0 */
#include "raw.h"

const siyu_plugin siyu_plugin_v1 = {
    sizeof(siyu_plugin), 0, SIYU_TEXT("../bad_id"), SIYU_TEXT("1.0.0"), raw_create, raw_declare, raw_destroy, 0};
