// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "core/delivery/letters.hpp"
#include "reports/markup.hpp"

namespace siyu {

namespace {

constexpr std::size_t longest = 4096;  // bytes of a robot's markdown
constexpr std::size_t rows_told = 8;   // of a table; the page has them all

// Of the markdown that WeCom knows nothing of a figure may be taken for a mark.
std::string plain(const std::string& text) {
    std::string out;
    for (const char c : cleaned(text)) {
        if (c == '<') {
            out += "＜";
        } else if (c == '>') {
            out += "＞";
        } else if (c == '*' || c == '`' || c == '[' || c == ']' || c == '#') {
            out += ' ';
        } else {
            out += c;
        }
    }
    return out;
}

std::string coloured(const std::string& text, Tone tone) {
    const char* colour = tone == Tone::good ? "info" : tone == Tone::bad ? "warning" : "comment";
    return std::string("<font color=\"") + colour + "\">" + plain(text) + "</font>";
}

// A part that people added: a correction, a comment, next steps. Of a table each row with the names of its columns.
void tell(const PagePart& part, std::vector<std::string>& lines) {
    lines.push_back("**" + plain(part.title) + "**");
    for (const Block& block : part.blocks) {
        if (const auto* paragraph = std::get_if<Paragraph>(&block)) lines.push_back(plain(paragraph->text));
        const auto* table = std::get_if<PageTable>(&block);
        if (!table) continue;
        for (std::size_t row = 0; row < table->rows.size(); ++row) {
            if (row == rows_told) {
                lines.emplace_back("- …");
                break;
            }
            const auto& cells = table->rows[row].cells;
            std::string line = "- " + plain(cells.at(0).text);
            for (std::size_t i = 1; i < cells.size(); ++i)
                line += (i == 1 ? "｜" : "，") + plain(table->columns[i].title + " " + cells[i].text);
            lines.push_back(line);
        }
    }
}

}  // namespace

std::string group_markdown(const Document& document, const std::string& url, const Catalogue& say) {
    std::vector<std::string> lines{"**" + plain(document.brand + "｜" + document.kind) + "**", plain(document.period)};
    for (const std::string& mark : document.marks) lines.push_back(coloured(mark, Tone::bad));
    lines.push_back(plain(document.happened));
    for (const Tile& tile : document.tiles)
        lines.push_back("> " + plain(tile.title) + "：**" + plain(tile.value) + "** " +
                        coloured(tile.change.text, tile.change.tone));
    for (const PagePart& part : document.parts)
        if (part.id == "corrections" || part.id == "comment" || part.id == "steps") tell(part, lines);
    for (const std::string& decision : document.decisions) lines.push_back("- " + plain(decision));
    const std::string end = "\n" + plain(document.as_of) + "\n[" + say("delivery.group.whole") + "](" + url + ")";
    const std::string cut = "\n" + say("delivery.group.cut");
    std::string text;
    for (const std::string& line : lines) {
        if (text.size() + line.size() + cut.size() + end.size() + 1 > longest) {
            text += cut;
            break;
        }
        text += (text.empty() ? "" : "\n") + line;
    }
    return text + end;
}

Written Letters::group(const Tenant&, const Publication& publication, const Document& document,
                       const Recipient& to) const {
    const std::string text =
        group_markdown(document, page_url(publication, to, publication.due_at), catalogue(to.language));
    const nlohmann::ordered_json message = {{"msgtype", "markdown"}, {"markdown", {{"content", text}}}};
    return {message.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace), {}, document.subject};
}

}  // namespace siyu
