// SPDX-License-Identifier: Apache-2.0
#include "reports/press.hpp"

#include <gmime/gmime.h>

#include "core/press/logo.hpp"
#include "core/press/message.hpp"
#include "core/press/picture.hpp"
#include "core/press/print.hpp"
#include "core/press/workbook.hpp"

namespace siyu {

namespace {

class LibraryPress final : public Press {
  public:
    LibraryPress() { g_mime_init(); }
    Picture png(std::string_view svg, int width) const override { return draw_picture(svg, width); }
    Picture logo(std::string_view bytes, int width, int height) const override {
        return fit_logo(bytes, width, height);
    }
    std::string xlsx(const Workbook& workbook) const override { return write_workbook(workbook); }
    std::string pdf(const Print& pages) const override { return print(pages); }
    std::string message(const Letter& letter) const override { return write_message(letter); }
};

const Press& the_press() {
    static const LibraryPress press;
    return press;
}

}  // namespace

}  // namespace siyu

extern "C" [[gnu::visibility("default")]] const siyu::PressModule siyu_press;
const siyu::PressModule siyu_press{SIYU_VERSION, siyu::the_press};
