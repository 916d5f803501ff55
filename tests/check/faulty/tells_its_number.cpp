// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Its text differs from instance to instance.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        static int instances = 0;
        d.section("who", {"谁", "Who"}, {"<p>{{who}}</p>", "<p>{{who}}</p>"})
            .fills({"who"}, [number = ++instances](const Evaluation&, const Texts& put) {
                put.put("who", std::to_string(number));
            });
    }
};

SIYU_PLUGIN(Faulty, "tells_its_number", "1.0.0")
