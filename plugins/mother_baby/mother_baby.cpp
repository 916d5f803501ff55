// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

#include "sections.hpp"

using namespace siyu;

namespace {

// The parts of a text between commas, without blanks around them.
std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words(1);
    for (const char c : text) {
        if (c == ',')
            words.emplace_back();
        else if (c != ' ')
            words.back() += c;
    }
    for (const std::string& word : words)
        if (word.empty())
            throw Failure(SIYU_BAD_CONFIG,
                          "effective_kinds is \"" + text +
                              "\"; it must be kinds of interaction with commas between, as ask,answer");
    return words;
}

}  // namespace

// Infant formula and its like: what counts first is that people stay in their groups, then that they talk there, then
// how they are served; what they buy follows.
class MotherBaby final : public Plugin {
    void declare(Declarations& d) override {
        d.extend("standard");
        const Settings settings = d.settings();
        const std::vector<std::string> kinds =
            words_of(settings.text("effective_kinds", "ask,answer,join,watch,click"));
        Set active = interacted(where("kind", kinds[0]), with("group_id"));
        Measure effective = rows("interactions", where("kind", kinds[0]), with("group_id"));
        for (std::size_t i = 1; i < kinds.size(); ++i) {
            active = active | interacted(where("kind", kinds[i]), with("group_id"));
            effective = effective + rows("interactions", where("kind", kinds[i]), with("group_id"));
        }
        // Everybody who was in a group at some time of the period.
        const Set present = group_members(at_start) | joined(with("group_id"));
        const Measure gmv = total("orders", "amount", of(present));

        people_first(d);
        d.ratio("interaction_rate", {"有效互动率", "Effective interaction rate"}, count(active & present),
                count(present))
            .group(service);
        d.count("effective_interactions", {"每群有效互动", "Effective interactions per group"}, effective,
                rows("groups"))
            .group(service)
            .adding()
            .headline();
        service_of(d, settings);
        d.money("group_arpu", {"单群 GMV", "GMV per group"}, gmv, rows("groups"))
            .adding()
            .scales_with_traffic()
            .headline();
        d.lines("group_retention", Fraction(85, 100), Fraction(88, 100), Fraction(90, 100));
        d.lines("satisfaction", Fraction(92, 100), Fraction(95, 100), std::nullopt);

        declare_phase(d, d.measure(effective), d.measure(count(active & present)), d.measure(count(present)));
        declare_groups(d, d.measure(effective), d.measure(gmv));
    }

    // Group retention is the first tile: those of the catalogue that would stand before it are in the tables alone.
    static void people_first(Declarations& d) {
        d.count("diverted_users", {"导流用户数", "Users brought in"}, count(arrived()))
            .group(traffic)
            .adding()
            .scales_with_traffic()
            .projected();
        d.count("members", {"私域成员数", "Members"}, count(members(at_end))).group(traffic);
        d.ratio("retention_rate", {"留存率", "Retention rate"}, count(members(at_start) & members(at_end)),
                count(members(at_start)))
            .group(service);
        d.ratio("satisfaction", {"满意度", "Satisfaction"}, surveys_satisfied(), rows("surveys")).group(service);
        d.ratio("group_retention", {"群留存", "Group retention"},
                count(group_members(at_start) & group_members(at_end)), count(group_members(at_start)))
            .group(service)
            .headline();
    }

    static void service_of(Declarations& d, const Settings& settings) {
        const std::int64_t hours = settings.positive_whole("backlog_hours", 48);
        d.redefine("response_rate", tickets_answered(settings.positive_whole("first_response_minutes", 10)),
                   rows("tickets"));
        d.redefine("backlog_rate", tickets_overdue(hours), tickets_due(hours));
        d.count("usual_reply_minutes", {"平均回复时长（分钟）", "Usual minutes to a reply"}, reply_minutes(),
                total("guide_days", "chats", with("avg_reply_minutes")))
            .group(service)
            .lower_is_better();
    }
};

SIYU_PLUGIN(MotherBaby, "mother_baby", "1.0.0")
