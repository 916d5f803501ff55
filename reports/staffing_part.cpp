// SPDX-License-Identifier: Apache-2.0
#include "reports/parts.hpp"

namespace siyu {

namespace {

void add_need(const View& view, PagePart& part) {
    const StaffingView& staffing = view.card.staffing;
    const auto count = [&](std::int64_t number) { return view.words.number(number, 0); };
    // Shares of guides with two places: 1.50.
    const std::string allocated =
        staffing.allocated ? view.words.number(*staffing.allocated, 2) : view.words.gap(staffing.allocated.gap());
    std::string text = view.say("report.staffing.need", {{"members", count(staffing.members)},
                                                         {"required", count(staffing.required_guides)},
                                                         {"allocated", allocated}});
    if (staffing.allocated) {
        const Fraction difference = *staffing.allocated - Fraction(staffing.required_guides);
        const char* id = difference.sign() < 0   ? "report.staffing.too_few"
                         : difference.sign() > 0 ? "report.staffing.more"
                                                 : "report.staffing.exact";
        text += view.say(id, {{"guides", view.words.number(difference.sign() < 0 ? -difference : difference, 2)}});
    }
    part.blocks.push_back(Paragraph{text});
    PageTable table{.caption = view.say("report.staffing.caption"),
                    .columns = {{view.say("report.column_title.role"), false},
                                {view.say("report.column_title.required"), true},
                                {view.say("report.column_title.allocated"), true}}};
    const std::string untold = view.say("report.staffing.untold");
    table.rows.push_back({.cells = {{view.say("report.staffing.guides")},
                                    view.figure_cell(staffing.required_guides, Unit::count),
                                    {.text = allocated, .amount = Amount{staffing.allocated, Unit::count}}}});
    table.rows.push_back(
        {.cells = {
             {view.say("report.staffing.operators")}, view.figure_cell(staffing.operators, Unit::count), {untold}}});
    table.rows.push_back({.cells = {{view.say("report.staffing.editors")},
                                    view.figure_cell(staffing.content_editors, Unit::count),
                                    {untold}}});
    for (const auto& role : staffing.roles)
        table.rows.push_back({.cells = {{view.title(role.title_zh, role.title_en, role.id)},
                                        view.figure_cell(role.required, Unit::count),
                                        {untold}}});
    part.blocks.push_back(std::move(table));
}

void add_guides(const View& view, PagePart& part) {
    if (view.card.guides.empty()) {
        part.blocks.push_back(Paragraph{view.say("report.empty.guides", {{"period", view.period_word("this")}})});
        return;
    }
    PageTable table{.caption = view.say("report.staffing.guide_caption", {{"period", view.period_word("this")}}),
                    .columns = {{view.say("report.column_title.guide"), false},
                                {view.say("report.column_title.type"), false, false},
                                {view.say("report.column_title.allocation"), true},
                                {view.say("report.column_title.diverted_users"), true},
                                {view.say("report.column_title.gmv"), true},
                                {view.say("report.column_title.days"), true, false},
                                {view.say("report.column_title.days_333"), true}}};
    if (view.for_agency()) table.columns.push_back({view.say("report.column_title.guide_cost"), true, false});
    for (const GuideRow& guide : view.card.guides) {
        PageTable::Row row{
            .cells = {{.text = guide.name.empty() ? guide.id : guide.name,
                       .note = guide.name.empty() || guide.name == guide.id ? "" : guide.id},
                      {guide.type.empty() ? view.say("report.gap.no_value") : view.name("type", guide.type)},
                      {.text = view.words.number(guide.share, 2), .amount = Amount{guide.share, Unit::count}},
                      view.figure_cell(guide.new_users, Unit::count),
                      view.figure_cell(guide.gmv, Unit::money),
                      view.figure_cell(guide.days_allocated, Unit::count),
                      view.figure_cell(guide.days_333, Unit::count)}};
        if (view.for_agency()) row.cells.push_back(view.figure_cell(guide.cost, Unit::money));
        table.rows.push_back(std::move(row));
    }
    cut(table, view, "guides");
    part.blocks.push_back(std::move(table));
}

// What the agency earns and pays here. Never for the brand.
void add_margin(const View& view, PagePart& part) {
    const Value &fee = view.card.service_fee, &cost = view.card.labour_cost;
    const Value margin = !fee ? fee : !cost ? cost : Value(*fee - *cost);
    PageTable table{
        .caption = view.say("report.staffing.margin_caption", {{"period", view.period_word("this")}}),
        .columns = {{view.say("report.column_title.item"), false}, {view.say("report.column_title.amount"), true}}};
    const auto add = [&](const char* id, const Value& value, Unit unit) {
        const bool loss = value && value->sign() < 0;
        table.rows.push_back({.cells = {{view.say(id)},
                                        {.text = view.words.figure(value, unit),
                                         .tone = loss ? Tone::bad : Tone::plain,
                                         .note = loss ? view.say("report.staffing.loss") : "",
                                         .amount = Amount{value, unit}}}});
    };
    add("report.staffing.fee", fee, Unit::money);
    add("report.staffing.cost", cost, Unit::money);
    add("report.staffing.margin", margin, Unit::money);
    add("report.staffing.margin_rate", ratio(margin, fee), Unit::ratio);
    if (view.card.bonus) add("report.staffing.bonus", view.card.bonus, Unit::money);
    part.blocks.push_back(std::move(table));
}

}  // namespace

PagePart staffing_part(const View& view) {
    PagePart part{"staffing", view.say("report.part.staffing"), {}};
    add_need(view, part);
    if (view.for_agency()) add_margin(view, part);
    add_guides(view, part);
    return part;
}

}  // namespace siyu
