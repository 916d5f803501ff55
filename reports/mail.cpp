// SPDX-License-Identifier: Apache-2.0
#include "reports/mail.hpp"

#include <algorithm>

#include "core/base/embedded.hpp"
#include "reports/digest.hpp"
#include "reports/markup.hpp"
#include "reports/palette.hpp"
#include "reports/plain.hpp"
#include "reports/svg.hpp"
#include "reports/template.hpp"

namespace siyu {

namespace {

constexpr int subject_columns = 2 * 40, alt_characters = 150, text_columns = 76;
constexpr int picture_width = 552, picture_scale = 2;  // on the screen; drawn finer
// Mail programs cut off what is larger than about 100 KiB, and some of them add to it.
constexpr std::size_t aim_bytes = 60 * 1024, most_bytes = 78 * 1024;

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

// Nothing of a text may look like a tag that was forgotten.
std::string without_tags(std::string text) {
    for (std::size_t at = 0; (at = text.find("{{", at)) != std::string::npos; ++at) text.insert(at + 1, " ");
    return text;
}

bool is_link(const std::string& url) {
    return url.starts_with("https://") && url.find_first_of(" \t\r\n\"'<>{}") == std::string::npos;
}

bool is_address(const std::string& text) {
    constexpr auto plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_+@";
    return std::count(text.begin(), text.end(), '@') == 1 && text.find_first_not_of(plain) == std::string::npos;
}

// A chart in words, in a sentence that is not too long for the place of a picture.
std::string alt_of(const Chart& chart) {
    const std::string whole = cleaned(chart.title + "  " + chart.summary);
    std::string alt = whole;
    for (int columns = 2 * alt_characters; characters(alt) > alt_characters; columns -= 10)
        alt = shortened(whole, columns);
    return alt;
}

// A line at the foot of a mail, with a link at its end.
struct FootLine {
    std::string text, label, url;
};

// A mail in the making: what it says, in both forms.
class Writing {
  public:
    Writing(const Document& document, const Stationery& stationery, const Catalogue& say)
        : document_(document),
          stationery_(stationery),
          say_(say),
          colours_(palette(stationery.colour, stationery.red_is_good)) {
        marks_ = document.marks;
        if (document.held) marks_.insert(marks_.begin(), say("report.word.held"));
        subject_ = shortened(cleaned(document.subject), subject_columns);
        where_ = say(!stationery.attached.empty()   ? "mail.where.attached"
                     : is_link(stationery.page_url) ? "mail.where.page"
                                                    : "report.where.ask");
    }

    Mail mail(const Press& press) {
        Mail mail{.subject = without_tags(subject_), .html = {}, .text = {}, .pictures = {}};
        Document told;
        for (const std::size_t rows : {20, 12, 8, 5, 3}) {
            told = digest(document_, rows, where_, say_);
            if (pictures_.empty()) draw(told, press);
            mail.html = html(told);
            if (mail.html.size() <= aim_bytes) break;
        }
        while (mail.html.size() > most_bytes && !told.parts.empty()) {
            told.parts.pop_back();
            shortened_ = true;
            mail.html = html(told);
        }
        mail.text = text(told);
        for (Letter::Part& part : pictures_)
            if (mail.html.find("\"cid:" + part.content_id + "\"") != std::string::npos)
                mail.pictures.push_back(std::move(part));
        return mail;
    }

  private:
    void draw(const Document& told, const Press& press) {
        if (stationery_.logo) add_picture("logo", stationery_.logo->png);
        int number = 0;
        for (const PagePart& part : told.parts)
            for (const Block& block : part.blocks)
                if (const auto* chart = std::get_if<Chart>(&block)) {
                    Picture drawn = press.png(picture(*chart, colours_), picture_width * picture_scale);
                    heights_.push_back(drawn.height * picture_width / std::max(drawn.width, 1));
                    add_picture("chart-" + std::to_string(++number), std::move(drawn.png));
                }
    }

    std::string content_id(const std::string& name) const {
        return name + "." + (document_.last.empty() ? "siyu" : document_.last) + "@" + stationery_.picture_domain;
    }
    void add_picture(const std::string& name, std::string png) {
        pictures_.push_back({name + ".png", "image/png", std::move(png), content_id(name)});
    }

    std::vector<FootLine> foot() const {
        std::vector<FootLine> lines;
        const auto say = [&](const char* id) { return say_(id); };
        if (is_link(stationery_.page_url) && !document_.figures.empty())
            lines.push_back(
                {say("mail.definitions"), say("mail.definitions_link"),
                 stationery_.page_url + (stationery_.page_url.find('#') == std::string::npos ? "#definitions" : "")});
        if (is_link(stationery_.answer_url))
            lines.push_back({say("mail.answer"), say("mail.answer_link"), stationery_.answer_url});
        if (!stationery_.attached.empty()) {
            std::string names;
            for (const std::string& name : stationery_.attached)
                names += (names.empty() ? "" : say("report.comma")) + name;
            lines.push_back({say_("mail.attached", {{"names", names}}), "", ""});
        }
        for (const std::string& line : {document_.as_of, document_.footer})
            if (!line.empty()) lines.push_back({line, "", ""});
        lines.push_back({say_(stationery_.reader.empty() ? "mail.why" : "mail.why_reader",
                              {{"reader", stationery_.reader}, {"brand", document_.brand}, {"kind", document_.kind}}),
                         "", ""});
        if (is_address(stationery_.contact))
            lines.push_back({say("mail.contact"), stationery_.contact, "mailto:" + stationery_.contact});
        else if (!stationery_.contact.empty())
            lines.push_back({say("mail.contact") + stationery_.contact, "", ""});
        if (is_link(stationery_.unsubscribe_url))
            lines.push_back({say("mail.unsubscribe"), say("mail.unsubscribe_link"), stationery_.unsubscribe_url});
        return lines;
    }

    bool has_decisions() const { return !document_.decisions.empty() || !document_.no_decision.empty(); }

    // HTML. A key that is missing in an inner item would be looked up in the outer one, so every item gets all of its
    // keys.
    std::string html(const Document& told) {
        next_picture_ = 0;
        Filling page;
        page.texts = {{"language", document_.language},
                      {"subject", subject_},
                      {"preheader", document_.preheader.empty() && !document_.decisions.empty() ? document_.decisions[0]
                                                                                                : document_.preheader},
                      {"brand", breakable(document_.brand, 20)},
                      {"kind", document_.kind},
                      {"audience", document_.audience},
                      {"period", document_.period},
                      {"comparison", document_.comparison},
                      {"happened", breakable(document_.happened, 30)},
                      {"no_decision", document_.no_decision},
                      {"page_url", stationery_.page_url},
                      {"word_decide", say_("report.word.decide")},
                      {"word_change", say_("report.word.change")},
                      {"word_attained", say_("report.word.attained")},
                      {"word_page", say_("mail.page")},
                      {"word_shortened", say_("mail.shortened", {{"where", where_}})},
                      {"ink", colours_.ink},
                      {"soft", colours_.soft},
                      {"wash", colours_.wash},
                      {"track", colours_.track},
                      {"notice", colours_.notice},
                      {"excess", colours_.excess},
                      {"main", colours_.main},
                      {"brand_colour", colours_.brand},
                      {"on_brand", colours_.on_brand}};
        page.flags = {{"for_agency", document_.for_agency && !document_.audience.empty()},
                      {"has_period", !document_.period.empty()},
                      {"has_tiles", !document_.tiles.empty()},
                      {"has_decisions", has_decisions()},
                      {"to_decide", !document_.decisions.empty()},
                      {"has_page", is_link(stationery_.page_url)},
                      {"has_logo", stationery_.logo.has_value()},
                      {"shortened", shortened_}};
        if (stationery_.logo) {
            page.texts["logo"] = content_id("logo");
            page.texts["logo_width"] = std::to_string(stationery_.logo->width);
            page.texts["logo_height"] = std::to_string(stationery_.logo->height);
        }
        const auto list = [&](const char* name, const char* key, const std::vector<std::string>& all) {
            for (const std::string& one : all) page.lists[name].push_back({.texts = {{key, breakable(one, 30)}}});
        };
        list("marks", "mark", marks_);
        list("decisions", "decision", document_.decisions);
        for (std::size_t i = 0; i < told.tiles.size(); i += 2) {
            Filling row;
            for (std::size_t j = i; j < i + 2; ++j)
                row.lists["tiles"].push_back(j < told.tiles.size() ? tile(told.tiles[j]) : no_tile());
            page.lists["tile_rows"].push_back(std::move(row));
        }
        for (const PagePart& part : told.parts) {
            Filling filling;
            filling.texts = {{"heading", part.title}};
            for (const Block& block : part.blocks)
                std::visit([&](const auto& what) { add(what, filling.lists["blocks"]); }, block);
            page.lists["parts"].push_back(std::move(filling));
        }
        for (const FootLine& line : foot())
            page.lists["lines"].push_back(
                {.texts = {{"text", breakable(line.text, 30)}, {"label", breakable(line.label, 40)}, {"url", line.url}},
                 .flags = {{"has_link", !line.url.empty()}}});
        return without_tags(
            render("mail.html", embedded_file("reports/templates/mail.html.mustache"), page, Escape::html));
    }

    static Filling no_tile() { return {.flags = {{"filled", false}}}; }

    Filling tile(const Tile& tile) const {
        // What is wider than its half of a phone gets smaller letters.
        const int wide = columns_of(tile.value);
        return {.texts = {{"name", tile.title},
                          {"value", tile.value},
                          {"size", wide <= 9    ? "24"
                                   : wide <= 12 ? "19"
                                                : "15"},
                          {"change", tile.change.text},
                          {"change_colour", colours_.of(tile.change.tone)},
                          {"before", tile.before},
                          {"attainment", tile.attainment.text},
                          {"attainment_colour", colours_.of(tile.attainment.tone)},
                          {"note", tile.attainment.note},
                          {"line", tile.line.text},
                          {"line_colour", colours_.of(tile.line.tone)}},
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
        filling.texts = {{"text", breakable(paragraph.text, 30)}, {"colour", colours_.of(paragraph.tone)}};
    }
    void add(const Chart& chart, std::vector<Filling>& blocks) {
        Filling& filling = blocks.emplace_back(block("is_chart"));
        const std::size_t number = next_picture_++;
        filling.texts = {{"text", chart.title},
                         {"alt", alt_of(chart)},
                         {"cid", content_id("chart-" + std::to_string(number + 1))},
                         {"height", std::to_string(heights_.at(number))}};
    }
    void add(const Terms& terms, std::vector<Filling>& blocks) {
        for (const auto& term : terms.terms)
            add(Paragraph{say_("report.term", {{"name", term.name}, {"meaning", term.meaning}}) + " " + term.source},
                blocks);
    }
    // Of what a plugin's template made only the words: mail programs take fewer tags than pages.
    void add(const Markup& markup, std::vector<Filling>& blocks) {
        for (std::size_t begin = 0; begin < markup.text.size();) {
            const std::size_t end = std::min(markup.text.find('\n', begin), markup.text.size());
            add(Paragraph{markup.text.substr(begin, end - begin)}, blocks);
            begin = end + 1;
        }
    }
    void add(const PageTable& table, std::vector<Filling>& blocks) {
        Filling& filling = blocks.emplace_back(block("is_table"));
        filling.texts = {
            {"caption", table.caption}, {"left_out", table.left_out}, {"span", std::to_string(table.columns.size())}};
        filling.flags["cut"] = !table.left_out.empty();
        // The more columns, the shorter is what cannot be broken; names get their share of the room.
        const int most = table.columns.size() > 4 ? 9 : table.columns.size() > 3 ? 12 : 20;
        for (const auto& column : table.columns)
            filling.lists["columns"].push_back(
                {.texts = {
                     {"title", breakable(column.title, most)},
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
                          {"colour", colours_.of(cell.tone)}},
                .flags = {{"coloured", cell.tone != Tone::plain},
                          {"strong", cell.chip || total},
                          {"chip", cell.chip && columns_of(cell.text) <= 8},
                          {"has_note", !cell.note.empty()}}};
    }

    // The same in words.
    std::string text(const Document& told) const {
        const auto wrap = [](const std::string& words, int indent = 0) {
            return wrapped(cleaned(words), text_columns, indent);
        };
        Filling page;
        page.texts = {{"subject", wrap(subject_)},
                      {"happened", wrap(document_.happened)},
                      {"rule", std::string(text_columns, '=')},
                      {"word_figures", say_("report.word.figures")},
                      {"word_decide", say_("report.word.decide")}};
        page.flags = {{"has_tiles", !document_.tiles.empty()}, {"has_decisions", has_decisions()}};
        const auto add = [&](const char* list, const char* key, std::string words) {
            page.lists[list].push_back({.texts = {{key, std::move(words)}}});
        };
        for (const std::string& line : {document_.brand, document_.kind, document_.period, document_.comparison,
                                        document_.for_agency ? document_.audience : ""})
            if (!line.empty()) add("head", "line", wrap(line));
        for (const std::string& mark : marks_) add("marks", "mark", wrap("!! " + mark, 3) + "\n\n");
        for (const Tile& tile : told.tiles) add("tiles", "tile", plain(tile, text_columns, say_));
        for (const std::string& decision : document_.decisions) add("decisions", "decision", wrap("- " + decision, 2));
        if (document_.decisions.empty()) add("decisions", "decision", wrap(document_.no_decision));
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
        if (shortened_) add("lines", "line", wrap(say_("mail.shortened", {{"where", where_}})));
        if (is_link(stationery_.page_url)) add("lines", "line", say_("mail.page") + "\n" + stationery_.page_url);
        for (const FootLine& line : foot()) {
            std::string words = wrap(line.text);
            if (!line.url.empty()) words += "\n" + (line.url.starts_with("mailto:") ? line.label : line.url);
            add("lines", "line", words);
        }
        return without_tags(
            render("mail.txt", embedded_file("reports/templates/mail.txt.mustache"), page, Escape::off));
    }

    const Document& document_;
    const Stationery& stationery_;
    const Catalogue& say_;
    const Palette colours_;
    std::vector<std::string> marks_;
    std::string subject_, where_;
    std::vector<Letter::Part> pictures_;
    std::vector<int> heights_;  // of the charts, as they are shown
    std::size_t next_picture_ = 0;
    bool shortened_ = false;
};

}  // namespace

Mail mail_of(const Document& document, const Stationery& stationery, const Catalogue& say, const Press& press) {
    return Writing(document, stationery, say).mail(press);
}

}  // namespace siyu
