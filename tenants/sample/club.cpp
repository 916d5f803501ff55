// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/market.hpp"

namespace siyu::sample {

// Members of before joined the club in the year before the facts begin, others soon after they came. At the end of
// their time most pay again, some of them weeks late, some for a better plan.
void Market::keep_memberships() {
    if (brand_.plans.empty()) return;
    const int plans = static_cast<int>(brand_.plans.size());
    for (const Customer& one : customers_) {
        int plan = 0, left = random_.below(100);
        while (plan < plans && left >= brand_.plans[static_cast<std::size_t>(plan)].percent)
            left -= brand_.plans[static_cast<std::size_t>(plan++)].percent;
        if (plan == plans) continue;
        Day from = one.since < first_day ? first_day - random_.between(1, 364) : one.since + random_.below(15);
        while (from <= last_day) {
            const Plan& paid = brand_.plans[static_cast<std::size_t>(plan)];
            const Day to = from + paid.days - 1;
            table("memberships")
                .row({one.id, std::string(paid.name), to_string(from), to_string(to),
                      yuan(std::int64_t{paid.yuan} * 100)});
            if (!random_.percent(paid.renew_percent)) break;
            from = to + (random_.percent(80) ? 1 : random_.between(2, 40));
            if (plan + 1 < plans && random_.percent(8)) ++plan;
        }
    }
}

}  // namespace siyu::sample
