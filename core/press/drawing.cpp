// SPDX-License-Identifier: Apache-2.0
#include "core/press/drawing.hpp"

#include <string>

#include "core/base/error.hpp"

namespace siyu {

namespace {

[[noreturn]] void refuse(GError* error) {
    const Held<GError, g_error_free> held(error);
    throw Error(Error::refused, "press.bad_picture", {{"words", error ? error->message : "size"}});
}

}  // namespace

Drawing::Drawing(std::string_view svg) {
    GError* error = nullptr;
    handle_.reset(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
    if (!handle_) refuse(error);
    if (!rsvg_handle_get_intrinsic_size_in_pixels(handle_.get(), &width_, &height_)) {
        gboolean sized = FALSE;
        RsvgRectangle box{};
        rsvg_handle_get_intrinsic_dimensions(handle_.get(), nullptr, nullptr, nullptr, nullptr, &sized, &box);
        if (sized) width_ = box.width, height_ = box.height;
    }
    if (!(width_ >= 1) || !(height_ >= 1)) refuse(nullptr);
}

void Drawing::draw(cairo_t* on, double scale) const {
    cairo_save(on);
    cairo_scale(on, scale, scale);
    const RsvgRectangle whole{0, 0, width_, height_};
    GError* error = nullptr;
    const bool drawn = rsvg_handle_render_document(handle_.get(), on, &whole, &error);
    cairo_restore(on);
    if (!drawn) refuse(error);
}

}  // namespace siyu
