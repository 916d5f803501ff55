// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Waits for the host to change its mind.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.computed("stubborn", {"固执", "Stubborn"}, Unit::count, [](const Evaluation& ask) {
            while (ask.cancelled()) {
            }
            return std::optional(Fraction(1));
        });
    }
};

SIYU_PLUGIN(Faulty, "hangs_when_cancelled", "1.0.0")
