// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace siyu {

// An exact number: a fraction of whole numbers of any size, in lowest terms, den > 0.
class Fraction {
  public:
    Fraction() = default;
    Fraction(std::int64_t whole) : value_(static_cast<long>(whole)) {}  // NOLINT: a whole number is a fraction
    Fraction(std::int64_t num, std::int64_t den) : value_(static_cast<long>(num), 1) {
        value_ /= static_cast<long>(den);
    }

    // `12`, `-0.25`, `12.5%`, `1,234.5`, with `¥`, `￥` or `元` around (facts.md, number). Nothing for other texts.
    static std::optional<Fraction> parse(std::string_view text);

    // The text that `exact_text` gives: `num/den`. Nothing for other texts.
    static std::optional<Fraction> parse_exact(std::string_view text);
    std::string exact_text() const { return num() + "/" + den(); }

    std::string num() const { return value_.get_num().get_str(); }
    std::string den() const { return value_.get_den().get_str(); }
    int sign() const { return sgn(value_); }
    bool is_zero() const { return sign() == 0; }
    double approximate() const { return value_.get_d(); }  // for drawing only

    // Rounded once, half away from zero, to `places` decimals: `-0.50`. Exact until here (kpis.md).
    std::string rounded(int places) const;
    // The smallest whole number that is not less.
    Fraction ceiling() const;
    // The whole number, if it is one and fits.
    std::optional<std::int64_t> whole() const;

    friend Fraction operator+(const Fraction& a, const Fraction& b) { return Fraction(a.value_ + b.value_); }
    friend Fraction operator-(const Fraction& a, const Fraction& b) { return Fraction(a.value_ - b.value_); }
    friend Fraction operator*(const Fraction& a, const Fraction& b) { return Fraction(a.value_ * b.value_); }
    // b is not zero.
    friend Fraction operator/(const Fraction& a, const Fraction& b) { return Fraction(a.value_ / b.value_); }
    Fraction& operator+=(const Fraction& b) {
        value_ += b.value_;
        return *this;
    }
    Fraction operator-() const { return Fraction(-value_); }
    friend bool operator==(const Fraction& a, const Fraction& b) { return a.value_ == b.value_; }
    friend std::strong_ordering operator<=>(const Fraction& a, const Fraction& b) {
        return cmp(a.value_, b.value_) <=> 0;
    }

  private:
    explicit Fraction(mpq_class value) : value_(std::move(value)) {}
    mpq_class value_;
};

}  // namespace siyu
