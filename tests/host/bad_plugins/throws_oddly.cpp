// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

class Throws final : public Plugin {
    void declare(Declarations&) override { throw 42; }
};

SIYU_PLUGIN(Throws, "throws_oddly", "1.0.0")
