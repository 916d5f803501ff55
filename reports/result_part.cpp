// SPDX-License-Identifier: Apache-2.0
#include "reports/parts.hpp"

namespace siyu {

namespace {

constexpr std::size_t bars_shown = 8;

// GMV by the values of one dimension, with shares, and net of refunds where that is known.
void add_sales(const View& view, PagePart& part, const std::string& dimension, bool drawn) {
    const View::Shares gmv = view.shares("gmv", dimension);
    if (gmv.empty()) return;
    const View::Shares net = view.shares("net_gmv", dimension);
    Fraction all, all_net;
    for (const auto& [name, amount] : gmv) all += amount;
    for (const auto& [name, amount] : net) all_net += amount;
    PageTable table{.caption = view.say("report.result.by." + dimension),
                    .columns = {{view.say("report.column_title." + dimension), false},
                                {view.say("report.column_title.gmv"), true},
                                {view.say("report.column_title.share"), true}}};
    if (!net.empty()) table.columns.push_back({view.say("report.column_title.net_gmv"), true});
    const auto add = [&](const std::string& name, const Fraction& amount, const Value& net_amount, bool total) {
        PageTable::Row row{
            .cells = {{name}, view.figure_cell(amount, Unit::money), view.figure_cell(ratio(amount, all), Unit::ratio)},
            .total = total};
        if (!net.empty()) row.cells.push_back(view.figure_cell(net_amount, Unit::money));
        table.rows.push_back(std::move(row));
    };
    Chart chart{.kind = Chart::Kind::bars, .title = view.say("report.result.by." + dimension)};
    for (const auto& [name, amount] : gmv) {
        Fraction net_amount;
        for (const auto& [known, other] : net)
            if (known == name) net_amount = other;
        add(view.name(dimension, name), amount, net_amount, false);
        if (chart.items.size() == bars_shown || amount.sign() <= 0) continue;
        Chart::Item item{view.name(dimension, name), amount, view.words.figure(amount, Unit::money)};
        chart.summary += (chart.summary.empty() ? "" : view.say("report.comma")) + item.label + " " + item.text;
        chart.items.push_back(std::move(item));
    }
    cut(table, view, "breakdowns");
    if (table.rows.size() > 1) add(view.say("report.total_row"), all, all_net, true);
    if (drawn && chart.items.size() > 1) part.blocks.push_back(std::move(chart));
    part.blocks.push_back(std::move(table));
}

void add_kocs(const View& view, PagePart& part) {
    if (view.card.kocs.empty()) {
        part.blocks.push_back(Paragraph{view.say("report.empty.kocs", {{"period", view.period_word("this")}})});
        return;
    }
    PageTable table{.caption = view.say("report.result.kocs"),
                    .columns = {{view.say("report.column_title.koc"), false},
                                {view.say("report.column_title.id"), false, false},
                                {view.say("report.column_title.posts"), true},
                                {view.say("report.column_title.koc_users"), true}}};
    for (const KocRow& koc : view.card.kocs) {
        table.rows.push_back({.cells = {{koc.name.empty() ? koc.id : koc.name},
                                        {.text = koc.id, .tone = Tone::muted},
                                        view.figure_cell(koc.posts, Unit::count),
                                        view.figure_cell(koc.new_users, Unit::count)}});
    }
    cut(table, view, "kocs");
    part.blocks.push_back(std::move(table));
}

void add_referrals(const View& view, PagePart& part) {
    const View::Entry* entry = view.entry("referral_users");
    if (!entry) return;
    if (entry->figure->value && entry->figure->value->is_zero()) {
        part.blocks.push_back(Paragraph{view.say("report.empty.referrals", {{"period", view.period_word("this")}})});
        return;
    }
    std::string text =
        view.say("report.result.referrals", {{"kpi", view.title(*entry->kpi)},
                                             {"value", view.words.figure(entry->figure->value, entry->kpi->unit)},
                                             {"basis", view.period_word("change")},
                                             {"change", view.change_cell(*entry).text}});
    const View::Shares channels = view.shares("referral_users", "channel");
    if (channels.size() > 1)
        text +=
            view.say("report.result.referrals_most", {{"channel", view.name("channel", channels[0].first)},
                                                      {"value", view.words.figure(channels[0].second, Unit::count)}});
    part.blocks.push_back(Paragraph{text + view.say("report.stop")});
}

}  // namespace

PagePart result_part(const View& view) {
    PagePart part{"result", view.say("report.part.result"), {}};
    for (const char* dimension : {"origin", "channel", "path", "category"})
        add_sales(view, part, dimension, std::string_view(dimension) == "origin");
    if (part.blocks.empty())
        part.blocks.push_back(Paragraph{view.say("report.empty.sales", {{"period", view.period_word("this")}})});
    add_kocs(view, part);
    add_referrals(view, part);
    return part;
}

}  // namespace siyu
