/* SPDX-License-Identifier: Apache-2.0 */
#include <siyu/abi.h>
#include <stddef.h>

/* Sizes and last fields of the structs that cross, as a C compiler lays them out; built as C11 and as C17. */
void LAYOUT(uint64_t* out);

static const siyu_text sample = SIYU_TEXT("standard");

void LAYOUT(uint64_t* out) {
    const uint64_t layout[] = {
        sizeof(siyu_text),
        sizeof(siyu_fraction),
        sizeof(siyu_filter),
        sizeof(siyu_kpi),
        offsetof(siyu_kpi, data),
        sizeof(siyu_formula),
        offsetof(siyu_formula, kpi),
        sizeof(siyu_lines),
        offsetof(siyu_lines, excess),
        sizeof(siyu_staffing),
        offsetof(siyu_staffing, guides_per_operator),
        sizeof(siyu_role),
        offsetof(siyu_role, at_least),
        sizeof(siyu_section),
        offsetof(siyu_section, data),
        sizeof(siyu_set_expression),
        offsetof(siyu_set_expression, right),
        sizeof(siyu_measure_expression),
        offsetof(siyu_measure_expression, right),
        sizeof(siyu_period),
        offsetof(siyu_period, last),
        sizeof(siyu_host),
        offsetof(siyu_host, extension),
        sizeof(siyu_plugin),
        offsetof(siyu_plugin, extension),
        sample.length,
    };
    for (size_t i = 0; i < sizeof layout / sizeof *layout; ++i) out[i] = layout[i];
}
