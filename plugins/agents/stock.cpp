// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sections.hpp"

using namespace siyu;

namespace {

constexpr std::int32_t report_days = 31;  // a last report of the stock counts so long

const char* const stock_zh = R"(<table><caption>进货与动销，{{days}} 天对比</caption>
<thead><tr><th>指标</th><th>前 {{days}} 天</th><th>近 {{days}} 天</th></tr></thead>
<tbody><tr><td>进货</td><td>{{stocked_before}}</td><td>{{stocked}}</td></tr>
<tr><td>动销</td><td>{{sold_before}}</td><td>{{sold}}</td></tr>
<tr><td>动销率</td><td>{{rate_before}}</td><td>{{rate}}</td></tr></tbody></table>
{{#warning}}<p><strong>压货预警：</strong>进货多了 {{growth}}，动销率却在下降，货压在渠道里。请先帮代理动销，再谈进货。</p>{{/warning}}
{{#calm}}<p>没有看到“进货增加、动销率下降”的压货迹象。</p>{{/calm}}{{#unknown}}<p>前 {{days}} 天没有进货记录，暂时无法比较。</p>{{/unknown}})";

const char* const stock_en = R"(<table><caption>Taken in and sold, {{days}} days against {{days}}</caption>
<thead><tr><th></th><th>{{days}} days before</th><th>Last {{days}} days</th></tr></thead>
<tbody><tr><td>Taken in</td><td>{{stocked_before}}</td><td>{{stocked}}</td></tr>
<tr><td>Sold</td><td>{{sold_before}}</td><td>{{sold}}</td></tr>
<tr><td>Sell-through</td><td>{{rate_before}}</td><td>{{rate}}</td></tr></tbody></table>
{{#warning}}<p><strong>The channel is being stuffed:</strong> {{growth}} more was taken in while the sell-through fell. Help the
agents sell before they take in more.</p>{{/warning}}
{{#calm}}<p>Nothing says that the channel is being stuffed.</p>{{/calm}}{{#unknown}}<p>Nothing was taken in in the {{days}} days before, so
there is nothing to compare with yet.</p>{{/unknown}})";

const char* const care_zh = R"(<h3>压货的线（按最上级代理）</h3>
<table><thead><tr><th>上级</th><th>进货增幅</th><th>前期动销率</th><th>近期动销率</th></tr></thead>
<tbody>{{#lines}}<tr><td>{{head}}</td><td>{{growth}}</td><td>{{rate_before}}</td><td>{{rate}}</td></tr>
{{/lines}}{{^lines}}<tr><td colspan="4">没有。</td></tr>{{/lines}}</tbody></table>
{{#more_lines}}<p>另有 {{left}} 条线。</p>{{/more_lines}}
<h3>近 {{days}} 天没有动销的代理</h3>
<table><thead><tr><th>代理</th><th>级别</th><th>上级</th></tr></thead>
<tbody>{{#asleep}}<tr><td>{{agent}}</td><td>{{level}}</td><td>{{upline}}</td></tr>
{{/asleep}}{{^asleep}}<tr><td colspan="3">没有。</td></tr>{{/asleep}}</tbody></table>
{{#more_asleep}}<p>另有 {{left}} 位。</p>{{/more_asleep}})";

const char* const care_en = R"(<h3>Lines that are being stuffed, by who stands at their top</h3>
<table><thead><tr><th>Top</th><th>Taken in</th><th>Sell-through before</th><th>Now</th></tr></thead>
<tbody>{{#lines}}<tr><td>{{head}}</td><td>+{{growth}}</td><td>{{rate_before}}</td><td>{{rate}}</td></tr>
{{/lines}}{{^lines}}<tr><td colspan="4">None.</td></tr>{{/lines}}</tbody></table>
{{#more_lines}}<p>And {{left}} more lines.</p>{{/more_lines}}
<h3>Agents who sold nothing in {{days}} days</h3>
<table><thead><tr><th>Agent</th><th>Level</th><th>Above</th></tr></thead>
<tbody>{{#asleep}}<tr><td>{{agent}}</td><td>{{level}}</td><td>{{upline}}</td></tr>
{{/asleep}}{{^asleep}}<tr><td colspan="3">None.</td></tr>{{/asleep}}</tbody></table>
{{#more_asleep}}<p>And {{left}} more.</p>{{/more_asleep}})";

struct Rule {
    std::int32_t days;  // compared with as many before
    Fraction growth;    // of what is taken in: up to here nobody is warned
};

// What was taken in and sold in the days before, and in the last ones.
struct Comparison {
    Fraction stocked_before, sold_before, stocked, sold;

    std::optional<Fraction> rate_before() const { return ratio(sold_before, stocked_before); }
    std::optional<Fraction> rate() const { return ratio(sold, stocked); }
    Fraction growth() const { return stocked / stocked_before - Fraction(1); }
    // More was taken in, and a smaller part of it sold.
    bool stuffed(const Rule& rule) const {
        return stocked_before > 0 && stocked > 0 && growth() > rule.growth && *rate() < *rate_before();
    }
};

struct Windows {
    Movement before, now;
};

Windows windows(const Evaluation& e, const Stock& stock, const Rule& rule) {
    const std::int32_t last = e.period().last;
    return {movement(e, stock, last - 2 * rule.days + 1, last - rule.days),
            movement(e, stock, last - rule.days + 1, last)};
}

void add(Comparison& sum, const Windows& moved, const std::string& agent) {
    sum.stocked_before = sum.stocked_before + at(moved.before.stocked, agent);
    sum.sold_before = sum.sold_before + at(moved.before.sold, agent);
    sum.stocked = sum.stocked + at(moved.now.stocked, agent);
    sum.sold = sum.sold + at(moved.now.sold, agent);
}

Fraction sum_of(const Evaluation& e, Asked measure, std::int32_t first, std::int32_t last) {
    return e.over(measure, first, last).value_or(Fraction(0));
}

void fill_stock(const Evaluation& e, const Texts& texts, const Stock& stock, const Rule& rule) {
    const std::int32_t last = e.period().last, middle = last - rule.days, first = middle - rule.days + 1;
    const Comparison all{sum_of(e, stock.stocked, first, middle), sum_of(e, stock.sold, first, middle),
                         sum_of(e, stock.stocked, middle + 1, last), sum_of(e, stock.sold, middle + 1, last)};
    texts.put("days", Fraction(rule.days), Unit::count);
    texts.put("stocked_before", all.stocked_before, Unit::count);
    texts.put("sold_before", all.sold_before, Unit::count);
    texts.put("rate_before", all.rate_before(), Unit::ratio);
    texts.put("stocked", all.stocked, Unit::count);
    texts.put("sold", all.sold, Unit::count);
    texts.put("rate", all.rate(), Unit::ratio);
    if (all.stuffed(rule))
        texts.row("warning", {{"growth", all.growth(), Unit::ratio}});
    else
        texts.row(all.stocked_before > 0 ? "calm" : "unknown", {{"days", Fraction(rule.days), Unit::count}});
}

void fill_lines(const Texts& texts, const Team& team, const Windows& moved, const Rule& rule) {
    std::map<std::string, Comparison> lines;
    for (const Agent& agent : team.agents()) add(lines[team.head(agent.id)], moved, agent.id);
    std::vector<std::pair<std::string, Comparison>> stuffed;
    for (const auto& line : lines)
        if (line.second.stuffed(rule)) stuffed.push_back(line);
    // What was taken in and not sold weighs most.
    std::stable_sort(stuffed.begin(), stuffed.end(), [](const auto& a, const auto& b) {
        return a.second.stocked - a.second.sold > b.second.stocked - b.second.sold;
    });
    for (std::size_t i = 0; i < std::min(stuffed.size(), most_rows); ++i) {
        const Comparison& line = stuffed[i].second;
        texts.row("lines", {{"head", team.name(stuffed[i].first)},
                            {"growth", line.growth(), Unit::ratio},
                            {"rate_before", line.rate_before(), Unit::ratio},
                            {"rate", line.rate(), Unit::ratio}});
    }
    put_left(texts, "more_lines", stuffed.size());
}

// Who came within the days is not asleep.
void fill_asleep(const Texts& texts, const Team& team, const Windows& moved, std::int32_t first) {
    std::size_t asleep = 0;
    for (const Agent& agent : team.agents()) {
        if (agent.since >= first || at(moved.now.sold, agent.id) > 0) continue;
        if (++asleep <= most_rows)
            texts.row("asleep", {{"agent", agent.name},
                                 {"level", agent.level},
                                 {"upline", agent.upline.empty() ? "–" : team.name(agent.upline)}});
    }
    put_left(texts, "more_asleep", asleep);
}

}  // namespace

Compute stock_cover(const Stock& stock, std::int32_t days) {
    return [stock, days](const Evaluation& e) -> std::optional<Fraction> {
        const Team team(e);
        const std::int32_t last = e.period().last;
        ByValue on_hand;
        for (std::int32_t day = last; day > last - report_days; --day)
            for (const Part& part : e.split(stock.on_hand, "agent_id", day, day))
                if (part.figure && team.find(part.value)) on_hand.emplace(part.value, *part.figure);
        const ByValue sold = movement(e, stock, last - days + 1, last).sold;
        Fraction stand, sales;
        for (const auto& [agent, units] : on_hand) stand = stand + units, sales = sales + at(sold, agent);
        return ratio(stand * Fraction(days), sales);
    };
}

Compute selling_share(const Stock& stock) {
    return [stock](const Evaluation& e) {
        const Team team(e);
        const ByValue sold = movement(e, stock, e.period().first, e.period().last).sold;
        std::size_t selling = 0;
        for (const Agent& agent : team.agents()) selling += at(sold, agent.id) > 0 ? 1 : 0;
        return ratio(whole(selling), whole(team.agents().size()));
    };
}

void declare_stock(Declarations& d, const Stock& stock) {
    const Settings settings = d.settings();
    const Rule rule{d.settings().days("compare_days", 30, 366), settings.number("stuffing_growth", Fraction(10, 100))};
    d.section("stock", {"压货预警", "Is the channel being stuffed"}, {stock_zh, stock_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"days", "stocked_before", "sold_before", "rate_before", "stocked", "sold", "rate", "warning.growth",
                "calm.days", "unknown.days"},
               [stock, rule](const Evaluation& e, const Texts& texts) { fill_stock(e, texts, stock, rule); });
    d.section("care", {"该帮的代理", "Agents to help"}, {care_zh, care_en})
        .agency_only()
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"days", "lines.head", "lines.growth", "lines.rate_before", "lines.rate", "more_lines.left",
                "asleep.agent", "asleep.level", "asleep.upline", "more_asleep.left"},
               [stock, rule](const Evaluation& e, const Texts& texts) {
                   const Team team(e);
                   const Windows moved = windows(e, stock, rule);
                   texts.put("days", Fraction(rule.days), Unit::count);
                   fill_lines(texts, team, moved, rule);
                   fill_asleep(texts, team, moved, e.period().last - rule.days + 1);
               });
}
