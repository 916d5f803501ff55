// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>

using namespace siyu;

// Makes HTML of the names that it puts, although the host does.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.section("groups", {"社群", "Groups"}, {"<p>{{name}}</p>", "<p>{{name}}</p>"})
            .fills({"name"}, [](const Evaluation& ask, const Texts& put) {
                std::string out;
                for (const RosterRow& row : ask.roster("groups", {"name"}))
                    for (const char c : row["name"]) out += c == '<' ? "&lt;" : std::string(1, c);
                put.put("name", out);
            });
    }
};

SIYU_PLUGIN(Faulty, "escapes_itself", "1.0.0")
