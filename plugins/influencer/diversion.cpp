// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "kocs.hpp"
#include "sections.hpp"

using namespace siyu;

namespace {

const Fraction usual(3, 100), hoped(15, 100);

const char* const template_zh = R"(<table><caption>用会员权益而不是赠品引流：从 3% 到 15%</caption>
<thead><tr><th>渠道</th><th>触达</th><th>新客</th><th>导流率</th><th>水平</th></tr></thead>
<tbody>{{#channels}}<tr><td>{{channel_zh}}</td><td>{{touches}}</td><td>{{people}}</td><td>{{rate}}</td><td>{{level_zh}}</td></tr>
{{/channels}}{{^channels}}<tr><td colspan="5">本期没有触达，也没有新客。</td></tr>{{/channels}}</tbody></table>
{{#more}}<p>另有 {{left}} 个渠道未列出。</p>{{/more}})";

const char* const template_en = R"(<table><caption>Member benefits instead of gifts: from 3% to 15%</caption>
<thead><tr><th>Channel</th><th>Touches</th><th>New</th><th>Rate</th><th>Level</th></tr></thead>
<tbody>{{#channels}}<tr><td>{{channel_en}}</td><td>{{touches}}</td><td>{{people}}</td><td>{{rate}}</td><td>{{level_en}}</td></tr>
{{/channels}}{{^channels}}<tr><td colspan="5">No touches in this period, and nobody new.</td></tr>{{/channels}}</tbody></table>
{{#more}}<p>Channels not listed: {{left}}.</p>{{/more}})";

Words level_of(const std::optional<Fraction>& rate) {
    if (!rate) return {"没有触达", "no touches"};
    if (*rate >= hoped) return {"达到目标", "as hoped"};
    return *rate >= usual ? Words{"一般", "usual"} : Words{"偏低", "low"};
}

}  // namespace

void declare_diversion(Declarations& d) {
    const Asked people = d.measure(count(arrived())), touches = d.measure(total("touches", "touches"));
    d.section("diversion", {"各渠道导流率", "Diversion by channel"}, {template_zh, template_en})
        .in(SIYU_WEEKLY | SIYU_MONTHLY)
        .fills({"channels.channel_zh", "channels.channel_en", "channels.touches", "channels.people", "channels.rate",
                "channels.level_zh", "channels.level_en", "more.left"},
               [=](const Evaluation& e, const Texts& texts) {
                   const ByValue came(e.split(people, "channel")), touched(e.split(touches, "channel"));
                   std::set<std::string> names;
                   for (const auto& [name, figure] : came.all()) names.insert(name);
                   for (const auto& [name, figure] : touched.all()) names.insert(name);
                   std::vector<std::string> channels(names.begin(), names.end());
                   std::stable_sort(channels.begin(), channels.end(), [&](const auto& a, const auto& b) {
                       return touched[a] != touched[b] ? touched[a] > touched[b] : came[a] > came[b];
                   });
                   for (std::size_t i = 0; i < std::min(channels.size(), most_rows); ++i) {
                       const std::string& name = channels[i];
                       std::optional<Fraction> rate;
                       if (Fraction(0) < touched[name]) rate = came[name] / touched[name];
                       const Words level = level_of(rate);
                       texts.row("channels", {{"channel_zh", name.empty() ? "未知" : name},
                                              {"channel_en", name.empty() ? "unknown" : name},
                                              {"touches", touched[name], Unit::count},
                                              {"people", came[name], Unit::count},
                                              {"rate", rate, Unit::ratio},
                                              {"level_zh", level.zh},
                                              {"level_en", level.en}});
                   }
                   if (channels.size() > most_rows)
                       texts.row("more", {{"left", number(channels.size() - most_rows), Unit::count}});
               });
}
