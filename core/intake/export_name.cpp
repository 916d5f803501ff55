// SPDX-License-Identifier: Apache-2.0
#include "core/intake/export_name.hpp"

#include <initializer_list>
#include <utility>

#include "core/intake/date_format.hpp"

namespace siyu {

namespace {

// Seconds of the years 2015 to 2050: an order's number seldom is one, and then only in a name that begins with it.
bool is_seconds(std::string_view digits) {
    return digits.size() == 10 && digits >= "1420000000" && digits <= "2540000000";
}

bool is_time(std::string_view digits) {
    if (!digits.starts_with("20")) return false;
    return reformed(digits, digits.size() == 14 ? "%Y%m%d%H%M%S" : "%Y%m%d%H%M").has_value();
}

// Takes the first of these that stands at the end off it.
bool take(std::string_view& text, std::initializer_list<std::string_view> endings) {
    for (const std::string_view ending : endings)
        if (text.size() > ending.size() && text.ends_with(ending)) {
            text.remove_suffix(ending.size());
            return true;
        }
    return false;
}

// The number at the end of a text, taken off it; 0 where there is none that counts copies.
int take_number(std::string_view& text) {
    const std::string_view digits = text.substr(text.find_last_not_of("0123456789") + 1);
    if (digits.empty() || digits.size() > 3) return 0;
    text.remove_suffix(digits.size());
    return std::stoi(std::string(digits));
}

// What a browser adds to a name that it has already, or a desktop to the name of a copy.
struct CopyMark {
    std::string name;  // without the mark
    int number = 0;    // 0: there is none

    explicit CopyMark(std::string_view file) {
        const std::size_t dot = std::min(file.rfind('.'), file.size());
        const std::string_view stem = file.substr(0, dot);
        std::string_view rest = stem;
        if (take(rest, {")", "）"})) number = take_number(rest);
        if (number == 0 || !take(rest, {" (", "(", " （", "（"})) {
            rest = stem;
            number = 0;
        }
        if (take(rest, {" - 副本", "-副本", "的副本", " 副本", "副本", " - Copy", " copy"}))
            number = std::max(number, 1);
        name = std::string(rest) + std::string(file.substr(dot));
    }
};

}  // namespace

std::optional<ExportName> export_name(std::string_view name) {
    const std::string file = CopyMark(name).name;
    constexpr std::string_view signs = "0123456789";
    for (std::size_t at = file.find_first_of(signs); at != std::string_view::npos;) {
        const std::size_t end = std::min(file.find_first_not_of(signs, at), file.size());
        const std::string_view digits = std::string_view(file).substr(at, end - at);
        const bool seconds = at == 0 && std::string_view(file).substr(end).starts_with('_') && is_seconds(digits);
        if (seconds || ((digits.size() == 12 || digits.size() == 14) && is_time(digits)))
            return ExportName{seconds ? "#" : file.substr(0, at) + '#' + file.substr(end), std::string(digits)};
        at = file.find_first_of(signs, end);
    }
    return std::nullopt;
}

Edition edition(std::string_view path) {
    CopyMark copy(path);
    if (auto name = export_name(path.substr(path.rfind('/') + 1)))
        return {std::move(name->series), std::move(name->written), copy.number};
    return {std::move(copy.name), "", copy.number};
}

}  // namespace siyu
