// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Takes for granted that the period is told.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.section("days", {"天数", "Days"}, {"<p>{{days}}</p>", "<p>{{days}}</p>"})
            .fills({"days"}, [](const Evaluation& ask, const Texts& put) {
                const siyu_period* period = nullptr;
                siyu_period told{};
                try {
                    told = ask.period();
                    period = &told;
                } catch (...) {
                }
                const volatile std::int32_t* last = &period->last;
                put.put("days", std::to_string(*last - period->first + 1));
            });
    }
};

SIYU_PLUGIN(Faulty, "believes_the_host", "1.0.0")
