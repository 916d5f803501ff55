// SPDX-License-Identifier: Apache-2.0
#include "core/press/pixels.hpp"

#include <png.h>

#include <cstddef>
#include <cstring>
#include <map>
#include <new>
#include <string>

namespace siyu {

namespace {

constexpr std::size_t most_colours = 256;

struct Palette {
    std::vector<std::uint32_t> colours;
    std::map<std::uint32_t, std::uint8_t> places;  // of every colour of the picture: where its substitute stands
};

std::map<std::uint32_t, std::size_t> count(const Pixels& pixels) {
    std::map<std::uint32_t, std::size_t> times;
    std::size_t* last = nullptr;
    std::uint32_t last_colour = 0;
    for (const std::uint32_t colour : pixels.colours) {
        if (!last || colour != last_colour) last = &times[last_colour = colour];
        ++*last;
    }
    return times;
}

// Colours that share the first so many bits of each channel become one: the most frequent of them.
std::map<std::uint32_t, std::uint32_t> kept(const std::map<std::uint32_t, std::size_t>& times, std::uint32_t mask) {
    std::map<std::uint32_t, std::uint32_t> of_group;
    for (const auto& [colour, often] : times) {
        const auto [place, added] = of_group.try_emplace(colour & mask, colour);
        if (!added && often > times.at(place->second)) place->second = colour;
    }
    return of_group;
}

Palette palette_of(const Pixels& pixels) {
    const auto times = count(pixels);
    Palette palette;
    for (const std::uint32_t mask : {0xFFFFFFu, 0xF0F0F0u, 0xE0E0E0u, 0xC0C0C0u}) {
        const auto of_group = kept(times, mask);
        if (of_group.size() > most_colours) continue;
        std::map<std::uint32_t, std::uint8_t> groups;
        for (const auto& [group, colour] : of_group) {
            groups.emplace(group, static_cast<std::uint8_t>(palette.colours.size()));
            palette.colours.push_back(colour);
        }
        for (const auto& [colour, often] : times) palette.places.emplace(colour, groups.at(colour & mask));
        break;
    }
    return palette;
}

}  // namespace

Pixels pixels_of(cairo_surface_t* surface) {
    cairo_surface_flush(surface);
    Pixels pixels{cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), {}};
    const auto width = static_cast<std::size_t>(pixels.width);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    pixels.colours.resize(width * static_cast<std::size_t>(pixels.height));
    for (std::size_t row = 0; row < static_cast<std::size_t>(pixels.height); ++row)
        std::memcpy(&pixels.colours[row * width], cairo_image_surface_get_data(surface) + row * stride, width * 4);
    for (std::uint32_t& colour : pixels.colours) colour &= 0xFFFFFF;  // the fourth byte has no meaning
    return pixels;
}

Picture picture_of(const Pixels& pixels) {
    const Palette palette = palette_of(pixels);
    std::vector<std::uint8_t> indices;
    indices.reserve(pixels.colours.size());
    std::uint32_t last_colour = ~0u;
    std::uint8_t last = 0;
    for (const std::uint32_t colour : pixels.colours) {
        if (colour != last_colour) last = palette.places.at(last_colour = colour);
        indices.push_back(last);
    }
    std::vector<std::uint8_t> channels;
    for (const std::uint32_t colour : palette.colours)
        for (const int shift : {16, 8, 0}) channels.push_back(static_cast<std::uint8_t>(colour >> shift));

    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(pixels.width);
    image.height = static_cast<png_uint_32>(pixels.height);
    image.format = PNG_FORMAT_RGB_COLORMAP;
    image.colormap_entries = static_cast<png_uint_32>(palette.colours.size());
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    Picture picture{std::string(size, '\0'), pixels.width, pixels.height};
    if (!png_image_write_to_memory(&image, picture.png.data(), &size, 0, indices.data(), 0, channels.data()))
        throw std::bad_alloc();  // nothing else is left to go wrong
    picture.png.resize(size);
    return picture;
}

}  // namespace siyu
