// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Each line is against a rule of contract 1.1; all of them are told at once.
class FaultsOf11 final : public Plugin {
    void declare(Declarations& d) override {
        const auto people = [&](const char* id, const Set& set) { d.count(id, {"人数", "People"}, count(set)); };
        const auto measure = [&](const char* id, const Measure& above) { d.count(id, {"数", "Number"}, above); };
        people("step_backwards", basket(10'000, below(5'000)));
        people("below_nothing", spent(-1));
        people("below_elsewhere", bought(below(5'000)));
        people("no_roster", listed("koc"));
        people("not_a_roster", listed("orders"));
        people("nobody_listed", listed("groups"));
        people("wrong_sides", followed(arrived(), bought(), 30));
        people("counted_sides", followed(joined(), at_least(2, bought()), 30));
        people("no_days", followed(joined(), bought(), 0));
        people("ago_alone", bought(earlier(0, 7)));
        people("by_channel", members(at_end, where("channel", "天猫")));
        people("members_by_group", members(at_end, where("group_id", "g1")));
        people("no_attribute", bought(where("guide_id.stor_id", "s1")));
        people("no_lookup", bought(where("channel.region", "s1")));
        people("wrong_word", joined(where("group_id.tier", "golden")));
        measure("sum_elsewhere", total("orders", "guide_id.store_id"));
        measure("no_customer", total("touches", "cost", of(joined())));
        measure("not_narrowed", tickets_due(48, of(joined())));
        measure("begun_orders", begun("orders"));
        measure("refunds_by_order", refunds_booked(where("order_id", "1")));
        d.section("lists", {"列表", "Lists"},
                  {"{{guides}}{{name}}{{#guides}}{{nam}}{{/guides}}", "{{#guides}}{{name}}{{/guides}}{{=<% %>=}}"})
            .fills({"guides.name", "guides", "guides.name", "a.b.c"}, [](const Evaluation&, const Texts&) {});
    }
};

SIYU_PLUGIN(FaultsOf11, "faults_of_1_1", "1.0.0")
