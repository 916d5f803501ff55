// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <siyu/plugin.hpp>
#include <thread>

using namespace siyu;

// Goes on although nobody waits any more.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.computed("patience", {"耐心", "Patience"}, Unit::count, [](const Evaluation& ask) {
            for (int i = 0; i < 25 && ask.cancelled(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(100));
            return std::optional(Fraction(1));
        });
    }
};

SIYU_PLUGIN(Faulty, "does_not_stop", "1.0.0")
