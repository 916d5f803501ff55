// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace siyu {

// Finds the ids of one column that a spreadsheet took for numbers: it keeps 15 digits and writes zeros for the others,
// and many ids become one.
class LostDigits {
  public:
    enum class Verdict : std::uint8_t {
        fine,
        lost,     // this id; one in 1000 whole ids of 18 digits looks like it, one in 10,000 of 19
        all_lost  // one in a million files whose ids are whole looks like it
    };

    // `own`: each row has another id, and one that comes again is one more that looks like it.
    explicit LostDigits(bool own) : own_(own) {}
    // Ids in the order of the file.
    Verdict look(std::string_view id);

  private:
    bool own_;
    std::string last_;
    std::int64_t whole_ = 0;   // long ids that end otherwise
    std::size_t chances_ = 0;  // of those since the last whole one: zeros where any digit might stand
};

}  // namespace siyu
