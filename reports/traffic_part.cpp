// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reports/parts.hpp"

namespace siyu {

namespace {

constexpr std::size_t bars_shown = 8;

Fraction find(const View::Shares& shares, const std::string& name) {
    for (const auto& [known, amount] : shares)
        if (known == name) return amount;
    return {};
}

// Touches, people, rate and cost of each channel, the sums below.
void add_channels(const View& view, PagePart& part) {
    const View::Shares touches = view.shares("touches", "channel"), cost = view.shares("cost", "channel");
    const View::Shares users = view.shares("diverted_users", "channel");
    std::vector<std::string> channels;
    for (const auto* shares : {&touches, &users, &cost})
        for (const auto& [channel, amount] : *shares)
            if (std::find(channels.begin(), channels.end(), channel) == channels.end()) channels.push_back(channel);
    if (channels.empty()) {
        part.blocks.push_back(Paragraph{view.say("report.empty.channels")});
        return;
    }
    PageTable table{.caption = view.say("report.traffic.caption", {{"period", view.period_word("this")}}),
                    .columns = {{view.say("report.column_title.channel"), false},
                                {view.say("report.column_title.touches"), true},
                                {view.say("report.column_title.diverted_users"), true},
                                {view.say("report.column_title.diversion_rate"), true},
                                {view.say("report.column_title.cost"), true, false},
                                {view.say("report.column_title.cost_per_user"), true}}};
    const auto row = [&](const std::string& name, const Fraction& t, const Fraction& u, const Fraction& c, bool total) {
        return PageTable::Row{.cells = {{name},
                                        view.figure_cell(t, Unit::count),
                                        view.figure_cell(u, Unit::count),
                                        view.figure_cell(ratio(u, t), Unit::ratio),
                                        view.figure_cell(c, Unit::money),
                                        view.figure_cell(ratio(c, u), Unit::money)},
                              .total = total};
    };
    Fraction all_touches, all_users, all_cost;
    for (const std::string& channel : channels) {
        const Fraction t = find(touches, channel), u = find(users, channel), c = find(cost, channel);
        table.rows.push_back(row(view.name("channel", channel), t, u, c, false));
        all_touches += t;
        all_users += u;
        all_cost += c;
    }
    cut(table, view, "breakdowns");
    table.rows.push_back(row(view.say("report.total_row"), all_touches, all_users, all_cost, true));
    Chart chart{.kind = Chart::Kind::bars, .title = view.say("report.traffic.chart")};
    for (const auto& [channel, amount] : users) {
        if (chart.items.size() == bars_shown || amount.is_zero()) break;
        std::string text = view.words.figure(amount, Unit::count);
        chart.summary +=
            (chart.summary.empty() ? "" : view.say("report.comma")) + view.name("channel", channel) + " " + text;
        chart.items.push_back({view.name("channel", channel), amount, std::move(text)});
    }
    if (chart.items.size() > 1) part.blocks.push_back(std::move(chart));
    part.blocks.push_back(std::move(table));
}

void add_delivery_factor(const View& view, PagePart& part) {
    const Value& factor = view.card.delivery_factor;
    if (!factor) {
        part.blocks.push_back(
            Paragraph{view.say("report.traffic.factor_unknown", {{"gap", view.words.gap(factor.gap())}})});
        return;
    }
    const bool short_of = *factor < Fraction(1);
    part.blocks.push_back(Paragraph{view.say(short_of ? "report.traffic.factor_short" : "report.traffic.factor_full",
                                             {{"factor", view.words.percent(*factor, 2)}}),
                                    short_of ? Tone::bad : Tone::plain});
}

// What the brand promised for the month against what has come.
void add_commitments(const View& view, PagePart& part) {
    if (view.card.commitments.empty()) {
        part.blocks.push_back(Paragraph{view.say("report.empty.commitments")});
        return;
    }
    add_delivery_factor(view, part);
    PageTable table{
        .caption = view.say("report.traffic.commitments", {{"month", view.words.month(view.card.period.last)}}),
        .columns = {{view.say("report.column_title.resource"), false},
                    {view.say("report.column_title.channel"), false},
                    {view.say("report.column_title.promised"), true, false},
                    {view.say("report.column_title.due"), true, false},
                    {view.say("report.column_title.delivered"), true},
                    {view.say("report.column_title.delivered_part"), true}}};
    Chart chart{.kind = Chart::Kind::bars,
                .title = view.say("report.traffic.commitment_chart"),
                .value_legend = view.say("report.column_title.delivered"),
                .against_legend = view.say("report.column_title.due")};
    for (const Commitment& promise : view.card.commitments) {
        const std::string resource = view.name("resource", promise.resource);
        const std::string channel =
            promise.channel.empty() ? view.say("report.traffic.all_channels") : view.name("channel", promise.channel);
        const Value part_delivered = ratio(promise.delivered, promise.due);
        const bool short_of = part_delivered && *part_delivered < Fraction(1);
        std::string delivered = promise.delivered                ? view.words.figure(promise.delivered, Unit::count)
                                : promise.delivered_text.empty() ? view.words.gap(promise.delivered.gap())
                                                                 : view.name("delivered", promise.delivered_text);
        table.rows.push_back({.cells = {{resource},
                                        {channel},
                                        view.figure_cell(promise.promised, Unit::count),
                                        view.figure_cell(promise.due, Unit::count),
                                        {.text = delivered, .amount = Amount{promise.delivered, Unit::count}},
                                        {.text = view.words.figure(part_delivered, Unit::ratio),
                                         .tone = short_of ? Tone::bad : Tone::plain,
                                         .note = short_of ? view.say("report.traffic.short") : "",
                                         .amount = Amount{part_delivered, Unit::ratio}}}});
        if (promise.resource != "touches" || !promise.due || chart.items.size() == bars_shown) continue;
        Chart::Item item{.label = channel,
                         .value = promise.delivered,
                         .text = std::move(delivered),
                         .against = promise.due,
                         .against_text = view.words.figure(promise.due, Unit::count)};
        if (!chart.summary.empty()) chart.summary += view.say("report.semicolon");
        chart.summary += view.say("report.traffic.commitment_summary",
                                  {{"channel", channel}, {"delivered", item.text}, {"due", item.against_text}});
        chart.items.push_back(std::move(item));
    }
    cut(table, view, "commitments");
    if (!chart.items.empty()) part.blocks.push_back(std::move(chart));
    part.blocks.push_back(std::move(table));
}

}  // namespace

PagePart traffic_part(const View& view) {
    PagePart part{"traffic", view.say("report.part.traffic"), {}};
    add_channels(view, part);
    add_commitments(view, part);
    // Sentences first, then the pictures side by side, then the tables.
    std::stable_sort(part.blocks.begin(), part.blocks.end(), [](const Block& a, const Block& b) {
        const auto rank = [](const Block& block) {
            return std::holds_alternative<Paragraph>(block) ? 0 : std::holds_alternative<Chart>(block) ? 1 : 2;
        };
        return rank(a) < rank(b);
    });
    return part;
}

}  // namespace siyu
