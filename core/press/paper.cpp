// SPDX-License-Identifier: Apache-2.0
#include "core/press/paper.hpp"

#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>

#include "core/press/plain_text.hpp"

namespace siyu {

namespace {

constexpr double margin = 42, top = 48, bottom = 841.89 - 60;
constexpr const char* fonts = "WenQuanYi Micro Hei, Noto Sans CJK SC, sans-serif";
constexpr double per_65536 = 1.0 / 65535;

double points(int units) { return static_cast<double>(units) / PANGO_SCALE; }

}  // namespace

void set_colour(cairo_t* pen, const std::string& colour) {
    PangoColor parsed{};
    pango_color_parse(&parsed, colour.c_str());
    cairo_set_source_rgb(pen, parsed.red * per_65536, parsed.green * per_65536, parsed.blue * per_65536);
}

Typeset::Typeset(PangoContext* context, const std::string& text, const Setting& setting)
    : layout_(pango_layout_new(context)), setting_(setting) {
    const Held<PangoFontDescription, pango_font_description_free> font(pango_font_description_from_string(fonts));
    pango_font_description_set_absolute_size(font.get(), setting.size * PANGO_SCALE);
    if (setting.strong) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout_.get(), font.get());
    pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
    const std::string plain = plain_text(text);
    pango_layout_set_text(layout_.get(), plain.data(), static_cast<int>(plain.size()));
}

double Typeset::natural_width() const {
    int width = 0;
    pango_layout_get_size(layout_.get(), &width, nullptr);
    return points(width);
}

void Typeset::break_at(double width) {
    pango_layout_set_width(layout_.get(), static_cast<int>(std::ceil(width * PANGO_SCALE)));
}

int Typeset::lines() const { return pango_layout_get_line_count(layout_.get()); }

void Typeset::draw(cairo_t* on, int line, double left, double y, double width, bool to_right) const {
    PangoLayoutLine* drawn = pango_layout_get_line_readonly(layout_.get(), line);
    if (!drawn) return;
    if (to_right) {
        PangoRectangle box{};
        pango_layout_line_get_extents(drawn, nullptr, &box);
        left += width - points(box.width);
    }
    set_colour(on, setting_.colour);
    cairo_move_to(on, left, y + setting_.size);
    pango_cairo_show_layout_line(on, drawn);
}

Paper::Paper(cairo_surface_t* surface, const std::string& language)
    : pen_(cairo_create(surface)), context_(pango_cairo_create_context(pen_.get())), y_(top) {
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    if (!language.empty()) pango_context_set_language(context_.get(), pango_language_from_string(language.c_str()));
}

double Paper::left() { return margin; }
double Paper::room() const { return bottom - y_; }
double Paper::height() const { return bottom - top; }

void Paper::finish() {
    if (at_foot) at_foot(page_, bottom + 12);
    cairo_show_page(pen_.get());
}

void Paper::next_page() {
    finish();
    ++page_;
    y_ = top;
    if (at_top) at_top();
}

void Paper::put(std::vector<Typeset>& cells, const std::vector<Column>& columns, double line, double pad) {
    int lines = 1;
    const std::size_t count = std::min(cells.size(), columns.size());
    for (std::size_t i = 0; i < count; ++i) {
        cells[i].break_at(columns[i].width);
        lines = std::max(lines, cells[i].lines());
    }
    // What fits on a page is not broken, unless most of this page would stay empty.
    const double whole = lines * line + 2 * pad;
    if (whole > room() && whole < height() / 2) next_page();
    for (int from = 0; from < lines;) {
        int to = from + static_cast<int>((room() - 2 * pad) / line);
        if (to <= from) {
            next_page();
            to = from + std::max(1, static_cast<int>((room() - 2 * pad) / line));
        }
        to = std::min(to, lines);
        for (std::size_t i = 0; i < count; ++i)
            for (int n = from; n < std::min(to, cells[i].lines()); ++n)
                cells[i].draw(pen_.get(), n, margin + columns[i].left, y_ + pad + (n - from) * line, columns[i].width,
                              columns[i].to_right);
        y_ += (to - from) * line + 2 * pad;
        from = to;
    }
}

void Paper::rule(const std::string& colour, double thickness) {
    set_colour(pen_.get(), colour);
    cairo_set_line_width(pen_.get(), thickness);
    cairo_move_to(pen_.get(), margin, y_);
    cairo_line_to(pen_.get(), margin + width, y_);
    cairo_stroke(pen_.get());
}

}  // namespace siyu
