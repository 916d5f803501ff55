// SPDX-License-Identifier: Apache-2.0
#include "reports/svg.hpp"

#include <algorithm>
#include <cmath>

#include "reports/markup.hpp"

namespace siyu {

namespace {

// 400 units wide and 13 high letters: on a phone of 375 px a letter is still 11 px high.
constexpr double page_width = 400;
constexpr double letter = 13;
constexpr int label_columns = 34;

const char* class_of(Tone tone) {
    switch (tone) {
        case Tone::plain: return "c-main";
        case Tone::muted: return "c-muted";
        case Tone::good: return "c-good";
        case Tone::bad: return "c-bad";
        case Tone::excess: return "c-excess";
    }
    return "c-main";
}

// One decimal, the same on every machine.
std::string at(double x) {
    const long long tenths = std::llround(x * 10);
    const long long whole = std::abs(tenths) / 10, rest = std::abs(tenths) % 10;
    return (tenths < 0 ? "-" : "") + std::to_string(whole) + (rest ? "." + std::to_string(rest) : "");
}

std::string text(double x, double y, const std::string& words, const char* anchor = "start",
                 const char* kind = "c-text") {
    return "<text class=\"" + std::string(kind) + "\" x=\"" + at(x) + "\" y=\"" + at(y) + "\" text-anchor=\"" + anchor +
           "\">" + escaped(words) + "</text>";
}

std::string bar(double x, double y, double width, double height, const std::string& kind) {
    return "<rect class=\"" + kind + "\" x=\"" + at(x) + "\" y=\"" + at(y) + "\" width=\"" + at(std::max(width, 0.0)) +
           "\" height=\"" + at(std::max(height, 0.0)) + "\"/>";
}

std::string rule(double x1, double y1, double x2, double y2, const char* kind) {
    return "<line class=\"" + std::string(kind) + "\" x1=\"" + at(x1) + "\" y1=\"" + at(y1) + "\" x2=\"" + at(x2) +
           "\" y2=\"" + at(y2) + "\"/>";
}

// What is drawn of a chart, in its own units.
struct Sketch {
    double width, height;
    std::string inside;
};

struct Range {
    double low = 0, high = 0;
    double of(const Value& value) const { return high > low ? (value->approximate() - low) / (high - low) : 0.5; }
};

Range range_of(const std::vector<Chart::Item>& items) {
    Range range;
    bool any = false;
    for (const auto& item : items) {
        if (!item.value) continue;
        const double value = item.value->approximate();
        range.low = any ? std::min(range.low, value) : value;
        range.high = any ? std::max(range.high, value) : value;
        any = true;
    }
    return range;
}

// The course through all known points; a gap leaves a gap, a point alone is a dot.
std::string course(const Chart& chart, double left, double top, double width, double height, double dot) {
    const Range range = range_of(chart.items);
    const double step = chart.items.size() > 1 ? width / static_cast<double>(chart.items.size() - 1) : 0;
    std::string out, run;
    int length = 0;
    double x = 0, y = 0;
    const auto point = [&] {
        return "<circle class=\"c-dot\" cx=\"" + at(x) + "\" cy=\"" + at(y) + "\" r=\"" + at(dot) + "\"/>";
    };
    const auto flush = [&] {
        if (length > 1) out += "<polyline class=\"c-line\" points=\"" + run + "\"/>";
        if (length == 1) out += point();
        run.clear();
        length = 0;
    };
    for (std::size_t i = 0; i < chart.items.size(); ++i) {
        const auto& item = chart.items[i];
        if (!item.value) {
            flush();
            continue;
        }
        x = left + step * static_cast<double>(i);
        y = top + height * (1 - range.of(item.value));
        if (length++ > 0) run += ' ';
        run += at(x);
        run += ',';
        run += at(y);
        if (i + 1 == chart.items.size()) out += point();
    }
    flush();
    return out;
}

Sketch sparkline(const Chart& chart) { return {120, 28, course(chart, 3, 4, 114, 20, 2.5)}; }

Sketch line(const Chart& chart) {
    const double top = 24, height = 110, bottom = top + height;
    std::string out = rule(0, top, page_width, top, "c-grid") + rule(0, bottom, page_width, bottom, "c-grid");
    out += course(chart, 6, top, page_width - 12, height, 4);
    out += text(0, top - 7, chart.high_text) + text(0, bottom + 16, chart.low_text);
    if (!chart.items.empty()) {
        const auto& items = chart.items;
        out += text(0, bottom + 36, items.front().label, "start", "c-small");
        if (items.size() > 2)
            out += text(page_width / 2, bottom + 36, items[items.size() / 2].label, "middle", "c-small");
        if (items.size() > 1) out += text(page_width, bottom + 36, items.back().label, "end", "c-small");
    }
    return {page_width, bottom + 42, out};
}

std::string legend(const Chart& chart) {
    if (chart.against_legend.empty()) return {};
    const double second = 30 + letter * columns_of(chart.value_legend) * 0.55 + 24;
    return bar(0, 3, 18, 10, "c-main") + text(24, 13, chart.value_legend, "start", "c-small") +
           bar(second, 3, 18, 10, "c-outline") + text(second + 24, 13, chart.against_legend, "start", "c-small");
}

Sketch bars(const Chart& chart) {
    double most = 0;
    for (const auto& item : chart.items) {
        if (item.value) most = std::max(most, item.value->approximate());
        if (item.against) most = std::max(most, item.against->approximate());
    }
    const auto length = [&](const Value& value) {
        return most > 0 && value ? page_width * std::max(value->approximate(), 0.0) / most : 0;
    };
    std::string out = legend(chart);
    double y = out.empty() ? 0 : 24;
    for (const auto& item : chart.items) {
        const std::string figures = item.against_text.empty() ? item.text : item.text + " / " + item.against_text;
        const int room = std::max(6, 52 - columns_of(figures));
        out += text(0, y + 13, shortened(item.label, std::min(room, label_columns)));
        out += text(page_width, y + 13, figures, "end");
        out += bar(0, y + 19, page_width, 10, "c-track");
        out += bar(0, y + 19, length(item.value), 10, class_of(item.tone));
        if (item.against) out += bar(0.5, y + 17.5, std::max(length(item.against) - 1, 1.0), 13, "c-outline");
        y += 42;
    }
    return {page_width, std::max(y - 6, 10.0), out};
}

Sketch waterfall(const Chart& chart) {
    if (chart.items.size() != 4) return {page_width, 10, ""};
    double amount[4];
    for (std::size_t i = 0; i < 4; ++i) amount[i] = chart.items[i].value ? chart.items[i].value->approximate() : 0;
    const double top_value = amount[0] + amount[1], rest = amount[3];
    // A stock of ten thousands would dwarf what moved: the picture begins a little below the lowest level, and the
    // summary says so.
    const double lowest = std::min({amount[0], rest, top_value});
    const double moved = std::max({amount[1], amount[2], 1.0});
    const double base = std::max(0.0, lowest - moved);
    const double top = 24, height = 110, bottom = top + height, slot = page_width / 4, wide = slot * 0.62;
    const auto y_of = [&](double value) { return bottom - height * (value - base) / std::max(top_value - base, 1.0); };
    const double from[4] = {base, amount[0], top_value - amount[2], base};
    const double to[4] = {amount[0], top_value, top_value, rest};
    std::string out = rule(0, bottom, page_width, bottom, "c-grid");
    for (std::size_t i = 0; i < 4; ++i) {
        const double middle = slot * (static_cast<double>(i) + 0.5), y = y_of(to[i]);
        out += bar(middle - wide / 2, y, wide, y_of(from[i]) - y, class_of(chart.items[i].tone));
        out += text(middle, y - 6, chart.items[i].text, "middle");
        out += text(middle, bottom + 18, chart.items[i].label, "middle");
        if (i < 3) {
            const double level = y_of(i == 2 ? from[2] : to[i]);
            out += rule(middle + wide / 2, level, middle + slot - wide / 2, level, "c-join");
        }
    }
    return {page_width, bottom + 28, out};
}

Sketch bullets(const Chart& chart) {
    // The scale ends at 150 % of what was due, or at the longest mark; bars beyond it end in an arrow.
    double end = 1.5;
    for (const auto& item : chart.items)
        for (const auto& mark : item.marks) end = std::clamp(mark.at.approximate() * 1.08, end, 2.0);
    std::string out;
    double y = 0;
    for (const auto& item : chart.items) {
        const double share = item.value ? std::max(item.value->approximate(), 0.0) : 0;
        const double length = page_width * std::min(share / end, 1.0);
        out += text(0, y + 13, shortened(item.label, std::max(6, 52 - columns_of(item.text))));
        out += text(page_width, y + 13, item.text, "end");
        out += bar(0, y + 19, page_width, 14, "c-track") + bar(0, y + 22, length, 8, class_of(item.tone));
        if (share > end)
            out += "<path class=\"c-arrow\" d=\"M" + at(page_width - 10) + " " + at(y + 19) + "L" + at(page_width) +
                   " " + at(y + 26) + "L" + at(page_width - 10) + " " + at(y + 33) + "Z\"/>";
        double last = -100;
        std::vector<Chart::Mark> marks = item.marks;
        std::stable_sort(marks.begin(), marks.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        for (const auto& mark : marks) {
            const double x = page_width * mark.at.approximate() / end;
            if (x > page_width) continue;
            out += rule(x, y + 17, x, y + 35, "c-mark");
            const double half = 6.5 * columns_of(mark.label) / 2;
            if (x - half < last) continue;  // its word would lie on the one before
            const bool edge = x + half > page_width;
            out += text(edge ? page_width : std::max(x, half), y + 48, mark.label, edge ? "end" : "middle", "c-small");
            last = x + half + 4;
        }
        y += item.marks.empty() ? 42 : 60;
    }
    return {page_width, std::max(y - 6, 10.0), out};
}

Sketch sketch(const Chart& chart) {
    switch (chart.kind) {
        case Chart::Kind::sparkline: return sparkline(chart);
        case Chart::Kind::line: return line(chart);
        case Chart::Kind::bars: return bars(chart);
        case Chart::Kind::waterfall: return waterfall(chart);
        case Chart::Kind::bullets: return bullets(chart);
    }
    return {};
}

}  // namespace

std::string svg(const Chart& chart, int number) {
    const Sketch drawn = sketch(chart);
    const std::string id = "chart" + std::to_string(number);
    const bool small = chart.kind == Chart::Kind::sparkline;
    std::string out = "<svg class=\"" + std::string(small ? "spark" : "chart") + "\" role=\"img\" viewBox=\"0 0 " +
                      at(drawn.width) + " " + at(drawn.height) + "\" aria-labelledby=\"" + id + "t " + id + "d\">";
    out += "<title id=\"" + id + "t\">" + escaped(chart.title) + "</title>";
    out += "<desc id=\"" + id + "d\">" + escaped(chart.summary) + "</desc>";
    return out + drawn.inside + "</svg>";
}

std::string picture(const Chart& chart, const Palette& colours, double part) {
    constexpr double margin = 4, wide = 600;  // so letters of 14 units are more than 20 high
    const Sketch drawn = sketch(chart);
    const double width = (drawn.width + 2 * margin) / part, height = drawn.height + 2 * margin;
    std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + at(wide) + "\" height=\"" +
                      at(wide * height / width) + "\" viewBox=\"-" + at(margin) + " -" + at(margin) + " " + at(width) +
                      " " + at(height) + "\"><style>";
    // One font that is always there, named first: pictures do not depend on what else is installed.
    out += "text{font:14px 'WenQuanYi Micro Hei',sans-serif;fill:" + colours.ink + "}";
    out += ".c-small{font-size:13.7px;fill:" + colours.soft + "}";
    for (const auto& [kind, colour] :
         {std::pair{"main", colours.main}, std::pair{"muted", colours.soft}, std::pair{"good", colours.good},
          std::pair{"bad", colours.bad}, std::pair{"excess", colours.excess}, std::pair{"track", colours.track},
          std::pair{"dot", colours.main}, std::pair{"arrow", colours.ink}})
        out += std::string(".c-") + kind + "{fill:" + colour + "}";
    out += ".c-outline{fill:none;stroke:" + colours.ink + ";stroke-width:1.2}";
    out += ".c-line{fill:none;stroke:" + colours.main + ";stroke-width:2;stroke-linejoin:round;stroke-linecap:round}";
    out += ".c-grid{stroke:" + colours.rule + "}.c-join{stroke:" + colours.soft + ";stroke-dasharray:3 3}";
    out += ".c-mark{stroke:" + colours.ink + ";stroke-width:1.6}";
    return out + "</style>" + drawn.inside + "</svg>";
}

}  // namespace siyu
