/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SIYU_ABI_H
#define SIYU_ABI_H

#include <stdint.h>

/*
 * What crosses between siyu (the host) and a client plugin: C and nothing else. A plugin is a shared object that
 * exports one constant, siyu_plugin_v1, and declares what one brand wants measured, staffed and shown; the host
 * computes. Authors who write C++ use siyu/plugin.hpp, which keeps all the rules below for them.
 *
 * Life       The host reads siyu_plugin_v1, then calls create, declare once, any number of compute and fill, destroy.
 *            In create only fail, log, setting, setting_number and extension may be called. Where create fails, destroy
 *            is not called. What is declared is declared in declare; in compute and fill the declaring functions return
 *            SIYU_BAD_CALL. The host copies everything that is declared before the call returns.
 * Context    Given with every call, good until that call returns, bound to one tenant. Never kept. Never looked into.
 * Threads    One instance is never entered by two threads at once; two instances may run at the same time, so a plugin
 *            has no mutable statics. It starts no thread that outlives a call. log alone may be called from any thread.
 * Errors     Every entry returns a status and gives the words for it to fail first; a failure without words is reported
 *            as a fault of the plugin. No exception, longjmp or exit crosses. The host gathers all problems of the
 *            declarations and reports them together: a plugin need not look at what the declaring functions return.
 * Text       UTF-8, counted, not ended by 0, borrowed: a text given to a call is good until that call returns, a text
 *            given out by the host until the call into the plugin returns. Values are never HTML; the host escapes.
 * Ownership  Neither side frees what the other made. `self` is the plugin's and goes back to destroy.
 * Numbers    Fractions of 64-bit whole numbers, den > 0. Money is in fen. Days are counted from 1970-01-01.
 * Handles    Sets and measures are numbers that the host gives out, good for one instance from declare to destroy.
 *            0 is no set and no measure. A faulty expression gets a handle too: its fault is reported once, there.
 * Evolution  Structs and tables grow at the end only and say their size first; the receiver takes what it knows and
 *            treats the rest as zero. A plugin says the least minor version it needs. Before it calls a host function
 *            that came later it looks whether host->size holds it. siyu_text, siyu_fraction, siyu_filter, siyu_cell and
 *            siyu_part never grow. Nothing is inserted, reordered, retyped or reused. Unknown values and flags are
 *            refused, so that they can get a meaning. What is new and large comes as an extension, by id. A break would
 *            be siyu_plugin_v2.
 */

#ifdef __cplusplus
extern "C" {
#endif

#define SIYU_CONTRACT_MINOR 1

#if defined(__GNUC__)
#define SIYU_EXPORT __attribute__((visibility("default")))
#else
#define SIYU_EXPORT
#endif

/* What an entry or a host function came to. */
typedef int32_t siyu_status;
#define SIYU_OK 0
#define SIYU_NO_VALUE 1       /* there is no figure: an empty denominator, a setting that is not there. Not a failure */
#define SIYU_NOT_READY 2      /* a figure whose data are still missing. Not a failure */
#define SIYU_NOT_APPLICABLE 3 /* a figure that this brand does not have. Not a failure */
#define SIYU_BAD_CONFIG 4     /* the tenant's settings: the PM can mend it */
#define SIYU_BAD_CALL 5       /* against this contract: the plugin's author can mend it */
#define SIYU_UNSUPPORTED 6    /* a later host may be able to */
#define SIYU_CANCELLED 7      /* stop now: nobody waits for the result */
#define SIYU_FAILED 8         /* anything else; so is every status not listed here */

typedef struct siyu_text {
    const char* data; /* may be null where length is 0 */
    uint64_t length;  /* bytes */
} siyu_text;

/* A siyu_text of a string literal, to initialise with. */
#define SIYU_TEXT(literal) \
    { (literal), sizeof(literal) - 1 }

typedef struct siyu_fraction {
    int64_t num, den; /* den > 0; den 0 stands for “not given” where that is allowed */
} siyu_fraction;

typedef uint32_t siyu_set;     /* a set of customers */
typedef uint32_t siyu_measure; /* a number */

typedef struct siyu_context siyu_context;

/* ---- expressions ------------------------------------------------------------------------------------------------- */

#define SIYU_EQUALS 0  /* the column is `value`; "" is the unknown one */
#define SIYU_PRESENT 1 /* the column is not empty */
#define SIYU_ABSENT 2  /* the column is empty */

/* Keeps the rows of a fact whose column passes the test. Several filters: all must pass. Since 1.1 a column may be
 * looked up in a roster: `group_id.tier` is the tier of the row's group, `guide_id.store_id` the store of its guide, by
 * the roster's row that holds on the last day of the window (docs: plugins, Rosters). */
typedef struct siyu_filter {
    siyu_text column; /* of the fact, docs: facts */
    siyu_text value;  /* for SIYU_EQUALS */
    uint32_t test;
    uint32_t reserved; /* 0 */
} siyu_filter;

/* Those with a relationship at one moment; since 1.1 with filters, which keep relationships: of MEMBERS on guide_id, of
 * GROUP_MEMBERS on group_id, and what is looked up by it. */
#define SIYU_MEMBERS 0       /* an open relationship at the start (the eve of the window) or its end */
#define SIYU_GROUP_MEMBERS 1 /* an open group relationship, likewise */
/* Those with rows in the window. */
#define SIYU_JOINED 2     /* a join */
#define SIYU_ARRIVED 3    /* a join and no member at the window's start; filters look at the earliest join */
#define SIYU_LEFT 4       /* a leave */
#define SIYU_INTERACTED 5 /* an interaction */
#define SIYU_BOUGHT 6     /* an order paid */
/* Joined sets. */
#define SIYU_BOTH 7    /* in left and right */
#define SIYU_EITHER 8  /* in left or right */
#define SIYU_WITHOUT 9 /* in left, not in right */
/* Since 1.1. FOLLOWED: left and right are JOINED, INTERACTED or BOUGHT without at_least; a customer with a row of left
 * and a later one of right at most `within_days` x 24 hours after it, both in the window. */
#define SIYU_SPENT 10  /* whose orders paid in the window come together to `at_least` fen, and to less than `below` */
#define SIYU_BASKET 11 /* whose mean order paid in the window is of `at_least` fen, and of less than `below` */
#define SIYU_LISTED 12 /* named by a row of the roster `name` that holds on the last day of the window */
#define SIYU_FOLLOWED 13

typedef struct siyu_set_expression {
    uint32_t size; /* sizeof(siyu_set_expression) */
    uint32_t op;
    uint32_t at_end;        /* SIYU_MEMBERS, SIYU_GROUP_MEMBERS: 0 at the start, 1 at the end */
    uint32_t trailing_days; /* the window: 0 the period, n the n days up to its last one */
    int64_t at_least; /* SIYU_INTERACTED, SIYU_BOUGHT: so many rows of the customer, 0 is 1; SIYU_SPENT, BASKET: fen */
    const siyu_filter* filters;
    uint32_t filter_count;
    siyu_set left, right; /* SIYU_BOTH, SIYU_EITHER, SIYU_WITHOUT, SIYU_FOLLOWED */
    uint32_t reserved;    /* 0 */
    /* Since 1.1: */
    siyu_text name;       /* SIYU_LISTED: the roster */
    int64_t below;        /* SIYU_SPENT, SIYU_BASKET: fen; 0 is without bound */
    uint32_t within_days; /* SIYU_FOLLOWED */
    uint32_t days_ago;    /* the window ends so many days before the period's last day; needs trailing_days */
} siyu_set_expression;

#define SIYU_CONSTANT 0
/* TOTAL, DISTINCT: since 1.1 also of rosters, over the rows that hold on the last day of the window; and where `set` is
 * given, only over rows whose customer is in it. */
#define SIYU_TOTAL 1    /* sum of `column` over the rows of fact `name`; without column the number of rows */
#define SIYU_DISTINCT 2 /* number of different values of `column` of fact `name`, the unknown one not counted */
#define SIYU_SIZE 3     /* size of `set` */
#define SIYU_QUANTITY 4 /* what the host knows by `name`, docs: plugins */
#define SIYU_PLUS 5
#define SIYU_MINUS 6
#define SIYU_BEGUN 7 /* since 1.1: number of rows of roster `name` whose first day falls in the window */

typedef struct siyu_measure_expression {
    uint32_t size; /* sizeof(siyu_measure_expression) */
    uint32_t op;
    siyu_fraction constant; /* SIYU_CONSTANT */
    siyu_text name, column;
    const siyu_filter* filters;
    const int64_t* arguments; /* SIYU_QUANTITY */
    uint32_t filter_count, argument_count;
    uint32_t trailing_days;   /* SIYU_TOTAL, SIYU_DISTINCT, SIYU_QUANTITY, SIYU_BEGUN */
    siyu_set set;             /* SIYU_SIZE; since 1.1 SIYU_TOTAL, SIYU_DISTINCT and the quantity refunds_booked */
    siyu_measure left, right; /* SIYU_PLUS, SIYU_MINUS */
    /* Since 1.1: */
    uint64_t reserved; /* 0. Of a struct without it, which is of 1.0, `set` is looked at for SIYU_SIZE alone */
} siyu_measure_expression;

/* ---- declarations ------------------------------------------------------------------------------------------------ */

#define SIYU_TRAFFIC 0
#define SIYU_SERVICE 1
#define SIYU_RESULT 2

#define SIYU_COUNT 0
#define SIYU_RATIO 1
#define SIYU_MONEY 2 /* fen */
#define SIYU_MULTIPLE 3

#define SIYU_HIGHER 1
#define SIYU_NEITHER 0
#define SIYU_LOWER (-1)

#define SIYU_BRAND 0  /* for the brand and the agency */
#define SIYU_AGENCY 1 /* for the agency alone */

#define SIYU_ADDING 1u              /* adds up over days */
#define SIYU_SCALES_WITH_TRAFFIC 2u /* its forecast shrinks with traffic that was promised and did not come */
#define SIYU_PROJECTED 4u           /* is projected to the month's end; needs SIYU_ADDING */
#define SIYU_HEADLINE 8u            /* has a tile at the top of the report */

/* A KPI: above / below, above alone where below is 0, or compute where both are 0. Declaring the id of a KPI that an
 * extended plugin declared replaces it in its place; the same id twice in one plugin is an error. */
typedef struct siyu_kpi {
    uint32_t size; /* sizeof(siyu_kpi) */
    uint32_t group, unit;
    int32_t better;
    uint32_t audience;
    uint32_t flags;
    siyu_text id; /* lower-case letters, digits, _; begins with a letter; up to 64 */
    siyu_text title_zh, title_en;
    siyu_measure above, below;
    /* The value of the KPI for the period of the context; asks for the parts by siyu_host.value. */
    siyu_status (*compute)(void* data, siyu_context* context, siyu_fraction* out);
    void* data; /* for compute */
} siyu_kpi;

/* Another formula for a KPI of an extended plugin; title, unit and all else stay. */
typedef struct siyu_formula {
    uint32_t size; /* sizeof(siyu_formula) */
    siyu_measure above, below;
    uint32_t reserved; /* 0 */
    siyu_text kpi;
} siyu_formula;

/* Lines for a KPI whose forecast row gives none, in its unit, for a whole month where it adds. den 0: not given. */
typedef struct siyu_lines {
    uint32_t size;     /* sizeof(siyu_lines) */
    uint32_t reserved; /* 0 */
    siyu_text kpi;
    siyu_fraction normal, good, excess;
} siyu_lines;

/* den 0: stays as it is. */
typedef struct siyu_staffing {
    uint32_t size;     /* sizeof(siyu_staffing) */
    uint32_t reserved; /* 0 */
    siyu_fraction members_per_guide, guides_per_operator;
} siyu_staffing;

/* One more role: driver / per_person, rounded up, and not less than at_least. */
typedef struct siyu_role {
    uint32_t size; /* sizeof(siyu_role) */
    siyu_measure driver;
    siyu_text id, title_zh, title_en;
    siyu_fraction per_person;
    int64_t at_least;
} siyu_role;

#define SIYU_DAILY 1u
#define SIYU_WEEKLY 2u
#define SIYU_MONTHLY 4u

/* A part of the report. Templates are Mustache over plain text or the HTML that docs/plugins.md lists. Keys: of every
 * KPI that the audience sees {{id}} (the figure as shown), {{id_title}}, {{id_prev}}, {{id_change}}, {{id_line}},
 * {{id_attainment}}; {{tenant}}, {{period}}, {{first}}, {{last}}, {{title}}; and `keys`, which fill puts. Since 1.1 a
 * key `guides.name` is the key `name` in each row of the list `guides`: {{#guides}}{{name}}{{/guides}}. */
typedef struct siyu_section {
    uint32_t size;    /* sizeof(siyu_section) */
    uint32_t periods; /* SIYU_DAILY | SIYU_WEEKLY | SIYU_MONTHLY */
    uint32_t audience;
    uint32_t key_count;
    siyu_text id, title_zh, title_en, template_zh, template_en;
    const siyu_text* keys;
    /* Puts the texts of its own keys by siyu_host.put_text; null where it has none. */
    siyu_status (*fill)(void* data, siyu_context* context);
    void* data; /* for fill */
} siyu_section;

/* ---- what fill puts, since 1.1 ---------------------------------------------------------------------------------- */

/* A figure or a text for one key; the host writes figures in the reader's language, rounded once. */
typedef struct siyu_cell {
    siyu_text key;
    siyu_text text;       /* where status is SIYU_OK and figure.den is 0 */
    siyu_fraction figure; /* where den > 0: in `unit` */
    uint32_t unit;        /* SIYU_COUNT, SIYU_RATIO, SIYU_MONEY, SIYU_MULTIPLE */
    siyu_status status;   /* SIYU_OK; SIYU_NO_VALUE, NOT_READY, NOT_APPLICABLE for a figure that is not there */
} siyu_cell;

/* ---- what compute and fill may ask, since 1.1 ------------------------------------------------------------------- */

/* The part of a measure that one value of a column has. */
typedef struct siyu_part {
    siyu_text value; /* "" is the unknown one */
    siyu_fraction figure;
    siyu_status status; /* SIYU_OK, or why there is no figure */
    uint32_t reserved;
} siyu_part;

/* ---- the host ---------------------------------------------------------------------------------------------------- */

#define SIYU_DEBUG 0
#define SIYU_NOTICE 1
#define SIYU_WARNING 2
#define SIYU_ERROR 3

/* What a setting must be: what is not is reported to the tenant by the host, as BAD_CONFIG. */
#define SIYU_ANY_NUMBER 0
#define SIYU_POSITIVE 1       /* > 0 */
#define SIYU_WHOLE 2          /* 0, 1, 2 ... */
#define SIYU_POSITIVE_WHOLE 3 /* 1, 2, 3 ... */
#define SIYU_YES_NO 4         /* 1 and 0, from yes and no, true and false, 是 and 否 */

typedef struct siyu_period {
    uint32_t size;   /* sizeof(siyu_period), set by the plugin */
    uint32_t rhythm; /* SIYU_DAILY, SIYU_WEEKLY or SIYU_MONTHLY */
    int32_t first, last;
} siyu_period;

typedef struct siyu_host {
    uint32_t size;
    uint32_t minor; /* of the contract that the host offers */

    /* Words for the status that the running entry is about to return; the last ones count. */
    void (*fail)(siyu_context*, siyu_status, siyu_text words);
    void (*log)(siyu_context*, uint32_t level, siyu_text words);
    /* In create and declare: the plugin's own settings of the tenant. SIYU_NO_VALUE where it has none; SIYU_BAD_CONFIG
     * where it is not of the form, which the host then reports: the plugin may go on with any value. */
    siyu_status (*setting)(siyu_context*, siyu_text key, siyu_text* out);
    siyu_status (*setting_number)(siyu_context*, siyu_text key, uint32_t form, siyu_fraction* out);

    /* In declare. */
    siyu_status (*extend)(siyu_context*, siyu_text plugin); /* loads its declarations; before those of one's own */
    siyu_set (*set)(siyu_context*, const siyu_set_expression*);
    siyu_measure (*measure)(siyu_context*, const siyu_measure_expression*);
    siyu_status (*declare_kpi)(siyu_context*, const siyu_kpi*);
    siyu_status (*redefine_kpi)(siyu_context*, const siyu_formula*);
    siyu_status (*declare_lines)(siyu_context*, const siyu_lines*);
    siyu_status (*declare_staffing)(siyu_context*, const siyu_staffing*);
    siyu_status (*declare_role)(siyu_context*, const siyu_role*);
    siyu_status (*declare_section)(siyu_context*, const siyu_section*);

    /* In compute and fill. value gives SIYU_NO_VALUE, SIYU_NOT_READY or SIYU_NOT_APPLICABLE where there is no figure.
     */
    siyu_status (*value)(siyu_context*, siyu_measure, siyu_fraction* out);
    siyu_status (*period)(siyu_context*, siyu_period* out);
    siyu_status (*put_text)(siyu_context*, siyu_text key, siyu_text text); /* in fill; a key of the section */

    /* Not 0: stop and return SIYU_CANCELLED. To be asked in long loops. */
    int32_t (*cancelled)(siyu_context*);
    /* A capability by id, `siyu.name/1`; null where the host does not have it. */
    const void* (*extension)(siyu_context*, siyu_text id);

    /* Since 1.1, in compute and fill. What is given out is borrowed until compute or fill returns. */
    /* The measure over first..last, days as in siyu_period; last is not after the period's. */
    siyu_status (*value_over)(siyu_context*, siyu_measure, int32_t first, int32_t last, siyu_fraction* out);
    /* The measure by the values of a column of its facts, as filters name it, in the order of the values; those without
     * a row are left out. SIYU_BAD_CALL where the measure cannot be divided by it (docs: plugins, Dividing). */
    siyu_status (*split)(siyu_context*, siyu_measure, siyu_text column, int32_t first, int32_t last,
                         const siyu_part** out, uint64_t* count);
    /* The rows of a roster that hold on the day, in the order of their key: *count rows of `columns` texts each, dates
     * as 2026-11-20, numbers as digits, "" for what is empty. Of `guides` those allocated to the tenant. */
    siyu_status (*roster)(siyu_context*, siyu_text name, const siyu_text* columns, uint32_t column_count, int32_t day,
                          const siyu_text** out, uint64_t* count);
    /* In fill: a figure for a key of the section; a row of one of its lists. */
    siyu_status (*put_figure)(siyu_context*, const siyu_cell*);
    siyu_status (*put_row)(siyu_context*, siyu_text list, const siyu_cell* cells, uint32_t count);
} siyu_host;

/* ---- the plugin -------------------------------------------------------------------------------------------------- */

typedef struct siyu_plugin {
    uint32_t size;     /* sizeof(siyu_plugin) */
    uint32_t minor;    /* the least minor version of the contract that it needs */
    siyu_text id;      /* words of a-z, 0-9, _ and -, joined by dots; the last word is the name of the file */
    siyu_text version; /* of the plugin, `1.4.0` */
    siyu_status (*create)(const siyu_host* host, siyu_context* context, void** self);
    siyu_status (*declare)(void* self, siyu_context* context);
    void (*destroy)(void* self);
    const void* (*extension)(void* self, siyu_text id); /* may be null */
} siyu_plugin;

/* The one symbol that a plugin exports. */
SIYU_EXPORT extern const siyu_plugin siyu_plugin_v1;

#ifdef __cplusplus
}
#endif

#endif
