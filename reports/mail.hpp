// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/catalogue.hpp"
#include "reports/document.hpp"
#include "reports/press.hpp"

namespace siyu {

// How a brand's mails look and where their links go. Links are https; an empty one is left out.
struct Stationery {
    std::string colour = "#1f4e79";  // six hexadecimal digits
    bool red_is_good = false;        // as on Chinese stock markets
    std::optional<Picture> logo;
    std::string picture_domain = "siyu.example";  // of content ids
    std::string page_url;                         // the whole report on the web: the one button
    std::string answer_url;                       // to confirm or dispute a figure
    std::string unsubscribe_url;
    std::string reader;                 // name of who gets it; may be empty
    std::string contact;                // the agency's address for questions
    std::vector<std::string> attached;  // names of the files that go with it
};

// A report as a mail's contents: what it says in HTML and in text is the same.
struct Mail {
    std::string subject;  // 【品牌】每周经营简报 11月10日-16日：GMV ▲ +12.3% vs 上周
    std::string html, text;
    std::vector<Letter::Part> pictures;
};
Mail mail_of(const Document& document, const Stationery& stationery, const Catalogue& say, const Press& press);

// The same as a workbook with a sheet for each table, and as pages to print. `made_at` is told as their creation.
Workbook workbook_of(const Document& document, std::int64_t made_at, const Catalogue& say);
Print print_of(const Document& document, const Stationery& stationery, std::int64_t made_at, const Catalogue& say);

// `曙光护肤-每周经营简报-2026-11-10至2026-11-16.xlsx`: fit for every system, at most 120 bytes.
std::string attachment_name(const Document& document, std::string_view ending);

}  // namespace siyu
