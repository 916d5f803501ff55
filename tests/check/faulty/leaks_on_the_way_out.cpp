// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Frees its memory only where all went well.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.section("days", {"天数", "Days"}, {"<p>{{days}}</p>", "<p>{{days}}</p>"})
            .fills({"days"}, [](const Evaluation& ask, const Texts& put) {
                volatile char* memory = new char[500];
                memory[0] = '7';
                put.put("days", std::to_string(ask.period().last + memory[0]));
                delete[] memory;
            });
    }
};

SIYU_PLUGIN(Faulty, "leaks_on_the_way_out", "1.0.0")
