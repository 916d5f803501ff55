// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/catalogue.hpp"
#include "reports/document.hpp"
#include "reports/palette.hpp"

namespace siyu {

// What a mail says, ready to be written in either form.
struct MailContents {
    struct Image {
        std::string content_id;
        int width = 0, height = 0;  // as they are shown
    };
    struct FootLine {
        std::string text, label = {}, url = {};  // the label is the link, at the end
    };

    Document told;  // no more than fits (digest.hpp)
    std::string subject;
    std::string page_url;  // of the button; empty: none
    std::string more;      // said where parts had to be left out
    Palette colours;
    std::optional<Image> logo;
    std::vector<Image> charts;  // of the document, in order
    std::vector<FootLine> foot;
};

std::string mail_html(const MailContents& contents, const Catalogue& say);
std::string mail_text(const MailContents& contents, const Catalogue& say);

// Nothing of a text may look like a template's tag that was forgotten.
std::string without_tags(std::string text);

}  // namespace siyu
