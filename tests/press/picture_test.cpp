// SPDX-License-Identifier: Apache-2.0
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gtest/gtest.h>
#include <png.h>
#include <sys/resource.h>
#include <zlib.h>

#include <array>
#include <filesystem>
#include <functional>
#include <set>

#include "core/base/error.hpp"
#include "tests/press/outside.hpp"

namespace siyu {
namespace {

using namespace std::string_literals;

// A PNG as libpng reads it, three bytes a pixel.
struct Seen {
    int width = 0, height = 0;
    bool palette = false, opaque = false;
    std::vector<std::uint8_t> channels;

    std::string at(int x, int y) const {
        char text[8];
        const auto* pixel = &channels[static_cast<std::size_t>(y * width + x) * 3];
        std::snprintf(text, sizeof text, "#%02x%02x%02x", pixel[0], pixel[1], pixel[2]);
        return text;
    }
    std::size_t colours() const {
        std::set<std::string> all;
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) all.insert(at(x, y));
        return all.size();
    }
};

Seen seen(const std::string& png) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, png.data(), png.size())) throw std::runtime_error(image.message);
    Seen read{static_cast<int>(image.width), static_cast<int>(image.height), false, false, {}};
    read.palette = png.at(25) == 3;
    read.opaque = !(image.format & PNG_FORMAT_FLAG_ALPHA);
    image.format = PNG_FORMAT_RGB;
    read.channels.resize(PNG_IMAGE_SIZE(image));
    if (!png_image_finish_read(&image, nullptr, read.channels.data(), 0, nullptr))
        throw std::runtime_error(image.message);
    return read;
}

// A PNG of all the pixels that `colour` says, with alpha.
template <typename Colour>
std::string png_of(int width, int height, Colour colour) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = PNG_FORMAT_RGBA;
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (const std::uint8_t part : colour(x, y)) pixels.push_back(part);
    std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');
    png_alloc_size_t size = bytes.size();
    if (!png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels.data(), 0, nullptr))
        throw std::runtime_error(image.message);
    bytes.resize(size);
    return bytes;
}

using Rgba = std::array<std::uint8_t, 4>;

std::string blue(int width, int height) {
    return png_of(width, height, [](int, int) { return Rgba{0x1f, 0x4e, 0x79, 0xff}; });
}

std::string svg(const std::string& inside, const std::string& size = "width=\"60\" height=\"30\"") {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" " + size + ">" +
           inside + "</svg>";
}

std::string refusal(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Error::refused);
        return error.note().id;
    }
    return "taken";
}

TEST(Picture, IsAnOpaquePaletteOfTheWidthAskedFor) {
    const std::string chart =
        svg("<rect width='30' height='30' fill='#1f4e79'/><circle cx='45' cy='15' r='10' fill='#c00000'/>"
            "<text x='2' y='20' font-family='WenQuanYi Micro Hei' font-size='14'>销售额</text>");
    const Picture made = press().png(chart, 600);
    EXPECT_EQ(made.width, 600);
    EXPECT_EQ(made.height, 300);
    const Seen read = seen(made.png);
    EXPECT_EQ(read.width, 600);
    EXPECT_EQ(read.height, 300);
    EXPECT_TRUE(read.palette);
    EXPECT_TRUE(read.opaque);
    EXPECT_EQ(read.at(5, 5), "#1f4e79");
    EXPECT_EQ(read.at(450, 150), "#c00000");
    EXPECT_EQ(read.at(599, 0), "#ffffff");
    EXPECT_EQ(press().png(chart, 600).png, made.png);
    EXPECT_NE(press().png(svg("<text y='20' font-size='14'>销售额</text>"), 600).png, press().png(svg(""), 600).png);
}

TEST(Picture, ManyColoursBecomeFewAndAreasKeepTheirs) {
    const Seen read =
        seen(press()
                 .png(svg("<linearGradient id='a'><stop offset='0' stop-color='#123456'/><stop offset='0.5' "
                          "stop-color='#f0e1d2'/><stop offset='1' stop-color='#0a9b0c'/></linearGradient>"
                          "<linearGradient id='b' y2='1' x2='0'><stop offset='0' stop-color='red'/><stop "
                          "offset='1' stop-color='blue' stop-opacity='0'/></linearGradient>"
                          "<rect width='60' height='20' fill='url(#a)'/><rect width='60' height='20' "
                          "fill='url(#b)'/><rect y='20' width='60' height='10' fill='#abcdef'/>"),
                      900)
                 .png);
    EXPECT_TRUE(read.palette);
    EXPECT_LE(read.colours(), 256u);
    EXPECT_GT(read.colours(), 30u);
    EXPECT_EQ(read.at(450, 420), "#abcdef");
}

TEST(Picture, TakesItsSizeFromWhereItStands) {
    EXPECT_EQ(press().png(svg("", "viewBox='0 0 400 150'"), 800).height, 300);
    EXPECT_EQ(press().png(svg("", "width='10mm' height='20mm'"), 100).height, 200);
    const Seen read =
        seen(press().png(svg("<rect x='200' width='200' height='150'/>", "viewBox='0 0 400 150'"), 40).png);
    EXPECT_EQ(read.at(10, 7), "#ffffff");
    EXPECT_EQ(read.at(30, 7), "#000000");
}

TEST(Picture, LoadsNothingThatItRefersTo) {
    const ToLookAt file(blue(60, 30), ".png");
    const ToLookAt text("secret");
    const std::string nothing = press().png(svg(""), 60).png;
    for (const std::string& link :
         {file.path(), "file://" + file.path(), std::filesystem::path(file.path()).filename().string(),
          "//" + file.path(), "http://127.0.0.1:9/a.png"s, "file:///etc/passwd"s})
        for (const std::string& name : {"href"s, "xlink:href"s}) {
            EXPECT_EQ(press().png(svg("<image width='60' height='30' " + name + "='" + link + "'/>"), 60).png, nothing);
            EXPECT_EQ(press().png(svg("<use " + name + "='" + link + "#a'/>"), 60).png, nothing);
            EXPECT_EQ(press().png(svg("<style>@import url('" + link + "');</style>"), 60).png, nothing);
        }
    const std::string entity = "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file://" + text.path() + "\">]>" +
                               svg("<text y='20' font-size='14'>&x;</text>");
    try {
        EXPECT_EQ(press().png(entity, 60).png, nothing);
    } catch (const Error& error) {
        EXPECT_EQ(error.note().id, "press.bad_picture");
    }
    const std::string include =
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xi='http://www.w3.org/2001/XInclude' width='60' "
        "height='30'><text y='20'><xi:include parse='text' href='file://" +
        text.path() + "'/></text></svg>";
    EXPECT_EQ(press().png(include, 60).png, nothing);
}

TEST(Picture, WhatIsNoDrawingIsRefused) {
    for (const std::string& bad :
         {""s, "x"s, "<svg"s, "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g></svg>"s,
          "<html xmlns='http://www.w3.org/1999/xhtml'/>"s, svg("", ""), svg("", "width='0' height='0'"),
          svg("", "viewBox='0 0 0 0'"), svg("", "width='-5' height='5'"), svg("<text>\xff</text>"), blue(5, 5)})
        EXPECT_EQ(refusal([&] { press().png(bad, 60); }), "press.bad_picture") << bad;
    std::string deep = "<!DOCTYPE svg [<!ENTITY a0 \"<rect width='1' height='1'/>\">";
    for (int i = 1; i < 12; ++i) {
        deep += "<!ENTITY a" + std::to_string(i) + " \"";
        for (int n = 0; n < 10; ++n) deep += "&a" + std::to_string(i - 1) + ";";
        deep += "\">";
    }
    EXPECT_EQ(refusal([&] { press().png(deep + "]>" + svg("&a11;"), 60); }), "press.bad_picture");
}

TEST(Picture, GiantsAreRefusedBeforeTheyAreDrawn) {
    EXPECT_EQ(refusal([] { press().png(svg("", "viewBox='0 0 1 100000'"), 600); }), "press.large_picture");
    EXPECT_EQ(refusal([] { press().png(svg(""), 30000); }), "press.large_picture");
    EXPECT_EQ(refusal([] { press().png(svg(""), 0); }), "press.large_picture");
    EXPECT_EQ(refusal([] { press().png(svg("", "viewBox='0 0 1e-300 1e300'"), 60); }), "press.bad_picture");
}

// 32 by 16, the left half red, the right half blue.
std::string jpeg() {
    GdkPixbuf* picture = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, 32, 16);
    gdk_pixbuf_fill(picture, 0xff0000ff);
    GdkPixbuf* right = gdk_pixbuf_new_subpixbuf(picture, 16, 0, 16, 16);
    gdk_pixbuf_fill(right, 0x0000ffff);
    gchar* buffer = nullptr;
    gsize size = 0;
    gdk_pixbuf_save_to_buffer(picture, &buffer, &size, "jpeg", nullptr, nullptr);
    const std::string bytes(buffer, size);
    g_free(buffer);
    g_object_unref(right);
    g_object_unref(picture);
    return bytes;
}

TEST(Logo, FitsIntoItsBoxOnWhite) {
    const Picture wide = press().logo(blue(400, 100), 200, 80);
    EXPECT_EQ(wide.width, 200);
    EXPECT_EQ(wide.height, 50);
    EXPECT_EQ(seen(wide.png).at(100, 25), "#1f4e79");
    EXPECT_EQ(press().logo(blue(100, 400), 200, 80).height, 80);
    EXPECT_EQ(press().logo(blue(100, 400), 200, 80).width, 20);
    EXPECT_EQ(press().logo(blue(30, 20), 200, 80).width, 30);  // never larger than it is
    EXPECT_EQ(press().logo(blue(4000, 1), 200, 80).height, 1);
    const std::string clear = png_of(20, 10, [](int x, int) {
        return Rgba{255, 0, 0, x < 10 ? std::uint8_t{0} : std::uint8_t{255}};
    });
    const Seen read = seen(press().logo(clear, 200, 80).png);
    EXPECT_TRUE(read.palette);
    EXPECT_TRUE(read.opaque);
    EXPECT_EQ(read.at(5, 5), "#ffffff");
    EXPECT_EQ(read.at(15, 5), "#ff0000");
    EXPECT_EQ(press().logo(clear, 200, 80).png, press().logo(clear, 200, 80).png);
}

TEST(Logo, MayBeAJpeg) {
    const Picture made = press().logo(jpeg(), 16, 80);
    EXPECT_EQ(made.width, 16);
    EXPECT_EQ(made.height, 8);
    const Seen read = seen(made.png);
    EXPECT_TRUE(read.at(2, 4).starts_with("#f")) << read.at(2, 4);
    EXPECT_TRUE(read.at(13, 4).starts_with("#0")) << read.at(13, 4);
    EXPECT_EQ(press().logo(jpeg() + std::string(5, '\0'), 16, 80).png, made.png);
}

std::string with_size(std::string png, std::uint32_t width, std::uint32_t height) {
    for (int i = 0; i < 4; ++i) {
        png[static_cast<std::size_t>(16 + i)] = static_cast<char>(width >> (24 - 8 * i));
        png[static_cast<std::size_t>(20 + i)] = static_cast<char>(height >> (24 - 8 * i));
    }
    const auto sum = crc32(crc32(0, nullptr, 0), reinterpret_cast<const Bytef*>(png.data()) + 12, 17);
    for (int i = 0; i < 4; ++i) png[static_cast<std::size_t>(29 + i)] = static_cast<char>(sum >> (24 - 8 * i));
    return png;
}

TEST(Logo, WhatClaimsToBeHugeIsNotUnpacked) {
    EXPECT_EQ(press().logo(blue(4000, 2), 200, 80).width, 200);
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    EXPECT_EQ(refusal([] { press().logo(blue(4001, 2), 200, 80); }), "press.bad_logo");
    EXPECT_EQ(refusal([] { press().logo(blue(2, 4001), 200, 80); }), "press.bad_logo");
    EXPECT_EQ(refusal([] { press().logo(with_size(blue(9, 9), 30000, 30000), 200, 80); }), "press.bad_logo");
    EXPECT_EQ(refusal([] { press().logo(with_size(blue(9, 9), 0x7fffffff, 0x7fffffff), 200, 80); }), "press.bad_logo");
    std::string large = jpeg();
    const std::size_t frame = large.find("\xff\xc0\x00\x11\x08"s);
    ASSERT_NE(frame, large.npos);
    for (const std::size_t at : {frame + 5, frame + 7}) large[at] = 0x75, large[at + 1] = 0x30;
    EXPECT_EQ(refusal([&] { press().logo(large, 200, 80); }), "press.bad_logo");
    getrusage(RUSAGE_SELF, &after);
    EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 200 * 1024);  // KiB; 30000 x 30000 are 2.5 GiB
}

TEST(Logo, OnlyWholePicturesOfTheTwoKindsAreTaken) {
    const std::string png = blue(300, 200), picture = jpeg();
    for (std::size_t size = 0; size < png.size(); size += 1 + size / 7)
        EXPECT_EQ(refusal([&] { press().logo(png.substr(0, size), 90, 90); }), "press.bad_logo") << size;
    for (std::size_t size = 0; size + 2 <= picture.size(); size += 1 + size / 7)
        EXPECT_EQ(refusal([&] { press().logo(picture.substr(0, size), 90, 90); }), "press.bad_logo") << size;
    EXPECT_EQ(refusal([&] { press().logo(png + std::string(2 << 20, 'x'), 90, 90); }), "press.bad_logo");
    std::string broken = png;
    broken[broken.size() / 2] ^= 0x55;
    EXPECT_EQ(refusal([&] { press().logo(broken, 90, 90); }), "press.bad_logo");
    for (const std::string& bad : {svg(""), "GIF89a\1\0\1\0\0\0\0;"s, "BM"s, "<?xml version='1.0'?>" + svg(""),
                                   "\x89PNG\r\n\x1a\n"s, "\xff\xd8\xff\xd9"s})
        EXPECT_EQ(refusal([&] { press().logo(bad, 90, 90); }), "press.bad_logo") << bad;
}

}  // namespace
}  // namespace siyu
