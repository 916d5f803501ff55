// SPDX-License-Identifier: Apache-2.0
#include "form.hpp"
#include "sections.hpp"

using namespace siyu;

namespace {

const char* const template_zh = R"(<table><caption>近 {{days}} 天下过单的客户</caption>
<thead><tr><th>分层</th><th>客户</th><th>GMV</th><th>占比</th></tr></thead>
<tbody>{{#segments}}<tr><td>{{name_zh}}</td><td>{{customers}}</td><td>{{gmv}}</td><td>{{share}}</td></tr>
{{/segments}}</tbody></table>
<p>近：{{recent}} 天内下过单；频：至少 {{often}} 单；额：累计至少 {{much}}。</p>)";

const char* const template_en = R"(<table><caption>Customers who bought in {{days}} days</caption>
<thead><tr><th>Segment</th><th>Customers</th><th>GMV</th><th>Share</th></tr></thead>
<tbody>{{#segments}}<tr><td>{{name_en}}</td><td>{{customers}}</td><td>{{gmv}}</td><td>{{share}}</td></tr>
{{/segments}}</tbody></table>
<p>Recent: an order within {{recent}} days; frequent: at least {{often}} orders; for much: at least {{much}} together.</p>)";

struct Segment {
    Words name;
    bool recent, frequent, much;
};

const Segment segments[] = {
    {{"重要价值", "Best"}, true, true, true},     {{"重要发展", "To develop"}, true, false, true},
    {{"重要保持", "To keep"}, false, true, true}, {{"重要挽留", "To win back"}, false, false, true},
    {{"一般价值", "Regular"}, true, true, false}, {{"一般发展", "New or occasional"}, true, false, false},
    {{"一般保持", "Fading"}, false, true, false}, {{"一般挽留", "Gone"}, false, false, false}};

}  // namespace

void declare_rfm(Declarations& d) {
    struct Row {
        Words name;
        Asked customers, gmv;
    };
    const Settings settings = d.settings();
    const std::int64_t days = settings.days("rfm_days", 365), near = settings.days("rfm_recent", 30),
                       often = settings.positive_whole("rfm_orders", 3);
    const Fraction much = settings.positive("rfm_yuan", 1000) * Fraction(100);
    const auto window = trailing(static_cast<std::uint32_t>(days));
    const Set all = bought(window), recent = bought(trailing(static_cast<std::uint32_t>(near))),
              frequent = at_least(often, all), rich = spent(much.ceiling(), window);
    const Asked gmv = d.measure(total("orders", "amount", window, of(all)));
    std::vector<Row> rows;
    for (const Segment& segment : segments) {
        Set who = segment.recent ? all & recent : all - recent;
        who = segment.frequent ? who & frequent : who - frequent;
        who = segment.much ? who & rich : who - rich;
        rows.push_back({segment.name, d.measure(count(who)), d.measure(total("orders", "amount", window, of(who)))});
    }
    d.ratio("best_customers", {"重要价值客户占比", "Best customers"}, count(all & recent & frequent & rich),
            count(all));
    d.section("rfm", {"RFM 分层", "RFM segments"}, {template_zh, template_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"days", "recent", "often", "much", "segments.name_zh", "segments.name_en", "segments.customers",
                "segments.gmv", "segments.share"},
               [=](const Evaluation& e, const Texts& texts) {
                   const auto whole = e(gmv);
                   for (const Row& row : rows) {
                       const auto part = e(row.gmv);
                       std::optional<Fraction> share;
                       if (part && whole && Fraction(0) < *whole) share = *part / *whole;
                       texts.row("segments", {{"name_zh", row.name.zh},
                                              {"name_en", row.name.en},
                                              {"customers", e(row.customers), Unit::count},
                                              {"gmv", part, Unit::money},
                                              {"share", share, Unit::ratio}});
                   }
                   texts.put("days", Fraction(days), Unit::count);
                   texts.put("recent", Fraction(near), Unit::count);
                   texts.put("often", Fraction(often), Unit::count);
                   texts.put("much", much, Unit::money);
               });
}
