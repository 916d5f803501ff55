// SPDX-License-Identifier: Apache-2.0
#include "reports/mail.hpp"

#include <algorithm>

#include "reports/digest.hpp"
#include "reports/mail_forms.hpp"
#include "reports/markup.hpp"
#include "reports/svg.hpp"

namespace siyu {

namespace {

constexpr int subject_columns = 2 * 40;
constexpr int picture_width = 552, picture_scale = 2;  // on the screen; drawn finer
// Mail programs cut off what is larger than about 100 KiB, and some of them add to it.
constexpr std::size_t aim_bytes = 60 * 1024, most_bytes = 78 * 1024;

bool is_link(const std::string& url) {
    return url.starts_with("https://") && url.find_first_of(" \t\r\n\"'<>{}") == std::string::npos;
}

bool is_address(const std::string& text) {
    constexpr auto plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_+@";
    return std::count(text.begin(), text.end(), '@') == 1 && text.find_first_not_of(plain) == std::string::npos;
}

std::vector<MailContents::FootLine> foot_of(const Document& document, const Stationery& stationery,
                                            const Catalogue& catalogue) {
    std::vector<MailContents::FootLine> lines;
    const auto say = [&](const char* id) { return catalogue(id); };
    if (is_link(stationery.page_url) && !document.figures.empty())
        lines.push_back(
            {say("mail.definitions"), say("mail.definitions_link"),
             stationery.page_url + (stationery.page_url.find('#') == std::string::npos ? "#definitions" : "")});
    if (is_link(stationery.answer_url))
        lines.push_back({say("mail.answer"), say("mail.answer_link"), stationery.answer_url});
    if (!stationery.attached.empty()) {
        std::string names;
        for (const std::string& name : stationery.attached) names += (names.empty() ? "" : say("report.comma")) + name;
        lines.push_back({catalogue("mail.attached", {{"names", names}}), "", ""});
    }
    for (const std::string& line : {document.as_of, document.footer})
        if (!line.empty()) lines.push_back({line, "", ""});
    lines.push_back({catalogue(stationery.reader.empty() ? "mail.why" : "mail.why_reader",
                               {{"reader", stationery.reader}, {"brand", document.brand}, {"kind", document.kind}}),
                     "", ""});
    if (is_address(stationery.contact))
        lines.push_back({say("mail.contact"), stationery.contact, "mailto:" + stationery.contact});
    else if (!stationery.contact.empty())
        lines.push_back({say("mail.contact") + stationery.contact, "", ""});
    if (is_link(stationery.unsubscribe_url))
        lines.push_back({say("mail.unsubscribe"), say("mail.unsubscribe_link"), stationery.unsubscribe_url});
    return lines;
}

// Draws the pictures of the contents; a mail carries them as files of their own.
std::vector<Letter::Part> draw(MailContents& contents, const Stationery& stationery, const Press& press) {
    std::vector<Letter::Part> pictures;
    const auto add = [&](const std::string& name, std::string png, int width, int height) {
        const std::string id =
            name + "." + (contents.told.last.empty() ? "siyu" : contents.told.last) + "@" + stationery.picture_domain;
        pictures.push_back({name + ".png", "image/png", std::move(png), id});
        return MailContents::Image{id, width, height};
    };
    if (stationery.logo)
        contents.logo = add("logo", stationery.logo->png, stationery.logo->width, stationery.logo->height);
    for (const PagePart& part : contents.told.parts)
        for (const Block& block : part.blocks)
            if (const auto* chart = std::get_if<Chart>(&block)) {
                Picture drawn = press.png(picture(*chart, contents.colours), picture_width * picture_scale);
                const int height = drawn.height * picture_width / std::max(drawn.width, 1);
                contents.charts.push_back(add("chart-" + std::to_string(contents.charts.size() + 1),
                                              std::move(drawn.png), picture_width, height));
            }
    return pictures;
}

}  // namespace

Mail mail_of(const Document& document, const Stationery& stationery, const Catalogue& say, const Press& press) {
    const std::string where = say(!stationery.attached.empty()   ? "mail.where.attached"
                                  : is_link(stationery.page_url) ? "mail.where.page"
                                                                 : "report.where.ask");
    MailContents contents;
    contents.subject = shortened(without_tags(cleaned(document.subject)), subject_columns);
    contents.colours = palette(stationery.colour, stationery.red_is_good);
    if (is_link(stationery.page_url)) contents.page_url = stationery.page_url;
    contents.foot = foot_of(document, stationery, say);

    Mail mail{.subject = contents.subject, .html = {}, .text = {}, .pictures = {}};
    const auto write = [&] {
        mail.html = mail_html(contents, say);
        return mail.html.size();
    };
    for (const std::size_t rows : {20, 12, 8, 5, 3}) {
        contents.told = digest(document, rows, where, say);
        if (document.held) contents.told.marks.insert(contents.told.marks.begin(), say("report.word.held"));
        if (mail.pictures.empty()) mail.pictures = draw(contents, stationery, press);
        if (write() <= aim_bytes) break;
    }
    while (mail.html.size() > most_bytes && !contents.told.parts.empty()) {
        contents.told.parts.pop_back();
        contents.more = say("mail.shortened", {{"where", where}});
        write();
    }
    // A picture that no part shows any more would be taken for an attachment.
    std::erase_if(mail.pictures, [&](const Letter::Part& part) {
        return mail.html.find("\"cid:" + part.content_id + "\"") == std::string::npos;
    });
    mail.text = mail_text(contents, say);
    return mail;
}

}  // namespace siyu
