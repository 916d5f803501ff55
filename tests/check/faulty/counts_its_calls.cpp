// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Its figure depends on how often it was asked.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.computed("luck", {"运气", "Luck"}, Unit::count,
                   [calls = 0](const Evaluation&) mutable { return std::optional(Fraction(++calls)); });
    }
};

SIYU_PLUGIN(Faulty, "counts_its_calls", "1.0.0")
