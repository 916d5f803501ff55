// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// A template that wants a name as it is.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.section("raw", {"原样", "Raw"}, {"<p>{{{tenant}}}</p>", "<p>{{&tenant}}</p>"});
    }
};

SIYU_PLUGIN(Faulty, "unescaped", "1.0.0")
