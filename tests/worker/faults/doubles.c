/* SPDX-License-Identifier: Apache-2.0 */
#include "../../host/bad_plugins/raw.h"

/* Nothing but declarations, and so few of them that they look harmless: twice the former one, sixty times. Who walks
 * from the top to every leaf does not come back. */
static siyu_status declare(void* self, siyu_context* context) {
    siyu_measure last = raw_orders(context);
    siyu_kpi kpi = raw_kpi("kpi");
    int i;
    (void)self;
    for (i = 0; i < 60; ++i) {
        siyu_measure_expression twice;
        memset(&twice, 0, sizeof twice);
        twice.size = sizeof twice;
        twice.op = SIYU_PLUS;
        twice.left = twice.right = last;
        last = the_host->measure(context, &twice);
    }
    kpi.above = last;
    return the_host->declare_kpi(context, &kpi);
}

const siyu_plugin siyu_plugin_v1 = {sizeof(siyu_plugin), 0,       SIYU_TEXT("doubles"), SIYU_TEXT("1.0.0"),
                                    raw_create,          declare, raw_destroy,          0};
