// SPDX-License-Identifier: Apache-2.0
#include <siyu/abi.h>

#include "../../host/bad_plugins/raw.h"

// Keeps the context of declare and uses it while another one is at work.
static siyu_context* kept;
static siyu_status compute(void*, siyu_context*, siyu_fraction* out) {
    siyu_kpi kpi = raw_kpi("late");
    kpi.above = 1;
    *out = {1, 1};
    return the_host->declare_kpi(kept, &kpi);
}
static siyu_status declare(void*, siyu_context* context) {
    kept = context;
    siyu_kpi kpi = raw_kpi("kpi");
    kpi.compute = compute;
    return the_host->declare_kpi(context, &kpi);
}
extern "C" SIYU_EXPORT const siyu_plugin siyu_plugin_v1 = {
    sizeof(siyu_plugin), 0, SIYU_TEXT("keeps_context"), SIYU_TEXT("1.0.0"), raw_create, declare, raw_destroy, nullptr};
