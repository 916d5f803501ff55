/* SPDX-License-Identifier: Apache-2.0 */
#include "raw.h"

static siyu_status declare(void* self, siyu_context* context) {
    siyu_kpi kpi = raw_kpi("orders");
    (void)self;
    kpi.title_zh = raw_text("\xe8\xae\xa2\xff");
    kpi.above = raw_orders(context);
    return the_host->declare_kpi(context, &kpi);
}

const siyu_plugin siyu_plugin_v1 = {sizeof(siyu_plugin), 0,       SIYU_TEXT("bad_utf8"), SIYU_TEXT("1.0.0"),
                                    raw_create,          declare, raw_destroy,           0};
