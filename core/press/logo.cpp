// SPDX-License-Identifier: Apache-2.0
#include "core/press/logo.hpp"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

#include "core/base/error.hpp"
#include "core/press/held.hpp"
#include "core/press/pixels.hpp"

namespace siyu {

namespace {

constexpr std::size_t most_bytes = 2 << 20;
constexpr int longest_side = 4000;

// Called with what the first bytes say, before anything is unpacked. A size of zero ends the loading.
void look_at_size(GdkPixbufLoader* loader, int width, int height, void*) {
    if (width > longest_side || height > longest_side) gdk_pixbuf_loader_set_size(loader, 0, 0);
}

// Half a picture is none; the libraries would fill in what is missing. Some programs write a little after the end.
bool is_whole(std::string_view bytes, bool png) {
    using namespace std::string_view_literals;
    const auto end = bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 1024));
    return end.find(png ? "IEND\xae\x42\x60\x82"sv : "\xff\xd9"sv) != end.npos;
}

HeldObject<GdkPixbuf> load(std::string_view bytes) {
    using namespace std::string_view_literals;
    const bool png = bytes.starts_with("\x89PNG\r\n\x1a\n"sv), jpeg = bytes.starts_with("\xff\xd8\xff"sv);
    if (bytes.size() > most_bytes || (!png && !jpeg) || !is_whole(bytes, png)) return nullptr;
    const HeldObject<GdkPixbufLoader> loader(gdk_pixbuf_loader_new_with_type(png ? "png" : "jpeg", nullptr));
    if (!loader) return nullptr;
    g_signal_connect(loader.get(), "size-prepared", G_CALLBACK(look_at_size), nullptr);
    const bool written =
        gdk_pixbuf_loader_write(loader.get(), reinterpret_cast<const guchar*>(bytes.data()), bytes.size(), nullptr);
    const bool closed = gdk_pixbuf_loader_close(loader.get(), nullptr);  // in any case
    GdkPixbuf* loaded = written && closed ? gdk_pixbuf_loader_get_pixbuf(loader.get()) : nullptr;
    return HeldObject<GdkPixbuf>(loaded ? gdk_pixbuf_apply_embedded_orientation(loaded) : nullptr);
}

// On white, as large as it is.
Surface on_white(const GdkPixbuf* picture) {
    const int width = gdk_pixbuf_get_width(picture), height = gdk_pixbuf_get_height(picture);
    const int channels = gdk_pixbuf_get_n_channels(picture), from_stride = gdk_pixbuf_get_rowstride(picture);
    Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
    const int to_stride = cairo_image_surface_get_stride(surface.get());
    for (int y = 0; y < height; ++y) {
        const guint8* from = gdk_pixbuf_read_pixels(picture) + static_cast<std::ptrdiff_t>(y) * from_stride;
        auto* to = cairo_image_surface_get_data(surface.get()) + static_cast<std::ptrdiff_t>(y) * to_stride;
        for (int x = 0; x < width; ++x, from += channels, to += 4) {
            const unsigned seen = channels == 4 ? from[3] : 255;
            std::uint32_t colour = 0;
            for (int i = 0; i < 3; ++i) colour = colour << 8 | (from[i] * seen + 255 * (255 - seen) + 127) / 255;
            std::memcpy(to, &colour, sizeof colour);
        }
    }
    cairo_surface_mark_dirty(surface.get());
    return surface;
}

}  // namespace

Picture fit_logo(std::string_view bytes, int width, int height) {
    const auto loaded = load(bytes);
    if (!loaded) throw Error(Error::refused, "press.bad_logo");
    const double wide = gdk_pixbuf_get_width(loaded.get()), high = gdk_pixbuf_get_height(loaded.get());
    const double scale = std::min({1.0, width / wide, height / high});
    const int columns = std::max(1, static_cast<int>(std::lround(wide * scale)));
    const int rows = std::max(1, static_cast<int>(std::lround(high * scale)));
    const Surface whole = on_white(loaded.get());
    const Surface fit(cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows));
    const Pen pen(cairo_create(fit.get()));
    cairo_scale(pen.get(), columns / wide, rows / high);
    cairo_set_source_surface(pen.get(), whole.get(), 0, 0);
    cairo_pattern_set_filter(cairo_get_source(pen.get()), CAIRO_FILTER_BEST);
    cairo_pattern_set_extend(cairo_get_source(pen.get()), CAIRO_EXTEND_PAD);  // nothing from beyond the edges
    cairo_paint(pen.get());
    return picture_of(pixels_of(fit.get()));
}

}  // namespace siyu
