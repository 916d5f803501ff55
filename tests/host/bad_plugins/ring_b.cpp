// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

class Ring final : public Plugin {
    void declare(Declarations& d) override { d.extend("ring_a"); }
};

SIYU_PLUGIN(Ring, "ring_b", "1.0.0")
