// SPDX-License-Identifier: Apache-2.0
#include "core/press/picture.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/error.hpp"
#include "core/press/drawing.hpp"
#include "core/press/pixels.hpp"

namespace siyu {

namespace {

constexpr double most_pixels = 16e6;

}  // namespace

Picture draw_picture(std::string_view svg, int width) {
    const Drawing drawing(svg);
    const double scale = width / drawing.width();
    const double height = std::max(1.0, std::round(drawing.height() * scale));
    if (width < 1 || width * height > most_pixels || height > 32767)  // cairo's limit
        throw Error(Error::refused, "press.large_picture",
                    {{"width", std::to_string(width)}, {"height", std::to_string(std::llround(height))}});
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, static_cast<int>(height)));
    const Pen pen(cairo_create(surface.get()));
    cairo_set_source_rgb(pen.get(), 1, 1, 1);
    cairo_paint(pen.get());
    drawing.draw(pen.get(), scale);
    return picture_of(pixels_of(surface.get()));
}

}  // namespace siyu
