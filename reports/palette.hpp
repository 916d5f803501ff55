// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "reports/chart.hpp"

namespace siyu {

// The colours of mails, pictures and print as `#rrggbb`. All that text is written in can be read on white, on `wash`
// and on `notice`.
struct Palette {
    std::string ink = "#1a2330", soft = "#566070", rule = "#dfe4ea", track = "#e8ecf1", wash = "#f4f6f8";
    std::string good = "#0b6b45", bad = "#b3261e", excess = "#7a4b00", notice = "#fbf0dc";
    std::string brand = "#1f4e79";     // as the brand wants it, a ground for `on_brand`
    std::string on_brand = "#ffffff";  // white or black
    std::string main = "#1f4e79";      // the brand's, as dark as letters need

    const std::string& of(Tone tone) const;
};

// Any six hexadecimal digits will do: what could not be read is made darker. What is no colour becomes the usual one.
Palette palette(std::string_view brand_colour, bool red_is_good);

// From 1 to 21: how well one colour stands out from the other.
double contrast(std::string_view colour, std::string_view ground);

}  // namespace siyu
