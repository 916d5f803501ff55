// SPDX-License-Identifier: Apache-2.0
#include "form.hpp"
#include "sections.hpp"

using namespace siyu;

namespace {

constexpr std::uint32_t longest_cycle = 365;

const char* const template_zh = R"(<table><caption>在周期结束前触达，不早也不晚</caption>
<thead><tr><th>类目</th><th>周期（天）</th><th>现在该回购</th><th>上一轮该回购</th><th>其中已回购</th></tr></thead>
<tbody>{{#cycles}}<tr><td>{{name_zh}}</td><td>{{days}}</td><td>{{due}}</td><td>{{before}}</td><td>{{back}}</td></tr>
{{/cycles}}</tbody></table>
<p>快用完、该回购的客户合计 {{due_to_buy}} 位；上一轮的到期回购率 {{due_return_rate}}。</p>)";

const char* const template_en = R"(<table><caption>Reached before the bag is empty, neither earlier nor later</caption>
<thead><tr><th>Category</th><th>Days it lasts</th><th>Due now</th><th>Due before</th><th>Of them back</th></tr></thead>
<tbody>{{#cycles}}<tr><td>{{name_en}}</td><td>{{days}}</td><td>{{due}}</td><td>{{before}}</td><td>{{back}}</td></tr>
{{/cycles}}</tbody></table>
<p>Customers due together: {{due_to_buy}}; of those due before came back: {{due_return_rate}}.</p>)";

template <class... Window>
Set buyers_of(const Cycle& cycle, Window... window) {
    return cycle.category.empty() ? bought(window...) : bought(where("category", cycle.category), window...);
}

}  // namespace

std::vector<Cycle> cycles_of(const Settings& settings) {
    const std::string text = settings.text("cycles", ":28:7");
    std::vector<Cycle> cycles;
    for (const std::string& one : parts_of(text, ',')) {
        const std::vector<std::string> parts = parts_of(one, ':');
        const auto days = parts.size() == 3 ? whole_of(parts[1]) : std::nullopt,
                   lead = parts.size() == 3 ? whole_of(parts[2]) : std::nullopt;
        if (!days || !lead || *lead < 1 || *lead >= *days || *days > longest_cycle)
            throw Failure(SIYU_BAD_CONFIG,
                          "cycles is \"" + text +
                              "\"; it must be category:days:days of lead with commas between, as "
                              "主粮:28:7,零食:14:3, with fewer days of lead than days and at most 365");
        cycles.push_back({parts[0], static_cast<std::uint32_t>(*days), static_cast<std::uint32_t>(*lead)});
    }
    return cycles;
}

Set due_again(const Cycle& cycle) {
    return (buyers_of(cycle, trailing(cycle.days)) - buyers_of(cycle, trailing(cycle.days - cycle.lead))) &
           members(at_end);
}

Set due_before(const Cycle& cycle) {
    return buyers_of(cycle, trailing(cycle.days).ago(cycle.lead)) -
           buyers_of(cycle, trailing(cycle.days - cycle.lead).ago(cycle.lead));
}

Set came_back(const Cycle& cycle) { return due_before(cycle) & buyers_of(cycle, trailing(cycle.lead)); }

void declare_due(Declarations& d, const std::vector<Cycle>& cycles) {
    struct Row {
        Cycle cycle;
        Asked due, before, back;
    };
    std::vector<Row> rows;
    for (const Cycle& cycle : cycles)
        rows.push_back({cycle, d.measure(count(due_again(cycle))), d.measure(count(due_before(cycle))),
                        d.measure(count(came_back(cycle)))});
    d.section("due", {"该回购的客户", "Due to buy again"}, {template_zh, template_en})
        .fills({"cycles.name_zh", "cycles.name_en", "cycles.days", "cycles.due", "cycles.before", "cycles.back"},
               [rows](const Evaluation& e, const Texts& texts) {
                   for (const Row& row : rows)
                       texts.row("cycles", {{"name_zh", row.cycle.category.empty() ? "全部类目" : row.cycle.category},
                                            {"name_en", row.cycle.category.empty() ? "All" : row.cycle.category},
                                            {"days", Fraction(static_cast<std::int64_t>(row.cycle.days)), Unit::count},
                                            {"due", e(row.due), Unit::count},
                                            {"before", e(row.before), Unit::count},
                                            {"back", e(row.back), Unit::count}});
               });
}
