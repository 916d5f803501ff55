// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

namespace {

constexpr std::int64_t yuan = 100;

// A tea house with stores, members and agents: as much of contract 1.1 as one plugin can use.
class Harbour final : public Plugin {
    void declare(Declarations& d) override {
        d.extend("standard");
        people(d);
        money(d);
        const Settings settings = d.settings();
        d.staffing(settings.positive("members_each_guide", 500));
        d.role("keeper", {"店长", "Keeper"}, rows("stores"), 1);
        d.lines("big_spenders", 10, 20, 30);
        const Asked sales = d.measure(total("orders", "amount")), cups = d.measure(rows("orders"));
        d.computed("cup", {"每单", "An order"}, Unit::money, [=](const Evaluation& e) -> std::optional<Fraction> {
            const auto above = e(sales), below = e(cups);
            if (!above || !below || *below == Fraction(0)) return std::nullopt;
            return *above / *below;
        });
        d.computed("last_day", {"末日成交", "The last day"}, Unit::money,
                   [=](const Evaluation& e) { return e.over(sales, e.period().last, e.period().last); });
        const std::int64_t most = settings.positive_whole("stores_shown", 10);
        d.section("stores", {"门店", "Stores"},
                  {"<p>{{day}}：{{total}}</p><table>{{#stores}}<tr><td>{{name}}</td><td>{{sales}}</td></tr>{{/stores}}"
                   "</table>{{^stores}}<p>还没有门店。</p>{{/stores}}{{#more}}<p>另有 {{more}} 家。</p>{{/more}}",
                   "<p>{{day}}: {{total}}</p><table>{{#stores}}<tr><td>{{name}}</td><td>{{sales}}</td></tr>{{/stores}}"
                   "</table>{{^stores}}<p>No stores yet.</p>{{/stores}}{{#more}}<p>And {{more}} more.</p>{{/more}}"})
            .agency_only()
            .fills({"day", "total", "more", "stores.name", "stores.sales"},
                   [=](const Evaluation& e, const Texts& texts) { stores(e, texts, sales, most); });
    }

    static void people(Declarations& d) {
        const auto count_of = [&](const char* id, const Set& set) {
            d.count(id, {"人数", "People"}, count(set)).agency_only();
        };
        count_of("big_spenders", spent(10'000 * yuan, trailing(365)));
        count_of("usual_basket", basket(50 * yuan, below(100 * yuan)));
        count_of("kocs_buying", listed("kocs", where("status", "active")) & bought());
        count_of("full_after_pickup", followed(bought(where("path", "pickup")), bought(where("pricing", "full")), 30));
        count_of("due_again", bought(trailing(28)) - bought(earlier(21, 0)) - bought(trailing(7).ago(28)));
        count_of("premium", group_members(at_end, where("group_id.tier", "premium")));
        count_of("of_guide", members(at_end, where("guide_id", "g1")));
    }

    static void money(Declarations& d) {
        d.money("member_sales", {"会员成交", "Sales to members"}, total("orders", "amount", of(members(at_end))))
            .adding();
        d.money("member_refunds", {"会员退款", "Refunds"}, refunds_booked(of(listed("memberships")))).lower_is_better();
        d.money("fed_back", {"回流", "Fed back"}, sales_at_origin() - sales_elsewhere());
        d.ratio("renewal", {"续费率", "Renewal"}, memberships_renewed(14), memberships_due(14));
        d.ratio("store_333", {"门店 3+3+3", "Stores' 3+3+3"}, store_guide_days_reaching(3, 3, 3), store_guide_days());
        d.count("reply_time", {"首响分钟", "Minutes to reply"}, reply_minutes(), total("guide_days", "chats"))
            .lower_is_better();
        d.count("recruits", {"新代理", "Recruits"}, begun("agents", where("level", "gold")));
        d.count("uplines", {"上级", "Uplines"}, distinct("agents", "upline_id"));
    }

    static void stores(const Evaluation& e, const Texts& texts, Asked sales, std::int64_t most) {
        texts.put("day", day_text(e.period().last));
        texts.put("total", e(sales), Unit::money);
        const auto parts = e.split(sales, "guide_id.store_id");
        std::int64_t shown = 0, all = 0;
        for (const RosterRow& store : e.roster("stores", {"store_id", "name"})) {
            if (++all > most) continue;
            std::optional<Fraction> sold;
            for (const Part& part : parts)
                if (part.value == store["store_id"]) sold = part.figure;
            texts.row("stores", {{"name", store["name"]}, {"sales", sold, Unit::money}});
            ++shown;
        }
        texts.put("more", all > shown ? std::to_string(all - shown) : "");
    }
};

}  // namespace

SIYU_PLUGIN(Harbour, "com.acme.harbour", "1.0.0")
