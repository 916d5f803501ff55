/* SPDX-License-Identifier: Apache-2.0 */
#include <siyu/abi.h>
#include <string.h>

/* Built against the header of contract 1.0 for good, in C alone. */
static const siyu_host* the_host;
static siyu_measure orders;

static siyu_text text(const char* words) {
    siyu_text out;
    out.data = words;
    out.length = strlen(words);
    return out;
}

static siyu_status create(const siyu_host* host, siyu_context* context, void** self) {
    the_host = host;
    *self = 0;
    host->log(context, SIYU_NOTICE, text("created"));
    return host->size >= sizeof(siyu_host) ? SIYU_OK : SIYU_FAILED;
}

static siyu_status half(void* data, siyu_context* context, siyu_fraction* out) {
    const siyu_status status = the_host->value(context, orders, out);
    (void)data;
    out->den *= 2;
    return status;
}

static siyu_status fill(void* data, siyu_context* context) {
    siyu_period period;
    (void)data;
    period.size = sizeof period;
    if (the_host->period(context, &period)) return SIYU_FAILED;
    return the_host->put_text(context, text("rhythm"), text(period.rhythm == SIYU_WEEKLY ? "weekly" : "other"));
}

static siyu_status declare(void* self, siyu_context* context) {
    const siyu_text keys[] = {SIYU_TEXT("rhythm")};
    siyu_set_expression bought;
    siyu_measure_expression total;
    siyu_kpi kpi;
    siyu_section section;
    (void)self;
    memset(&bought, 0, sizeof bought);
    bought.size = sizeof bought;
    bought.op = SIYU_BOUGHT;
    bought.trailing_days = 30;
    bought.at_least = 2;
    memset(&total, 0, sizeof total);
    total.size = sizeof total;
    total.op = SIYU_TOTAL;
    total.name = text("orders");
    total.set = the_host->set(context, &bought); /* meant nothing in 1.0, and so it does for this plugin */
    orders = the_host->measure(context, &total);
    memset(&kpi, 0, sizeof kpi);
    kpi.size = sizeof kpi;
    kpi.group = SIYU_RESULT;
    kpi.better = SIYU_HIGHER;
    kpi.flags = SIYU_ADDING;
    kpi.id = text("order_count");
    kpi.title_zh = text("订单数");
    kpi.title_en = text("Orders");
    kpi.above = orders;
    the_host->declare_kpi(context, &kpi);
    kpi.id = text("half_the_orders");
    kpi.flags = 0;
    kpi.above = 0;
    kpi.compute = half;
    the_host->declare_kpi(context, &kpi);
    memset(&section, 0, sizeof section);
    section.size = sizeof section;
    section.periods = SIYU_DAILY | SIYU_WEEKLY | SIYU_MONTHLY;
    section.id = text("rhythm_of_it");
    section.title_zh = text("节奏");
    section.title_en = text("Rhythm");
    section.template_zh = section.template_en = text("{{rhythm}}");
    section.keys = keys;
    section.key_count = 1;
    section.fill = fill;
    return the_host->declare_section(context, &section);
}

static void destroy(void* self) { (void)self; }

const siyu_plugin siyu_plugin_v1 = {
    sizeof(siyu_plugin), 0, SIYU_TEXT("frozen_c"), SIYU_TEXT("1.0.0"), create, declare, destroy, 0};
