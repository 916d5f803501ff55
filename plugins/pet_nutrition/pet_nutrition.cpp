// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

#include "form.hpp"
#include "sections.hpp"

using namespace siyu;

// Food for pets: a bag lasts four weeks, so what counts is who comes back for the next one, for years, and to the
// platform that they came from.
class PetNutrition final : public Plugin {
    void declare(Declarations& d) override {
        d.extend("standard");
        const Settings settings = d.settings();
        const auto first_days = static_cast<std::uint32_t>(settings.days("first_days", 30));
        const Set newcomers = arrived(trailing(first_days));
        const std::vector<Cycle> cycles = cycles_of(settings);

        coming_back(d, cycles);
        // No target in a customer's first days: what newcomers buy is in `gmv` and in no forecast of ours.
        const Measure gmv = total("orders", "amount");
        d.money("gmv", {"GMV", "GMV"}, gmv).adding().scales_with_traffic().projected();
        d.money("settled_gmv", {"首月后客户 GMV", "GMV of customers past their first days"},
                gmv - total("orders", "amount", of(newcomers)))
            .adding()
            .scales_with_traffic()
            .projected()
            .headline();
        d.money("sales_at_origin", {"回流原平台 GMV", "Sales fed back to the platform of origin"}, sales_at_origin())
            .adding()
            .scales_with_traffic();
        d.ratio("at_origin_rate", {"原平台回流率", "Fed back to the platform of origin"}, sales_at_origin(),
                sales_at_origin() + sales_elsewhere())
            .headline();

        d.lines("repurchase_30d", Fraction(25, 100), std::nullopt, std::nullopt);
        d.lines("roi_90d", Fraction(5), std::nullopt, std::nullopt);
        d.staffing(settings.positive("members_each_guide", 10'000));

        declare_first_month(d, newcomers);
        declare_origin(d);
        declare_due(d, cycles);
        declare_coupons(d);
        declare_rfm(d);
    }

    static void coming_back(Declarations& d, const std::vector<Cycle>& cycles) {
        const Set recent = bought(trailing(30));
        d.ratio("repurchase_30d", {"30 天复购率", "30-day repurchase rate"}, count(at_least(2, recent)), count(recent))
            .headline();
        d.multiple("roi_90d", {"90 天 ROI", "90-day ROI"}, total("orders", "amount", trailing(90)),
                   total("touches", "cost", trailing(90)) + service_fee(trailing(90)))
            .headline();
        Set due = due_again(cycles[0]), before = due_before(cycles[0]), back = came_back(cycles[0]);
        for (std::size_t i = 1; i < cycles.size(); ++i) {
            due = due | due_again(cycles[i]);
            before = before | due_before(cycles[i]);
            back = back | came_back(cycles[i]);
        }
        d.count("due_to_buy", {"该回购客户数", "Customers due to buy again"}, count(due)).neither_is_better();
        d.ratio("due_return_rate", {"到期回购率", "Due customers who came back"}, count(back), count(before));
    }
};

SIYU_PLUGIN(PetNutrition, "pet_nutrition", "1.0.0")
