// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "core/delivery/letters.hpp"
#include "reports/markup.hpp"

namespace siyu {

namespace {

constexpr std::size_t longest = 4096;  // bytes of a robot's markdown

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

}  // namespace

std::string group_markdown(const Document& document, const std::string& url, const Catalogue& say) {
    std::vector<std::string> lines{"**" + plain(document.brand + "｜" + document.kind) + "**", plain(document.period)};
    for (const std::string& mark : document.marks) lines.push_back(coloured(mark, Tone::bad));
    lines.push_back(plain(document.happened));
    for (const Tile& tile : document.tiles)
        lines.push_back("> " + plain(tile.title) + "：**" + plain(tile.value) + "** " +
                        coloured(tile.change.text, tile.change.tone));
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
