// SPDX-License-Identifier: Apache-2.0
#include "core/intake/export_name.hpp"

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

// Without what a browser adds to a name that it has already: `orders (1).csv`.
std::string without_copy(std::string_view name) {
    const std::size_t dot = std::min(name.rfind('.'), name.size()), open = name.substr(0, dot).rfind(" (");
    if (open == std::string_view::npos || dot < open + 4 || name[dot - 1] != ')' ||
        name.substr(open + 2, dot - open - 3).find_first_not_of("0123456789") != std::string_view::npos)
        return std::string(name);
    return std::string(name.substr(0, open)) + std::string(name.substr(dot));
}

}  // namespace

std::optional<ExportName> export_name(std::string_view name) {
    const std::string file = without_copy(name);
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

}  // namespace siyu
