// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// A template that is never closed.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.section("broken", {"坏", "Broken"}, {"<p>{{#tenant}}</p>", "<p>{{tenant</p>"});
    }
};

SIYU_PLUGIN(Faulty, "bad_template", "1.0.0")
