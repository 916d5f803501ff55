// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

class ExtendsNobody final : public Plugin {
    void declare(Declarations& d) override { d.extend("nobody"); }
};

SIYU_PLUGIN(ExtendsNobody, "extends_nobody", "1.0.0")
