// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// A template that asks for what nobody gives.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.section("empty", {"空", "Empty"}, {"<p>{{gvm}}</p>", "<p>{{gvm}}</p>"});
    }
};

SIYU_PLUGIN(Faulty, "unknown_key", "1.0.0")
