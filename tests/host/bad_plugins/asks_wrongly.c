/* SPDX-License-Identifier: Apache-2.0 */
#include "raw.h"

/* Sections that ask and put against the contract, each fault in one; and one that keeps what it was lent. */
static siyu_measure orders;
static const siyu_part* kept;

static siyu_cell cell(const char* key) {
    siyu_cell out;
    memset(&out, 0, sizeof out);
    out.key = raw_text(key);
    out.figure.num = 1;
    out.figure.den = 3;
    return out;
}

static siyu_status asks(void* data, siyu_context* context) {
    siyu_fraction out;
    const siyu_part* parts;
    const siyu_text* cells;
    uint64_t count;
    const siyu_text wrong[] = {raw_text("nam"), raw_text("tier.name")};
    (void)data;
    the_host->value_over(context, orders, 20006, 20000, &out);
    the_host->value_over(context, orders, 20000, 20007, &out);
    the_host->value_over(context, 4711, 20000, 20006, &out);
    the_host->split(context, orders, raw_text("gide_id"), 20000, 20006, &parts, &count);
    the_host->split(context, orders, raw_text("channel.region"), 20000, 20006, &parts, &count);
    the_host->split(context, orders, raw_text("kind"), 20000, 20006, &parts, &count);
    the_host->roster(context, raw_text("group"), wrong, 1, 20006, &cells, &count);
    the_host->roster(context, raw_text("groups"), wrong, 2, 20006, &cells, &count);
    the_host->roster(context, raw_text("groups"), wrong, 0, 20006, &cells, &count);
    return SIYU_OK;
}
static siyu_status puts_rows(void* data, siyu_context* context) {
    siyu_cell cells[3] = {cell("name"), cell("name"), cell("")};
    (void)data;
    the_host->put_row(context, raw_text("guide"), cells, 1);
    the_host->put_row(context, raw_text("guides"), cells, 3);
    cells[1] = cell("nam");
    the_host->put_row(context, raw_text("guides"), cells, 2);
    cells[0].unit = 9;
    the_host->put_row(context, raw_text("guides"), cells, 1);
    cells[0] = cell("name");
    cells[0].figure.den = -1;
    the_host->put_row(context, raw_text("guides"), cells, 1);
    cells[0] = cell("name");
    cells[0].text = raw_text("also a text");
    the_host->put_row(context, raw_text("guides"), cells, 1);
    cells[0] = cell("name");
    cells[0].figure.den = 0;
    cells[0].text = raw_text("\xe8\xae\xa2\xff");
    the_host->put_row(context, raw_text("guides"), cells, 1);
    cells[0].status = SIYU_FAILED;
    the_host->put_row(context, raw_text("guides"), cells, 1);
    cells[0] = cell("guides.name");
    the_host->put_figure(context, cells);
    return SIYU_OK;
}
static siyu_status puts_many(void* data, siyu_context* context) {
    const siyu_cell row = cell("name");
    siyu_status status = SIYU_OK;
    int i;
    (void)data;
    for (i = 0; i <= 10000 && status == SIYU_OK; ++i) status = the_host->put_row(context, raw_text("guides"), &row, 1);
    return SIYU_OK;
}
static siyu_status splits(void* data, siyu_context* context) {
    uint64_t count = 0, again = 0;
    const siyu_part *first, *second;
    siyu_cell out = cell("share");
    (void)data;
    if (the_host->split(context, orders, raw_text("channel"), 20000, 20006, &first, &count)) return SIYU_FAILED;
    if (the_host->split(context, orders, raw_text("channel"), 20001, 20006, &second, &again)) return SIYU_FAILED;
    kept = first;
    /* What was lent first is still there. */
    out.figure = kept[count - 1].figure;
    the_host->put_figure(context, &out);
    return the_host->put_text(context, raw_text("phase"), second[0].value);
}
static siyu_status declare(void* self, siyu_context* context) {
    const char* ids[] = {"asks", "puts_rows", "puts_many", "splits"};
    siyu_status (*fills[])(void*, siyu_context*) = {asks, puts_rows, puts_many, splits};
    const siyu_text keys[] = {raw_text("guides.name"), raw_text("guides.gmv"), raw_text("guides.rate"),
                              raw_text("share"), raw_text("phase")};
    siyu_section section;
    int i;
    (void)self;
    orders = raw_orders(context);
    memset(&section, 0, sizeof section);
    section.size = sizeof section;
    section.periods = SIYU_DAILY;
    section.title_zh = section.title_en = raw_text("Orders");
    section.keys = keys;
    section.key_count = 5;
    for (i = 0; i < 4; ++i) {
        section.id = raw_text(ids[i]);
        section.fill = fills[i];
        the_host->declare_section(context, &section);
    }
    return SIYU_OK;
}

const siyu_plugin siyu_plugin_v1 = {
    sizeof(siyu_plugin), 1, SIYU_TEXT("asks_wrongly"), SIYU_TEXT("1.0.0"), raw_create, declare, raw_destroy, 0};
