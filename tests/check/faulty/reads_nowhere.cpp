// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Reads what is not there.
class Faulty final : public Plugin {
    void declare(Declarations&) override {
        const volatile int* nowhere = nullptr;
        if (*nowhere == 7) throw Failure(SIYU_FAILED, "seven");
    }
};

SIYU_PLUGIN(Faulty, "reads_nowhere", "1.0.0")
