// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/intake/rule.hpp"

namespace siyu {

class ProfileText;

// Which money an export of orders has, and on which of its times each is booked (`[booking]`, docs/profiles.md).
struct BookedMoney {
    Sum gross, refund, net;  // no terms: the export does not tell
    std::string gross_at, refund_at;

    // Throws Error (refused) where the rules book otherwise, or where no check of theirs gives gross − refund = net.
    static BookedMoney parse(const ProfileText& text, std::span<const Rule> rules);
    // For people: a sentence for each money.
    std::vector<Note> notes() const;
};

}  // namespace siyu
