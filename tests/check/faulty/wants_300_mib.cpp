// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <memory>
#include <siyu/plugin.hpp>

using namespace siyu;

// Needs 300 MiB for one number.
class Faulty final : public Plugin {
    void declare(Declarations& d) override {
        d.computed("appetite", {"胃口", "Appetite"}, Unit::count, [](const Evaluation&) {
            constexpr std::size_t size = std::size_t{300} << 20;
            const std::unique_ptr<char[]> memory(new char[size]);
            std::memset(memory.get(), 1, size);
            const volatile char* seen = memory.get();
            return std::optional(Fraction(seen[size / 2]));
        });
    }
};

SIYU_PLUGIN(Faulty, "wants_300_mib", "1.0.0")
