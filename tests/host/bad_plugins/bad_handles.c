/* SPDX-License-Identifier: Apache-2.0 */
#include "raw.h"

/* Handles made up, a set for a measure, structs that are none. */
static siyu_status declare(void* self, siyu_context* context) {
    siyu_kpi kpi = raw_kpi("made_up");
    siyu_set_expression members;
    (void)self;
    memset(&members, 0, sizeof members);
    members.size = sizeof members;
    kpi.above = 4711;
    the_host->declare_kpi(context, &kpi);
    kpi = raw_kpi("a_set");
    kpi.above = the_host->set(context, &members);
    the_host->declare_kpi(context, &kpi);
    kpi = raw_kpi("flags");
    kpi.above = raw_orders(context);
    kpi.flags = 1u << 20;
    the_host->declare_kpi(context, &kpi);
    kpi.size = 8;
    the_host->declare_kpi(context, &kpi);
    the_host->declare_section(context, 0);
    members.op = 77;
    the_host->set(context, &members);
    return SIYU_OK;
}

const siyu_plugin siyu_plugin_v1 = {
    sizeof(siyu_plugin), 0, SIYU_TEXT("bad_handles"), SIYU_TEXT("1.0.0"), raw_create, declare, raw_destroy, 0};
