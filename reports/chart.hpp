// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/base/value.hpp"

namespace siyu {

// What a colour means. The words beside it always say the same.
enum class Tone { plain, muted, good, bad, excess };

// What a picture shows, in no drawing language: exact values and the words that stand beside them. svg.hpp draws it.
struct Chart {
    enum class Kind {
        sparkline,  // the course of a figure, no words inside
        line,       // the same, large, with its first, middle and last label and its highest and lowest value
        bars,       // a bar for each item; where `against` is known, an outline behind it shows that
        waterfall,  // from the first item up by the second, down by the third, to the fourth
        bullets,    // a bar for each item on a scale where 1 is what was due, with marks
    };
    struct Mark {
        Fraction at;
        std::string label;
    };
    struct Item {
        std::string label;
        Value value;       // a gap is drawn as a gap, never as 0
        std::string text;  // the value in words
        Value against = Gap::not_applicable;
        std::string against_text = {};
        std::vector<Mark> marks = {};
        Tone tone = Tone::plain;
    };

    Kind kind = Kind::line;
    std::string title;         // what it is
    std::string summary = {};  // the same finding in a sentence, for those who do not see the picture
    std::vector<Item> items = {};
    std::string low_text = {}, high_text = {};           // line: the lowest and highest value in words
    std::string value_legend = {}, against_legend = {};  // bars with `against`: what bar and outline are
    bool brief = false;                                  // stands where room is for a few pictures only
};

}  // namespace siyu
