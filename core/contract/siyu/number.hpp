// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>

#include "abi.h"

namespace siyu {
inline namespace contract_v1 {

// What a callback throws to say, in words for the reader of the log, why it cannot go on.
class Failure : public std::runtime_error {
  public:
    Failure(siyu_status status, const std::string& words) : std::runtime_error(words), status_(status) {}
    siyu_status status() const noexcept { return status_; }

  private:
    siyu_status status_;
};

namespace detail {

// What came with a later minor version of the contract than the host's.
inline void need(const siyu_host* host, std::uint32_t minor) {
    if (host->minor < minor)
        throw Failure(SIYU_UNSUPPORTED, "needs siyu contract 1." + std::to_string(minor) + ", this host offers 1." +
                                            std::to_string(host->minor));
}

}  // namespace detail

// A title in Chinese and English.
struct Words {
    std::string zh, en;
};

// An exact number, den > 0. Arithmetic that does not fit into 64 bits throws Failure.
struct Fraction {
    std::int64_t num = 0, den = 1;

    Fraction() = default;
    Fraction(std::int64_t whole) : num(whole) {}  // NOLINT: a whole number is a fraction
    Fraction(std::int64_t above, std::int64_t below) : num(above), den(below) {
        if (den == 0) throw Failure(SIYU_FAILED, "division by zero");
        if (num == lowest || den == lowest) throw Failure(SIYU_FAILED, "number too large");
        if (den < 0) num = -num, den = -den;
        const std::int64_t common = std::gcd(num, den);
        num /= common, den /= common;
    }

    friend Fraction operator*(const Fraction& a, const Fraction& b) {
        const Fraction c(a.num, b.den), d(b.num, a.den);
        return {times(c.num, d.num), times(c.den, d.den)};
    }
    friend Fraction operator/(const Fraction& a, const Fraction& b) { return a * Fraction(b.den, b.num); }
    friend Fraction operator+(const Fraction& a, const Fraction& b) {
        const std::int64_t common = std::gcd(a.den, b.den), rest = b.den / common;
        return {plus(times(a.num, rest), times(b.num, a.den / common)), times(a.den, rest)};
    }
    friend Fraction operator-(const Fraction& a, const Fraction& b) { return a + b * Fraction(-1); }
    friend bool operator==(const Fraction& a, const Fraction& b) { return a.num == b.num && a.den == b.den; }
    friend bool operator!=(const Fraction& a, const Fraction& b) { return !(a == b); }
    friend bool operator<(const Fraction& a, const Fraction& b) { return (a - b).num < 0; }
    friend bool operator>(const Fraction& a, const Fraction& b) { return b < a; }
    friend bool operator<=(const Fraction& a, const Fraction& b) { return !(b < a); }
    friend bool operator>=(const Fraction& a, const Fraction& b) { return !(a < b); }

    // The largest whole number that is not more, the smallest that is not less.
    std::int64_t floor() const { return num / den - (num % den < 0 ? 1 : 0); }
    std::int64_t ceiling() const { return num / den + (num % den > 0 ? 1 : 0); }

  private:
    static constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
    static std::int64_t times(std::int64_t a, std::int64_t b) {
        std::int64_t product = 0;
        if (__builtin_mul_overflow(a, b, &product)) throw Failure(SIYU_FAILED, "number too large");
        return product;
    }
    static std::int64_t plus(std::int64_t a, std::int64_t b) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(a, b, &sum)) throw Failure(SIYU_FAILED, "number too large");
        return sum;
    }
};

// above / below; nothing where there is nothing to divide by.
inline std::optional<Fraction> ratio(const Fraction& above, const Fraction& below) {
    if (below == Fraction(0)) return std::nullopt;
    return above / below;
}

}  // namespace contract_v1
}  // namespace siyu
