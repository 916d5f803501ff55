/* SPDX-License-Identifier: Apache-2.0 */
#include "raw.h"

/* A good one, in C alone. */
static siyu_status declare(void* self, siyu_context* context) {
    siyu_kpi kpi = raw_kpi("order_count");
    (void)self;
    kpi.group = SIYU_RESULT;
    kpi.better = SIYU_HIGHER;
    kpi.flags = SIYU_ADDING | SIYU_PROJECTED;
    kpi.above = raw_orders(context);
    return the_host->declare_kpi(context, &kpi);
}

const siyu_plugin siyu_plugin_v1 = {
    sizeof(siyu_plugin), 0, SIYU_TEXT("com.acme.plain_c"), SIYU_TEXT("2.1.0"), raw_create, declare, raw_destroy, 0};
