// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>
#include <string>

using namespace siyu;

// Reads a number out of a text: what goes wrong is told as "stoi".
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        const int days = std::stoi(d.settings().text("cycle_days", "30"));
        d.count("orders_paid", {"订单", "Orders"}, rows("orders", trailing(static_cast<std::uint32_t>(days))));
    }
};

SIYU_PLUGIN(Faulty, "parses_by_itself", "1.0.0")
