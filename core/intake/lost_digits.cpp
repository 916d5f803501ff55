// SPDX-License-Identifier: Apache-2.0
#include "core/intake/lost_digits.hpp"

#include <algorithm>

namespace siyu {

namespace {

constexpr std::size_t kept_digits = 15;  // of a number in a spreadsheet
constexpr std::size_t sure_digits = 18;
constexpr std::size_t enough_zeros = 6;  // that they are all 0 by chance happens once in a million times

}  // namespace

LostDigits::Verdict LostDigits::look(std::string_view id) {
    if (!std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; })) return Verdict::fine;
    const std::string_view number = id.substr(std::min(id.find_first_not_of('0'), id.size()));
    if (number.size() <= kept_digits) return Verdict::fine;
    const bool again = id == last_;
    last_ = id;
    if (number.find_last_not_of('0') >= kept_digits) {
        whole_ += again ? 0 : 1;
        chances_ = 0;
        return Verdict::fine;
    }
    if (number.size() >= sure_digits) return Verdict::lost;
    if (own_ || !again) chances_ += number.size() - kept_digits;
    // In a file of many ids such a run is found somewhere the sooner.
    return chances_ >= enough_zeros + (whole_ > 0 ? std::to_string(whole_).size() : 0) ? Verdict::all_lost
                                                                                       : Verdict::fine;
}

}  // namespace siyu
