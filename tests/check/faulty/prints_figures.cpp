// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <siyu/plugin.hpp>

using namespace siyu;

// Says what it does where reports go.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.computed("noise", {"噪音", "Noise"}, Unit::count, [](const Evaluation&) {
            std::puts("computing");
            return std::optional(Fraction(1));
        });
    }
};

SIYU_PLUGIN(Faulty, "prints_figures", "1.0.0")
