// SPDX-License-Identifier: Apache-2.0
#include "core/intake/cell.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/affix.hpp"
#include "core/base/fraction.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads digits with thousands separators in threes, and behind a point `places` digits of which the further ones are 0.
// The value is in units of the last place. Reasons by their ids; none is fine.
const char* parse_decimal(std::string_view text, int places, const char* not_one, const char* too_fine,
                          const char* too_large, std::int64_t& value) {
    std::int64_t sum = 0;
    bool any = false, overflow = false;
    const auto add = [&](int digit) {
        overflow = overflow || __builtin_mul_overflow(sum, std::int64_t{10}, &sum) ||
                   __builtin_add_overflow(sum, std::int64_t{digit}, &sum);
    };
    std::size_t i = 0, since_comma = 0;
    bool comma = false;
    for (; i < text.size() && text[i] != '.'; ++i) {
        if (is_digit(text[i])) {
            add(text[i] - '0');
            any = true;
            ++since_comma;
        } else if (text[i] == ',' && any && (comma ? since_comma == 3 : since_comma <= 3)) {
            comma = true;
            since_comma = 0;
        } else {
            return not_one;
        }
    }
    if (comma && since_comma != 3) return not_one;
    bool fine = true;
    int given = 0;
    if (i < text.size()) {
        for (++i; i < text.size(); ++i) {
            if (!is_digit(text[i])) return not_one;
            any = true;
            if (given < places) {
                add(text[i] - '0');
                ++given;
            } else if (text[i] != '0') {
                fine = false;
            }
        }
    }
    if (!any) return not_one;
    if (!fine) return too_fine;
    for (; given < places; ++given) add(0);
    if (overflow) return too_large;
    value = sum;
    return nullptr;
}

// U+0080 to U+009F and what lies below the blank are no part of a name.
bool has_control(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x20 || c == 0x7F) return true;
        if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
    }
    return false;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// `1.23457E+17`, or `1.23457E17`: what a spreadsheet leaves of a long number. The digits are gone; two ids may have
// become one. `12E5` may be an id.
bool is_scientific(std::string_view text) {
    const std::size_t e = text.find_first_of("eE");
    if (e == std::string_view::npos || e == 0 || !is_digit(text[0])) return false;
    const std::string_view mantissa = text.substr(0, e);
    std::string_view exponent = text.substr(e + 1);
    const bool signed_too = take_front(exponent, "+");
    return !exponent.empty() && (signed_too || mantissa.find('.') != std::string_view::npos) &&
           std::all_of(mantissa.begin(), mantissa.end(), [](char c) { return is_digit(c) || c == '.'; }) &&
           std::all_of(exponent.begin(), exponent.end(), is_digit);
}

// What a spreadsheet shows where a formula found nothing.
bool is_spreadsheet_error(std::string_view text) {
    constexpr std::array<std::string_view, 7> errors{"#N/A",   "#REF!", "#VALUE!", "#DIV/0!",
                                                     "#NAME?", "#NUM!", "#NULL!"};
    return text[0] == '#' && std::find(errors.begin(), errors.end(), text) != errors.end();
}

const char* wrong_id(std::string_view text) {
    if (text.size() > longest_id) return "intake.bad.id_too_long";
    if (has_control(text)) return "intake.bad.id_control";
    if (!is_ascii(text) && !is_utf8(text)) return "intake.bad.encoding";
    if (is_scientific(text)) return "intake.bad.id_scientific";
    return is_spreadsheet_error(text) ? "intake.bad.formula" : nullptr;
}

const char* wrong_text(std::string_view text) {
    if (text.size() > longest_text) return "intake.bad.text_too_long";
    if (!is_ascii(text) && !is_utf8(text)) return "intake.bad.encoding";
    return is_spreadsheet_error(text) ? "intake.bad.formula" : nullptr;
}

const char* wrong_kind(std::string_view text) {
    if (text.size() > longest_id || has_control(text)) return "intake.bad.kind";
    for (const char c : text) {
        const bool fine = (c >= 'a' && c <= 'z') || is_digit(c) || c == '_' || c == '-';
        if (static_cast<unsigned char>(c) < 0x80 && !fine) return "intake.bad.kind";
    }
    return is_utf8(text) ? nullptr : "intake.bad.encoding";
}

// What the words of closed lists that have a Chinese name are called (facts.md, guides.type).
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> chinese_words{
    {{"general", "通用型"}, {"category", "类目型"}, {"brand", "品牌型"}}};

std::optional<Note> parse_word(const Column& column, std::string_view text, Cell& out) {
    for (const auto& [word, chinese] : chinese_words)
        if (text == chinese) text = word;
    if (std::find(column.words.begin(), column.words.end(), text) != column.words.end()) {
        out.text = text;
        return std::nullopt;
    }
    std::string words;
    for (const auto word : column.words) {
        words += (words.empty() ? "" : ", ") + std::string(word);
        for (const auto& [known, chinese] : chinese_words)
            if (word == known) words += " (" + std::string(chinese) + ")";
    }
    return Note{"intake.bad.word", {{"words", words}}};
}

const char* parse_number(const Column& column, std::string_view text, std::string& scratch, Cell& out) {
    // In a column of percentages 80 and 80% say the same (kpis.md, reply_rate).
    if (column.name == "reply_percentage") take_back(text, "%") || take_back(text, "％");
    const auto number = Fraction::parse(text);
    if (!number) return "intake.bad.number";
    if (column.name == "share" && (number->sign() <= 0 || *number > Fraction(1))) return "intake.bad.share";
    scratch = number->num();
    scratch += '/';
    scratch += number->den();
    out.text = scratch;
    return nullptr;
}

}  // namespace

std::optional<Note> parse_money(std::string_view text, bool signed_too, std::int64_t& fen) {
    text = strip(text);
    const bool negative = take_front(text, "-");
    if (!negative) take_front(text, "+");
    const bool sign_in_front = negative;
    if (take_front(text, "¥") || take_front(text, "￥")) text = strip(text);
    const bool sign_behind = !sign_in_front && take_front(text, "-");
    if (take_back(text, "元")) text = strip(text);
    if (const char* wrong =
            parse_decimal(text, 2, "intake.bad.money", "intake.bad.money_too_fine", "intake.bad.too_large", fen))
        return Note{wrong, {}};
    if (sign_in_front || sign_behind) fen = -fen;
    if (fen < 0 && !signed_too) return Note{"intake.bad.money_negative", {}};
    return std::nullopt;
}

std::string money_text(std::int64_t fen) {
    const auto size = fen < 0 ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
    const std::string cents = std::to_string(size % 100);
    return (fen < 0 ? "-" : "") + std::to_string(size / 100) + (cents.size() < 2 ? ".0" : ".") + cents;
}

std::optional<Note> parse_cell(const Column& column, std::string_view raw, const Zone& zone, std::string& scratch,
                               Cell& out) {
    const std::string_view text = strip(raw);
    out = {absent, {}};
    if (text.empty()) {
        if (column.needed && !column.blank) return Note{"intake.bad.empty", {}};
        return std::nullopt;
    }
    const char* wrong = nullptr;
    switch (column.type) {
        case Type::date:
            if (const auto day = parse_day(text))
                out.number = day->number;
            else
                wrong = "intake.bad.date";
            break;
        case Type::month:
            if (const auto day = parse_month(text))
                out.number = day->number;
            else
                wrong = "intake.bad.month";
            break;
        case Type::instant:
            if (const auto instant = zone.parse(text))
                out.number = instant->micros;
            else
                wrong = "intake.bad.instant";
            break;
        case Type::money:
            if (auto reason = parse_money(text, false, out.number)) {
                out.number = absent;
                return reason;
            }
            break;
        case Type::count:
            wrong = parse_decimal(text, 0, "intake.bad.count", "intake.bad.count", "intake.bad.too_large", out.number);
            break;
        case Type::number: wrong = parse_number(column, text, scratch, out); break;
        case Type::id:
            wrong = wrong_id(text);
            out.text = text;
            break;
        case Type::text:
            wrong = wrong_text(text);
            out.text = text;
            break;
        case Type::kind:
            wrong = wrong_kind(text);
            out.text = text;
            break;
        case Type::word:
            if (auto reason = parse_word(column, text, out)) return reason;
            break;
    }
    if (!wrong) return std::nullopt;
    out = {absent, {}};
    return Note{wrong, {}};
}

}  // namespace siyu
