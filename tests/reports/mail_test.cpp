// SPDX-License-Identifier: Apache-2.0
#include "reports/mail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <set>

#include "reports/compose.hpp"
#include "reports/document_bytes.hpp"
#include "reports/follow_up.hpp"
#include "reports/markup.hpp"
#include "reports/page.hpp"
#include "tests/reports/sample_scorecard.hpp"

namespace siyu {
namespace {

using testing::HasSubstr;
using testing::Not;

[[maybe_unused]] const Catalogue& zh() { return catalogue(Language::zh); }

// Hands out the drawing instead of a picture of it.
class FakePress : public Press {
  public:
    Picture png(std::string_view svg, int width) const override { return {std::string(svg), width, width / 2}; }
    Picture logo(std::string_view, int, int) const override { return {}; }
    std::string xlsx(const Workbook&) const override { return {}; }
    std::string pdf(const Print&) const override { return {}; }
    std::string message(const Letter&) const override { return {}; }
};

Scorecard sample(Rhythm rhythm) {
    Scorecard card = sample_scorecard();
    card.period = period_of(rhythm, card.period.last);
    card.compared_with = previous(card.period);
    return card;
}

Document document(const Scorecard& card = sample_scorecard(), Audience audience = Audience::brand,
                  Language language = Language::zh) {
    return compose(View(card, audience, catalogue(language)));
}

Stationery stationery() {
    Stationery made;
    made.colour = "#c2185b";
    made.picture_domain = "mail.agency.cn";
    made.page_url = "https://reports.agency.cn/r/abc?x=1&y=2";
    made.answer_url = "https://reports.agency.cn/a/def";
    made.unsubscribe_url = "https://reports.agency.cn/u/ghi";
    made.reader = "王芳";
    made.contact = "pm@agency.cn";
    made.attached = {"极光母婴-每周经营简报-2026-11-09至2026-11-15.xlsx"};
    return made;
}

FollowUp everything() {
    FollowUp more;
    more.comment = "双十一之后客流回落，属正常。\n\n下周上新 <b>三款</b>，预计回升。";
    more.author = "李雷";
    more.steps = {{"补齐 11 月 12 日订单", "王芳", *parse_day("2026-11-18"), parse_day("2026-11-17")},
                  {"增配 1 名导购", "", *parse_day("2026-11-14"), {}},
                  {"确认天猫投放", "品牌方", *parse_day("2026-11-30"), {}}};
    more.objections = {{"GMV", "11月2日-8日", "与后台差 3 万", "", false},
                       {"退款率", "11月2日-8日", "", "已核对", true}};
    more.edition = 2;
    more.why = "补收了 11 月 12 日的订单";
    more.corrections = {{"GMV", "¥1,200,000.00", "¥1,234,567.89"}, {"老带新", "", "37"}};
    more.unapproved = more.incomplete = true;
    return more;
}

constexpr auto today = "2026-11-20";

void each_report(const std::function<void(const Document&, const Catalogue&, const std::string&)>& look) {
    for (const Rhythm rhythm : {Rhythm::daily, Rhythm::weekly, Rhythm::monthly})
        for (const Language language : {Language::zh, Language::en})
            for (const Audience audience : {Audience::brand, Audience::agency})
                for (const bool more : {false, true}) {
                    const Catalogue& say = catalogue(language);
                    Document made = document(sample(rhythm), audience, language);
                    if (more) add(made, everything(), *parse_day(today), say);
                    const std::string name = std::string(to_string(rhythm)) + "-" + std::string(to_string(language)) +
                                             (audience == Audience::brand ? "-brand" : "-agency") +
                                             (more ? "-more" : "");
                    SCOPED_TRACE(name);
                    look(made, say, name);
                }
}

// For people and for judges: each mail as a file, with the addresses of its pictures turned into files beside it.
TEST(Mail, SamplesLieInTheBuildFolder) {
    const std::filesystem::path folder = std::filesystem::path(SIYU_BINARY_DIR) / "sample-mails";
    std::filesystem::create_directories(folder);
    each_report([&](const Document& made, const Catalogue& say, const std::string& name) {
        const Mail mail = mail_of(made, stationery(), say, press());
        EXPECT_EQ(mail.html, mail_of(made, stationery(), say, press()).html);
        std::string html = mail.html;
        for (const Letter::Part& part : mail.pictures) {
            const std::string file = name + "-" + part.name, source = "cid:" + part.content_id;
            html.replace(html.find(source), source.size(), file);
            std::ofstream(folder / file, std::ios::binary) << part.bytes;
        }
        std::ofstream(folder / (name + ".html"), std::ios::binary) << html;
        std::ofstream(folder / (name + ".txt"), std::ios::binary) << mail.text;
        std::ofstream(folder / (name + ".xlsx"), std::ios::binary) << press().xlsx(workbook_of(made, 1763337600, say));
        std::ofstream(folder / (name + ".pdf"), std::ios::binary)
            << press().pdf(print_of(made, stationery(), 1763337600, say));
    });
}

}  // namespace
}  // namespace siyu
