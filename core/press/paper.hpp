// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include <functional>
#include <string>
#include <vector>

#include "core/press/held.hpp"

namespace siyu {

// How words are set; sizes in points.
struct Setting {
    double size = 10;
    std::string colour = "#1a1a1a";
    bool strong = false;
};

// Words broken into lines, all of one height.
class Typeset {
  public:
    Typeset(PangoContext* context, const std::string& text, const Setting& setting);
    double natural_width() const;
    void break_at(double width);
    int lines() const;
    // One line, its upper edge at y, between left and left + width.
    void draw(cairo_t* on, int line, double left, double y, double width, bool to_right) const;

  private:
    HeldObject<PangoLayout> layout_;
    Setting setting_;
};

// Pages of A4 one after the other. Whatever is put on them stands under what was put before.
class Paper {
  public:
    struct Column {
        double left = 0, width = 0;  // from the left margin
        bool to_right = false;
    };
    static constexpr double width = 511;  // between the margins, in points

    // `at_foot` draws the foot of page number n, with its upper edge at y.
    Paper(cairo_surface_t* surface, const std::string& language);
    std::function<void(int n, double y)> at_foot;
    // Called at the top of each page after the first.
    std::function<void()> at_top;

    PangoContext* context() const { return context_.get(); }
    cairo_t* pen() const { return pen_.get(); }
    static double left();
    double y() const { return y_; }
    double room() const;
    double height() const;  // of an empty page
    int page() const { return page_; }

    void skip(double points) { y_ += points; }
    void next_page();
    // Cells side by side, each broken to its column; goes on over as many pages as it needs. Lines are so high, with
    // `pad` above and below.
    void put(std::vector<Typeset>& cells, const std::vector<Column>& columns, double line, double pad);
    void rule(const std::string& colour, double thickness);
    void finish();

  private:
    Held<cairo_t, cairo_destroy> pen_;
    HeldObject<PangoContext> context_;
    double y_ = 0;
    int page_ = 1;
};

// Sets the pen's colour, #rrggbb; black for what is none.
void set_colour(cairo_t* pen, const std::string& colour);

}  // namespace siyu
