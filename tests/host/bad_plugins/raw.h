/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <siyu/abi.h>
#include <string.h>

/* What the plugins below have in common; each spoils one thing. */
static const siyu_host* the_host;

static inline siyu_status raw_create(const siyu_host* host, siyu_context* context, void** self) {
    (void)context;
    the_host = host;
    *self = 0;
    return SIYU_OK;
}
static inline siyu_status raw_declare(void* self, siyu_context* context) {
    (void)self, (void)context;
    return the_host ? SIYU_OK : SIYU_FAILED;
}
static inline void raw_destroy(void* self) { (void)self; }

static inline siyu_text raw_text(const char* text) {
    siyu_text out;
    out.data = text;
    out.length = strlen(text);
    return out;
}

/* The number of orders, and a KPI that is that. */
static inline siyu_measure raw_orders(siyu_context* context) {
    siyu_measure_expression orders;
    memset(&orders, 0, sizeof orders);
    orders.size = sizeof orders;
    orders.op = SIYU_TOTAL;
    orders.name = raw_text("orders");
    return the_host->measure(context, &orders);
}
static inline siyu_kpi raw_kpi(const char* id) {
    siyu_kpi kpi;
    memset(&kpi, 0, sizeof kpi);
    kpi.size = sizeof kpi;
    kpi.id = raw_text(id);
    kpi.title_zh = raw_text("订单数");
    kpi.title_en = raw_text("Orders");
    return kpi;
}
