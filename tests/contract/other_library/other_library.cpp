// SPDX-License-Identifier: Apache-2.0
#include <siyu/plugin.hpp>
#include <stdexcept>
#include <vector>

using namespace siyu;

// Built with another compiler and standard library than the host: what it throws it must catch again by its type, and
// the words must get through.
struct Moon : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class OtherLibrary final : public Plugin {
    void declare(Declarations& d) override {
        d.count("orders", {"订单数", "Orders"}, rows("orders"));
        d.computed("caught", {"接住", "Caught"}, Unit::count, [](const Evaluation&) -> std::optional<Fraction> {
            std::int64_t caught = 0;
            try {
                throw Moon("own");
            } catch (const Moon&) {
                caught += 1;
            }
            try {
                throw Moon("own, by its base");
            } catch (const std::exception& error) {
                caught += std::string(error.what()) == "own, by its base" ? 10 : 0;
            }
            try {
                static_cast<void>(std::vector<int>().at(7));  // thrown by the library itself
            } catch (const std::out_of_range&) {
                caught += 100;
            }
            return caught;
        });
        d.computed("failing", {"失败", "Failing"}, Unit::count,
                   [](const Evaluation&) -> std::optional<Fraction> { throw Moon("the moon is wrong"); });
        d.computed("refusing", {"拒绝", "Refusing"}, Unit::count,
                   [](const Evaluation&) -> std::optional<Fraction> { return Fraction(1) / Fraction(0); });
    }
};

SIYU_PLUGIN(OtherLibrary, "other_library", "1.0.0")
