/* SPDX-License-Identifier: Apache-2.0 */
#include <siyu/abi.h>

/* Names the structs of contract 1.0, each in a function of its own, for abidw to describe. Those that lead to others
 * are looked at apart from them: growth at the end of one that leads there would cover up what is wrong with the other.
 */
#define PROBE(type)                 \
    void probe_##type(const type*); \
    void probe_##type(const type* value) { (void)value; }

#ifdef TABLES
PROBE(siyu_host)
PROBE(siyu_plugin)
#else
PROBE(siyu_text)
PROBE(siyu_fraction)
PROBE(siyu_filter)
PROBE(siyu_set_expression)
PROBE(siyu_measure_expression)
PROBE(siyu_kpi)
PROBE(siyu_formula)
PROBE(siyu_lines)
PROBE(siyu_staffing)
PROBE(siyu_role)
PROBE(siyu_section)
PROBE(siyu_period)
#endif
