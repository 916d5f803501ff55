// SPDX-License-Identifier: Apache-2.0
#include "core/base/embedded.hpp"
#include "reports/compose.hpp"
#include "reports/markup.hpp"
#include "reports/page.hpp"
#include "reports/plain.hpp"
#include "reports/template.hpp"

namespace siyu {

namespace {

constexpr int page_columns = 100;

}  // namespace

std::string text_page(const Scorecard& scorecard, Audience audience, const Catalogue& catalogue) {
    return text_page(compose(View(scorecard, audience, catalogue)), catalogue);
}

std::string text_page(const Document& document, const Catalogue& catalogue) {
    const auto one = [](const std::string& key, const std::string& text) { return Filling{.texts = {{key, text}}}; };
    Filling page;
    const auto put = [&](const char* key, const std::string& text) {
        page.texts[key] = wrapped(cleaned(text), page_columns);
    };
    put("title", document.title);
    put("comparison", document.comparison);
    put("as_of", document.as_of + "  " + document.audience);
    put("happened", document.happened);
    put("no_decision", document.no_decision);
    put("footer", document.footer);
    put("word_conclusion", catalogue("report.word.conclusion"));
    put("word_decide", catalogue("report.word.decide"));
    put("word_figures", catalogue("report.word.figures"));
    put("word_held", catalogue("report.word.held"));
    page.texts["rule"] = std::string(page_columns, '=');
    page.flags = {{"held", document.held}, {"to_decide", !document.decisions.empty()}};
    for (const std::string& mark : document.marks)
        page.lists["marks"].push_back(one("mark", wrapped(cleaned("!! " + mark), page_columns, 3) + "\n\n"));
    for (const std::string& decision : document.decisions)
        page.lists["decisions"].push_back(one("decision", wrapped(cleaned("- " + decision), page_columns, 2)));
    for (const Tile& tile : document.tiles)
        page.lists["tiles"].push_back(one("tile", plain(tile, page_columns, catalogue)));
    for (const PagePart& part : document.parts) {
        Filling filling = one("heading", cleaned(part.title));
        filling.texts["underline"] = std::string(static_cast<std::size_t>(columns_of(cleaned(part.title))), '-');
        for (const Block& block : part.blocks)
            filling.lists["blocks"].push_back(one("block", plain(block, page_columns)));
        page.lists["parts"].push_back(std::move(filling));
    }
    return render("reports/templates/page.txt.mustache", embedded_file("reports/templates/page.txt.mustache"), page,
                  Escape::off);
}

}  // namespace siyu
