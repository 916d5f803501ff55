// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

static const void* last = nullptr;

// Believes that there is only one instance: the one that was made last.
class Faulty final : public Plugin {
  public:
    Faulty() { last = this; }

  private:
    void declare(Declarations& d) override {
        d.computed("alone", {"独自", "Alone"}, Unit::count,
                   [this](const Evaluation&) { return std::optional(Fraction(last == this ? 1 : 0)); });
    }
};

SIYU_PLUGIN(Faulty, "remembers_the_last", "1.0.0")
