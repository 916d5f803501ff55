/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "raw.h"

/* Declares while it computes, and asks with a context that it kept. */
static siyu_context* kept;

static siyu_status declares(void* data, siyu_context* context, siyu_fraction* out) {
    siyu_kpi kpi = raw_kpi("late");
    (void)data;
    out->num = out->den = 1;
    the_host->declare_kpi(context, &kpi);
    return SIYU_OK;
}
static siyu_status undefined_value(void* data, siyu_context* context, siyu_fraction* out) {
    (void)data, (void)context;
    out->num = 1;
    out->den = 0;
    return SIYU_OK;
}
static siyu_status silent(void* data, siyu_context* context, siyu_fraction* out) {
    (void)data, (void)context, (void)out;
    return SIYU_FAILED;
}
static siyu_status declare(void* self, siyu_context* context) {
    siyu_kpi kpi = raw_kpi("declares");
    (void)self;
    kept = context;
    kpi.compute = declares;
    the_host->declare_kpi(context, &kpi);
    kpi = raw_kpi("undefined_value");
    kpi.compute = undefined_value;
    the_host->declare_kpi(context, &kpi);
    kpi = raw_kpi("silent");
    kpi.compute = silent;
    return the_host->declare_kpi(context, &kpi);
}
static void destroy(void* self) {
    siyu_fraction out;
    (void)self;
    if (the_host->value(kept, 1, &out) != SIYU_BAD_CALL) abort();
}

const siyu_plugin siyu_plugin_v1 = {
    sizeof(siyu_plugin), 0, SIYU_TEXT("late_calls"), SIYU_TEXT("1.0.0"), raw_create, declare, destroy, 0};
