/* SPDX-License-Identifier: Apache-2.0 */
#include <siyu/abi.h>
#include <stddef.h>

/* How the structs lie in memory and what the numbers are, said once for good: what was there in 1.0 stays where it was,
 * what came since stands behind it. Compiled as C and as C++, against today's header and against that of 1.0. */
#ifdef __cplusplus
#define HOLDS(condition, words) static_assert(condition, words)
#else
#define HOLDS(condition, words) _Static_assert(condition, words)
#endif

#define FIELD(type, field, offset, bytes) \
    HOLDS(offsetof(type, field) == (offset) && sizeof(((type*)0)->field) == (bytes), #type "." #field);
#define VALUE(name, number) HOLDS((name) == (number), #name);

#if SIYU_CONTRACT_MINOR == 0
#define SIZE(type, bytes) HOLDS(sizeof(type) == (bytes), #type);
#include "layout_1_0.def"
#else
#define SIZE(type, bytes) HOLDS(sizeof(type) >= (bytes), #type);
#include "layout_1_0.def"
#undef SIZE
#define SIZE(type, bytes) HOLDS(sizeof(type) == (bytes), #type);
#include "layout_1_1.def"
/* Those that say no size stay as they are: they stand in arrays. */
SIZE(siyu_text, 16)
SIZE(siyu_fraction, 16)
SIZE(siyu_filter, 40)
#endif

/* A literal initialises a text in both languages. */
static const siyu_text sample = SIYU_TEXT("standard");
uint64_t length_of_sample(void);
uint64_t length_of_sample(void) { return sample.length; }
