// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/base/embedded.hpp"
#include "reports/mail_forms.hpp"
#include "reports/markup.hpp"
#include "reports/plain.hpp"
#include "reports/template.hpp"

namespace siyu {

namespace {

constexpr int text_columns = 76;

}  // namespace

std::string mail_text(const MailContents& contents, const Catalogue& say) {
    const Document& told = contents.told;

    const auto wrap = [](const std::string& words, int indent = 0) {
        return wrapped(cleaned(words), text_columns, indent);
    };
    Filling page;
    page.texts = {{"subject", wrap(contents.subject)},
                  {"happened", wrap(told.happened)},
                  {"rule", std::string(text_columns, '=')},
                  {"word_figures", say("report.word.figures")},
                  {"word_decide", say("report.word.decide")}};
    page.flags = {{"has_tiles", !told.tiles.empty()},
                  {"has_decisions", !told.decisions.empty() || !told.no_decision.empty()}};
    const auto add = [&](const char* list, const char* key, std::string words) {
        page.lists[list].push_back({.texts = {{key, std::move(words)}}});
    };
    for (const std::string& line :
         {told.brand, told.kind, told.period, told.comparison, told.for_agency ? told.audience : ""})
        if (!line.empty()) add("head", "line", wrap(line));
    for (const std::string& mark : told.marks) add("marks", "mark", wrap("!! " + mark, 3) + "\n\n");
    for (const Tile& tile : told.tiles) add("tiles", "tile", plain(tile, text_columns, say));
    for (const std::string& decision : told.decisions) add("decisions", "decision", wrap("- " + decision, 2));
    if (told.decisions.empty()) add("decisions", "decision", wrap(told.no_decision));
    for (const PagePart& part : told.parts) {
        Filling filling;
        filling.texts = {
            {"heading", wrap(part.title)},
            {"underline",
             std::string(static_cast<std::size_t>(std::min(columns_of(cleaned(part.title)), text_columns)), '-')}};
        for (const Block& block : part.blocks)
            filling.lists["blocks"].push_back({.texts = {{"block", plain(block, text_columns)}}});
        page.lists["parts"].push_back(std::move(filling));
    }
    if (!contents.more.empty()) add("lines", "line", wrap(contents.more));
    if (!contents.page_url.empty()) add("lines", "line", say("mail.page") + "\n" + contents.page_url);
    for (const MailContents::FootLine& line : contents.foot) {
        std::string words = wrap(line.text);
        if (!line.url.empty()) words += "\n" + (line.url.starts_with("mailto:") ? line.label : line.url);
        add("lines", "line", words);
    }
    std::string text = without_tags(render("reports/templates/mail.txt.mustache",
                                           embedded_file("reports/templates/mail.txt.mustache"), page, Escape::off));
    // What says nothing leaves no hole.
    for (std::size_t at = 0; (at = text.find("\n\n\n", at)) != std::string::npos;) text.erase(at, 1);
    return text;
}

std::string without_tags(std::string text) {
    for (std::size_t at = 0; (at = text.find("{{", at)) != std::string::npos; ++at) text.insert(at + 1, " ");
    return text;
}

}  // namespace siyu
