// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cairo.h>

#include <cstdint>
#include <vector>

#include "core/press/held.hpp"
#include "reports/press.hpp"

namespace siyu {

using Surface = Held<cairo_surface_t, cairo_surface_destroy>;
using Pen = Held<cairo_t, cairo_destroy>;

// A picture of opaque colours, row by row; a colour is 0xRRGGBB.
struct Pixels {
    int width = 0, height = 0;
    std::vector<std::uint32_t> colours;
};

// What was drawn on an opaque surface.
Pixels pixels_of(cairo_surface_t* surface);

// As a PNG of at most 256 colours: a third of the size of all colours, in half the time (mail.md, Charts). Areas of one
// colour keep it.
Picture picture_of(const Pixels& pixels);

}  // namespace siyu
