// SPDX-License-Identifier: Apache-2.0
#include "reports/palette.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace siyu {

namespace {

constexpr double readable = 4.5;

using Channels = std::array<int, 3>;

bool is_colour(std::string_view text) {
    return text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdefABCDEF", 1) == text.npos;
}

Channels channels(std::string_view colour) {
    Channels all{};
    for (std::size_t i = 0; i < 3; ++i) all[i] = std::stoi(std::string(colour.substr(1 + 2 * i, 2)), nullptr, 16);
    return all;
}

std::string text(const Channels& channels) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text = "#";
    for (const int channel : channels) {
        text += digits[channel / 16];
        text += digits[channel % 16];
    }
    return text;
}

double luminance(std::string_view colour) {
    constexpr double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    const Channels all = channels(colour);
    for (std::size_t i = 0; i < 3; ++i) {
        const double part = all[i] / 255.0;
        sum += weights[i] * (part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

}  // namespace

double contrast(std::string_view colour, std::string_view ground) {
    const auto [dark, light] = std::minmax({luminance(colour), luminance(ground)});
    return (light + 0.05) / (dark + 0.05);
}

const std::string& Palette::of(Tone tone) const {
    switch (tone) {
        case Tone::plain: return ink;
        case Tone::muted: return soft;
        case Tone::good: return good;
        case Tone::bad: return bad;
        case Tone::excess: return excess;
    }
    return ink;
}

Palette palette(std::string_view brand_colour, bool red_is_good) {
    Palette colours;
    if (is_colour(brand_colour)) colours.brand = text(channels(brand_colour));
    // One of the two can always be read.
    if (contrast("#ffffff", colours.brand) < readable) colours.on_brand = "#000000";
    Channels main = channels(colours.brand);
    while (contrast(text(main), colours.wash) < readable)
        for (int& channel : main) channel = channel * 15 / 16;
    colours.main = text(main);
    if (red_is_good) std::swap(colours.good, colours.bad);
    return colours;
}

}  // namespace siyu
