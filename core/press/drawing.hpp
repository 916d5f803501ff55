// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <string_view>

#include "core/press/held.hpp"

namespace siyu {

// An SVG document. It has no address, so librsvg loads nothing that it refers to.
class Drawing {
  public:
    // Throws Error (refused, press.bad_picture) for what is no drawing or has no size.
    explicit Drawing(std::string_view svg);
    double width() const { return width_; }  // CSS pixels
    double height() const { return height_; }
    // Draws it with its upper left corner at 0, 0, so much larger than it is.
    void draw(cairo_t* on, double scale) const;

  private:
    HeldObject<RsvgHandle> handle_;
    double width_ = 0, height_ = 0;
};

}  // namespace siyu
