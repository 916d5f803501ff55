// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Means well: takes its setting also where it is misspelt.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        std::int64_t days = d.settings().positive_whole("cycle_days", 0);
        if (days == 0) days = d.settings().positive_whole("ccyle_days", 30);
        d.count("orders_paid", {"订单", "Orders"}, rows("orders", trailing(static_cast<std::uint32_t>(days))));
    }
};

SIYU_PLUGIN(Faulty, "takes_slips", "1.0.0")
