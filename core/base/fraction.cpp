// SPDX-License-Identifier: Apache-2.0
#include "core/base/fraction.hpp"

#include "core/base/affix.hpp"

namespace siyu {

std::optional<Fraction> Fraction::parse(std::string_view text) {
    const bool negative = take_front(text, "-");
    if (!negative) take_front(text, "+");
    if (!take_front(text, "¥")) take_front(text, "￥");
    take_back(text, "元");
    const bool percent = take_back(text, "%") || take_back(text, "％");
    std::string digits;
    std::size_t places = 0, since_comma = 0;
    bool point = false, comma = false, any = false;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            digits += c;
            any = true;
            point ? ++places : ++since_comma;
        } else if (c == '.' && !point) {
            if (comma && since_comma != 3) return std::nullopt;
            point = true;
        } else if (c == ',' && !point && any && (comma ? since_comma == 3 : since_comma <= 3)) {
            comma = true;
            since_comma = 0;
        } else {
            return std::nullopt;
        }
    }
    if (!any || digits.size() > 60 || (comma && !point && since_comma != 3)) return std::nullopt;
    mpz_class scale;
    mpz_ui_pow_ui(scale.get_mpz_t(), 10, static_cast<unsigned long>(places + (percent ? 2 : 0)));
    mpq_class value(mpz_class(digits, 10), scale);
    value.canonicalize();
    return Fraction(negative ? mpq_class(-value) : value);
}

std::optional<Fraction> Fraction::parse_exact(std::string_view text) {
    mpq_class value;
    if (text.find('/') == std::string_view::npos || value.set_str(std::string(text), 10) != 0 || value.get_den() == 0)
        return std::nullopt;
    value.canonicalize();
    return Fraction(std::move(value));
}

std::string Fraction::rounded(int places) const {
    mpz_class scale;
    mpz_ui_pow_ui(scale.get_mpz_t(), 10, static_cast<unsigned long>(places));
    // |value| * scale + 1/2, cut: half goes away from zero.
    const mpz_class twice = 2 * abs(value_.get_num()) * scale + value_.get_den();
    const mpz_class whole = twice / (2 * value_.get_den());
    std::string text = whole.get_str();
    const auto digits = static_cast<std::size_t>(places);
    if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
    if (places > 0) text.insert(text.size() - digits, ".");
    return sign() < 0 && whole != 0 ? "-" + text : text;
}

Fraction Fraction::ceiling() const {
    mpz_class whole;
    mpz_cdiv_q(whole.get_mpz_t(), value_.get_num_mpz_t(), value_.get_den_mpz_t());
    return Fraction(mpq_class(whole));
}

std::optional<std::int64_t> Fraction::whole() const {
    if (value_.get_den() != 1 || !value_.get_num().fits_slong_p()) return std::nullopt;
    return value_.get_num().get_si();
}

}  // namespace siyu
