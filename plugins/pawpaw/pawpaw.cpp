// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// 爪爪日记: pet nutrition as the model has it, and what this one brand agreed on besides.
class Pawpaw final : public Plugin {
    void declare(Declarations& d) override {
        d.extend("pet_nutrition");
        const Set regulars = at_least(2, bought(trailing(90))) & members(at_end);
        d.ratio("regulars_90d", {"90 天复购成员占比", "Members who bought twice in 90 days"}, count(regulars),
                count(members(at_end)))
            .headline();
        // Only what a person answered or watched counts as interaction here: clicks and votes do not.
        const Set present = members(at_start) | joined();
        const Set effective = interacted(where("kind", "private_reply")) | interacted(where("kind", "live"));
        d.redefine("interaction_rate", count(effective & present), count(present));

        d.staffing(d.settings().positive("members_each_guide", 8'000));
        d.lines("repurchase_30d", Fraction(15, 100), Fraction(20, 100), Fraction(25, 100));
        d.lines("regulars_90d", Fraction(10, 100), Fraction(18, 100), Fraction(25, 100));
        d.section("loyalty", {"回购与长期价值", "Coming back"},
                  {"<p>{{tenant}} {{last}}：{{regulars_90d_title}} {{regulars_90d}}（环比 {{regulars_90d_change}}），"
                   "{{repurchase_30d_title}} {{repurchase_30d}}，{{roi_90d_title}} {{roi_90d}}。</p>",
                   "<p>{{tenant}}, {{last}}: {{regulars_90d_title}} {{regulars_90d}} ({{regulars_90d_change}}), "
                   "{{repurchase_30d_title}} {{repurchase_30d}}, {{roi_90d_title}} {{roi_90d}}.</p>"})
            .in(SIYU_WEEKLY | SIYU_MONTHLY);
    }
};

SIYU_PLUGIN(Pawpaw, "pawpaw", "1.1.0")
