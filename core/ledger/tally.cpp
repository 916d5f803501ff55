// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/tally.hpp"

#include <algorithm>
#include <cstring>

namespace siyu {

Tally Tally::of(std::vector<std::uint32_t> customers) {
    std::sort(customers.begin(), customers.end());
    std::vector<std::vector<std::uint32_t>> digits;
    for (std::size_t i = 0; i < customers.size();) {
        std::size_t end = i;
        while (end < customers.size() && customers[end] == customers[i]) ++end;
        std::size_t count = end - i;
        for (std::size_t digit = 0; count; ++digit, count >>= 1) {
            if (digits.size() <= digit) digits.emplace_back();
            if (count & 1) digits[digit].push_back(customers[i]);
        }
        i = end;
    }
    Tally tally;
    for (const auto& who : digits) tally.digits_.emplace_back(who.size(), who.data());
    return tally;
}

std::string Tally::write() const {
    std::string bytes;
    for (Customers digit : digits_) {
        digit.runOptimize();
        const std::string set = write_set(digit);
        const auto size = static_cast<std::uint32_t>(set.size());
        bytes.append(reinterpret_cast<const char*>(&size), sizeof size);
        bytes += set;
    }
    return bytes;
}

Tally Tally::read(std::string_view bytes) {
    Tally tally;
    while (bytes.size() > sizeof(std::uint32_t)) {
        std::uint32_t size = 0;
        std::memcpy(&size, bytes.data(), sizeof size);
        bytes.remove_prefix(sizeof size);
        tally.digits_.push_back(read_set(bytes.substr(0, size)));
        bytes.remove_prefix(std::min<std::size_t>(size, bytes.size()));
    }
    return tally;
}

// Digit by digit, as on paper: what goes into the next digit are those who are in two of the three.
void Tally::add(const Tally& other) {
    Customers carry;
    for (std::size_t i = 0; i < other.digits_.size() || !carry.isEmpty(); ++i) {
        if (digits_.size() <= i) digits_.emplace_back();
        Customers next = digits_[i] & carry;
        digits_[i] ^= carry;
        if (i < other.digits_.size()) {
            next |= digits_[i] & other.digits_[i];
            digits_[i] ^= other.digits_[i];
        }
        carry = std::move(next);
    }
}

void Tally::remove(const Tally& other) {
    Customers borrow;
    for (std::size_t i = 0; i < digits_.size() && (i < other.digits_.size() || !borrow.isEmpty()); ++i) {
        Customers next = borrow - digits_[i];
        digits_[i] ^= borrow;
        if (i < other.digits_.size()) {
            next |= other.digits_[i] - digits_[i];
            digits_[i] ^= other.digits_[i];
        }
        borrow = std::move(next);
    }
    while (!digits_.empty() && digits_.back().isEmpty()) digits_.pop_back();
}

Customers Tally::at_least(std::int64_t k) const {
    // From the highest digit down: who is already above, and who is still level with k.
    Customers above, level;
    for (const Customers& digit : digits_) level |= digit;
    if (k <= 1) return level;
    const auto bits = static_cast<std::size_t>(64 - __builtin_clzll(static_cast<unsigned long long>(k)));
    for (std::size_t i = std::max(digits_.size(), bits); i-- > 0;) {
        const Customers digit = i < digits_.size() ? digits_[i] : Customers{};
        if ((k >> i) & 1) {
            level &= digit;
        } else {
            above |= level & digit;
            level -= digit;
        }
    }
    return above | level;
}

}  // namespace siyu
