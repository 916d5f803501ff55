// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/base/embedded.hpp"
#include "reports/mail_forms.hpp"
#include "reports/markup.hpp"
#include "reports/template.hpp"

namespace siyu {

namespace {

constexpr int alt_characters = 150;

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Long words may be broken after every few characters, so that none is wider than a phone.
std::string breakable(const std::string& text, int most) {
    std::string out;
    int run = 0;
    for (const char c : text) {
        const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        if (begins && c != ' ' && ++run > most && static_cast<unsigned char>(c) < 0x80) {
            out += "\u200B";
            run = 1;
        }
        if (c == ' ' || static_cast<unsigned char>(c) >= 0xE0) run = 0;  // Chinese breaks anywhere
        out += c;
    }
    return out;
}

// A chart in words, not too long for the place of a picture: as many of its clauses as there is room for, since a
// figure that is cut is another figure.
std::string alt_of(const Chart& chart) {
    const std::string whole = cleaned(chart.title + "  " + chart.summary);
    if (characters(whole) <= alt_characters) return whole;
    std::string alt;
    for (std::size_t end = 0;;) {
        std::size_t next = std::string::npos, length = 0;
        for (const std::string_view mark : {"；", "，", "。", "; ", ", ", ". "})
            if (const std::size_t at = whole.find(mark, end); at < next) next = at, length = mark.size();
        if (next == std::string::npos || characters(whole.substr(0, next)) >= alt_characters) break;
        alt = whole.substr(0, next);
        end = next + length;
    }
    if (!alt.empty()) return alt + "…";
    alt = whole;
    for (int columns = 2 * alt_characters; characters(alt) > alt_characters; columns -= 10)
        alt = shortened(whole, columns);
    return alt;
}

// A key that is missing in an inner item would be looked up in the outer one, so every item gets all of its keys.
class Layout {
  public:
    Layout(const MailContents& contents, const Catalogue& say) : contents_(contents), told_(contents.told), say_(say) {}

    std::string html() {
        Filling page;
        page.texts = {
            {"language", told_.language},
            {"subject", contents_.subject},
            {"preheader", told_.preheader.empty() && !told_.decisions.empty() ? told_.decisions[0] : told_.preheader},
            {"brand", breakable(told_.brand, 20)},
            {"kind", told_.kind},
            {"audience", told_.audience},
            {"period", told_.period},
            {"comparison", told_.comparison},
            {"happened", breakable(told_.happened, 30)},
            {"no_decision", breakable(told_.no_decision, 30)},
            {"page_url", contents_.page_url},
            {"word_decide", say_("report.word.decide")},
            {"word_change", say_("report.word.change")},
            {"word_attained", say_("report.word.attained")},
            {"word_page", say_("mail.page")},
            {"word_shortened", contents_.more},
            {"ink", contents_.colours.ink},
            {"soft", contents_.colours.soft},
            {"wash", contents_.colours.wash},
            {"track", contents_.colours.track},
            {"notice", contents_.colours.notice},
            {"excess", contents_.colours.excess},
            {"main", contents_.colours.main},
            {"brand_colour", contents_.colours.brand},
            {"on_brand", contents_.colours.on_brand}};
        page.flags = {{"for_agency", told_.for_agency && !told_.audience.empty()},
                      {"has_period", !told_.period.empty()},
                      {"has_tiles", !told_.tiles.empty()},
                      {"has_decisions", has_decisions()},
                      {"to_decide", !told_.decisions.empty()},
                      {"has_page", !contents_.page_url.empty()},
                      {"has_logo", contents_.logo.has_value()},
                      {"shortened", !contents_.more.empty()}};
        if (contents_.logo) {
            page.texts["logo"] = contents_.logo->content_id;
            page.texts["logo_width"] = std::to_string(contents_.logo->width);
            page.texts["logo_height"] = std::to_string(contents_.logo->height);
        }
        const auto list = [&](const char* name, const char* key, const std::vector<std::string>& all) {
            for (const std::string& one : all) page.lists[name].push_back({.texts = {{key, breakable(one, 30)}}});
        };
        list("marks", "mark", told_.marks);
        list("decisions", "decision", told_.decisions);
        for (std::size_t i = 0; i < told_.tiles.size(); i += 2) {
            Filling row;
            for (std::size_t j = i; j < i + 2; ++j)
                row.lists["tiles"].push_back(j < told_.tiles.size() ? tile(told_.tiles[j]) : no_tile());
            page.lists["tile_rows"].push_back(std::move(row));
        }
        for (const PagePart& part : told_.parts) {
            Filling filling;
            filling.texts = {{"heading", breakable(part.title, 20)}};
            for (const Block& block : part.blocks)
                std::visit([&](const auto& what) { add(what, filling.lists["blocks"]); }, block);
            page.lists["parts"].push_back(std::move(filling));
        }
        for (const MailContents::FootLine& line : contents_.foot)
            page.lists["lines"].push_back(
                {.texts = {{"text", breakable(line.text, 30)}, {"label", breakable(line.label, 40)}, {"url", line.url}},
                 .flags = {{"has_link", !line.url.empty()}}});
        return without_tags(render("reports/templates/mail.html.mustache",
                                   embedded_file("reports/templates/mail.html.mustache"), page, Escape::html));
    }

  private:
    bool has_decisions() const { return !told_.decisions.empty() || !told_.no_decision.empty(); }

    static Filling no_tile() { return {.flags = {{"filled", false}}}; }

    Filling tile(const Tile& tile) const {
        // What is wider than its half of a phone gets smaller letters.
        const int wide = columns_of(tile.value);
        return {.texts = {{"name", breakable(tile.title, 14)},
                          {"value", tile.value},
                          {"size", wide <= 9    ? "24"
                                   : wide <= 12 ? "19"
                                                : "15"},
                          {"change", tile.change.text},
                          {"change_colour", contents_.colours.of(tile.change.tone)},
                          {"before", tile.before},
                          {"attainment", tile.attainment.text},
                          {"attainment_colour", contents_.colours.of(tile.attainment.tone)},
                          {"note", tile.attainment.note},
                          {"line", tile.line.text},
                          {"line_colour", contents_.colours.of(tile.line.tone)}},
                .flags = {{"filled", true},
                          {"forecast", tile.forecast},
                          {"has_note", !tile.attainment.note.empty()},
                          {"rated", tile.line.chip}}};
    }

    static Filling block(const char* kind) {
        Filling filling;
        for (const char* known : {"is_sentence", "is_chart", "is_table"})
            filling.flags[known] = std::string_view(known) == kind;
        return filling;
    }
    void add(const Paragraph& paragraph, std::vector<Filling>& blocks) {
        Filling& filling = blocks.emplace_back(block("is_sentence"));
        filling.texts = {{"text", breakable(paragraph.text, 30)}, {"colour", contents_.colours.of(paragraph.tone)}};
    }
    void add(const Chart& chart, std::vector<Filling>& blocks) {
        Filling& filling = blocks.emplace_back(block("is_chart"));
        const std::size_t number = next_picture_++;
        filling.texts = {{"text", chart.title},
                         {"alt", alt_of(chart)},
                         {"cid", contents_.charts.at(number).content_id},
                         {"height", std::to_string(contents_.charts.at(number).height)}};
    }
    void add(const Terms& terms, std::vector<Filling>& blocks) {
        for (const auto& term : terms.terms)
            add(Paragraph{say_("report.term", {{"name", term.name}, {"meaning", term.meaning}}) + " " + term.source},
                blocks);
    }
    void add(const Markup&, std::vector<Filling>&) {}  // digest made others of them
    void add(const PageTable& table, std::vector<Filling>& blocks) {
        Filling& filling = blocks.emplace_back(block("is_table"));
        filling.texts = {{"caption", breakable(table.caption, 30)},
                         {"left_out", table.left_out},
                         {"size", table.columns.size() > 4 ? "12" : "13"},
                         {"span", std::to_string(table.columns.size())}};
        filling.flags["cut"] = !table.left_out.empty();
        // The more columns, the shorter is what cannot be broken; names get their share of the room.
        const int most = table.columns.size() > 4 ? 9 : table.columns.size() > 3 ? 12 : 20;
        for (const auto& column : table.columns)
            filling.lists["columns"].push_back(
                {.texts = {
                     {"title", breakable(column.title, most)},
                     {"tag", column.title.empty() ? "td" : R"(th scope="col")"},
                     {"end", column.title.empty() ? "td" : "th"},
                     {"align", align(column)},
                     {"width", &column == &table.columns[0] && table.columns.size() > 2 ? " width=\"26%\"" : ""}}});
        bool shaded = true;
        for (const auto& row : table.rows) {
            Filling line;
            line.texts = {{"band", row.band}};
            line.flags = {{"banded", !row.band.empty()}, {"shaded", shaded = !shaded}};
            for (std::size_t i = 0; i < row.cells.size(); ++i)
                line.lists["cells"].push_back(cell(row.cells[i], table.columns.at(i), i == 0, row.total, most));
            filling.lists["rows"].push_back(std::move(line));
        }
    }

    static std::string align(const PageTable::Column& column) { return column.number ? "right" : "left"; }

    Filling cell(const PageCell& cell, const PageTable::Column& column, bool head, bool total, int most) const {
        return {.texts = {{"text", breakable(cell.text, most)},
                          {"note", breakable(cell.note, most)},
                          {"align", align(column)},
                          {"tag", head ? R"(th scope="row" style="font-weight:normal")" : "td"},
                          {"end", head ? "th" : "td"},
                          {"colour", contents_.colours.of(cell.tone)}},
                .flags = {{"coloured", cell.tone != Tone::plain},
                          {"strong", cell.chip || total},
                          {"chip", cell.chip && columns_of(cell.text) <= 8},
                          {"has_note", !cell.note.empty()}}};
    }

    const MailContents& contents_;
    const Document& told_;
    const Catalogue& say_;
    std::size_t next_picture_ = 0;
};

}  // namespace

std::string mail_html(const MailContents& contents, const Catalogue& say) { return Layout(contents, say).html(); }

}  // namespace siyu
