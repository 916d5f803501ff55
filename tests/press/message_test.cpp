// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "core/base/error.hpp"
#include "tests/press/outside.hpp"

namespace siyu {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

std::string many(const std::string& what, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += what;
    return all;
}

std::string every_byte() {
    std::string bytes;
    for (int i = 0; i < 70000; ++i) bytes += static_cast<char>(i * 31 + i / 256);
    return bytes;
}

constexpr const char* drawing =
    R"(<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="20" height="20" fill="red"/></svg>)";

Letter letter() {
    Letter made;
    made.from = {"曙光私域运营", "report@agency.example"};
    made.to = {"王小明", "wang.xm@brand.example"};
    made.reply_to = "pm@agency.example";
    made.subject = "【曙光护肤】每周经营简报 11月10日-16日：GMV ▲ +12.3%";
    made.message_id = "weekly.20261116.7f3a@agency.example";
    made.date = 1795395600;  // 2026-11-23 01:00 UTC
    made.language = "zh-CN";
    made.list_id = "weekly.dawn.agency.example";
    made.unsubscribe_url = "https://console.agency.example/u/0123456789abcdef";
    made.unsubscribe_mail = "leave@agency.example";
    made.feedback_id = "weekly:dawn:report:siyu";
    made.text = "本周 GMV 上升 12.3%。\n查看：https://console.agency.example/r/1\n";
    made.html =
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><title>每周经营简报</title></head><body><p>本周 GMV 上升</p>"
        "<img src=\"cid:trend.1@agency.example\" alt=\"走势\" width=\"20\" height=\"10\">"
        "<a href=\"https://console.agency.example/r/1\">查看</a></body></html>\n";
    made.pictures = {{"trend.png", "image/png", press().png(drawing, 20).png, "trend.1@agency.example"}};
    made.attachments = {{"曙光护肤-每周经营简报-2026-11-10至2026-11-16.xlsx",
                         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", every_byte()},
                        {"weekly report.pdf", "application/pdf", "%PDF-1.5\n\r\n\0x\r"}};
    return made;
}

const std::string judges = std::string(SIYU_SOURCE_DIR) + "/../shared/judges/judge_mime.py";

// Where the judge is not, nothing is judged; the first test says so.
void judge(const Letter& made) {
    if (!std::filesystem::exists(judges)) return;
    const std::string bytes = press().message(made);
    const ToLookAt file(bytes, ".eml");
    const Said said = run(std::string(SIYU_PYTHON) + " " + judges + " " + file.path());
    EXPECT_EQ(said.status, 0) << said.words << bytes.substr(0, bytes.find("\r\n\r\n"));
}

std::string line_of(const json& seen, const std::string& header) {
    for (const std::string line : seen["lines"])
        if (line.starts_with(header + ": ")) return line.substr(header.size() + 2);
    return "none";
}

std::string header_of(const json& seen, const std::string& header) {
    for (const auto& pair : seen["headers"])
        if (pair[0] == header) return pair[1];
    return "none";
}

TEST(Message, IsAsTheJudgeWantsIt) {
    if (!std::filesystem::exists(judges)) GTEST_SKIP() << "the judge of mails is not here";
    judge(letter());
}

TEST(Message, SaysToOthersWhatWasMeant) {
    const Letter made = letter();
    const std::string bytes = press().message(made);
    const json seen = outside("mail", bytes);
    EXPECT_EQ(seen["structure"],
              "mixed(alternative(plain,related(html,png)),vnd.openxmlformats-officedocument."
              "spreadsheetml.sheet,pdf)");
    EXPECT_EQ(seen["defects"], json::array());
    EXPECT_EQ(header_of(seen, "Subject"), made.subject);
    EXPECT_EQ(seen["from"], json::parse(R"([["曙光私域运营","report@agency.example"]])"));
    EXPECT_EQ(seen["to"], json::parse(R"([["王小明","wang.xm@brand.example"]])"));
    EXPECT_EQ(line_of(seen, "From"), "=?UTF-8?B?5puZ5YWJ56eB5Z+f6L+Q6JCl?= <report@agency.example>");
    EXPECT_EQ(line_of(seen, "Date"), "Mon, 23 Nov 2026 09:00:00 +0800");
    EXPECT_EQ(line_of(seen, "Message-ID"), "<weekly.20261116.7f3a@agency.example>");
    EXPECT_EQ(line_of(seen, "Reply-To"), "pm@agency.example");
    EXPECT_EQ(line_of(seen, "List-Unsubscribe"),
              "<https://console.agency.example/u/0123456789abcdef>, <mailto:leave@agency.example>");
    EXPECT_EQ(line_of(seen, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    EXPECT_EQ(line_of(seen, "List-ID"), "<weekly.dawn.agency.example>");
    EXPECT_EQ(line_of(seen, "Feedback-ID"), "weekly:dawn:report:siyu");
    EXPECT_EQ(line_of(seen, "Auto-Submitted"), "auto-generated");
    EXPECT_EQ(line_of(seen, "X-Auto-Response-Suppress"), "OOF, AutoReply");
    EXPECT_EQ(line_of(seen, "Content-Language"), "zh-CN");
    EXPECT_EQ(line_of(seen, "MIME-Version"), "1.0");
    EXPECT_EQ(line_of(seen, "In-Reply-To"), "none");
    const json& parts = seen["parts"];
    ASSERT_EQ(parts.size(), 5u);
    EXPECT_EQ(parts[0]["text"], "本周 GMV 上升 12.3%。\r\n查看：https://console.agency.example/r/1\r\n");
    EXPECT_EQ(parts[2]["id"], "<trend.1@agency.example>");
    EXPECT_EQ(parts[2]["disposition"], "inline");
    EXPECT_EQ(parts[2]["name"], "trend.png");
    EXPECT_EQ(parts[3]["name"], made.attachments[0].name);
    EXPECT_EQ(parts[4]["name"], "weekly report.pdf");
    EXPECT_THAT(bytes, HasSubstr("filename*0*=UTF-8''"));
    EXPECT_THAT(bytes, HasSubstr("name=\"=?UTF-8?B?"));
    EXPECT_TRUE(bytes.ends_with("--\r\n"));
    std::istringstream body(bytes.substr(bytes.find("\r\n\r\n")));
    for (std::string line; std::getline(body, line);)
        EXPECT_TRUE(line.size() <= 77 || line.starts_with("Content-Type: ") || line.starts_with("\tfilename*")) << line;
}

TEST(Message, AttachmentsArriveAsTheyAre) {
    Letter made = letter();
    made.attachments = {{"a.bin", "application/octet-stream", every_byte()},
                        {"表.csv", "text/csv", "a,b\n1,2\r\n3,4\r\x1a\n--=_x"},
                        {"空.txt", "text/plain", ""}};
    const json seen = outside("mail", press().message(made));
    for (std::size_t i = 0; i < made.attachments.size(); ++i) {
        const ToLookAt file(made.attachments[i].bytes);
        EXPECT_THAT(run("sha256sum " + file.path()).words, HasSubstr(seen["parts"][3 + i]["sha256"])) << i;
        EXPECT_EQ(seen["parts"][3 + i]["name"], made.attachments[i].name);
    }
}

TEST(Message, HasNoMoreLevelsThanItNeeds) {
    Letter made = letter();
    made.attachments.clear();
    judge(made);
    EXPECT_EQ(outside("mail", press().message(made))["structure"], "alternative(plain,related(html,png))");
    made.pictures.clear();
    EXPECT_EQ(outside("mail", press().message(made))["structure"], "alternative(plain,html)");
    made.html.clear();
    EXPECT_EQ(outside("mail", press().message(made))["structure"], "plain");
    made.attachments = letter().attachments;
    EXPECT_EQ(outside("mail", press().message(made))["structure"],
              "mixed(plain,vnd.openxmlformats-officedocument.spreadsheetml.sheet,pdf)");
    made.text.clear();
    made.attachments.clear();
    EXPECT_EQ(outside("mail", press().message(made))["structure"], "plain");
}

TEST(Message, IsTheSameEachTime) {
    EXPECT_EQ(press().message(letter()), press().message(letter()));
    Letter other = letter();
    other.message_id = "weekly.20261116.7f3b@agency.example";
    EXPECT_NE(outside("mail", press().message(other))["boundaries"],
              outside("mail", press().message(letter()))["boundaries"]);
}

TEST(Message, AnswersTheOneBefore) {
    Letter made = letter();
    for (int i = 0; i < 60; ++i) made.references.push_back("edition." + std::to_string(i) + "@agency.example");
    judge(made);
    const json seen = outside("mail", press().message(made));
    EXPECT_EQ(line_of(seen, "In-Reply-To"), "<edition.59@agency.example>");
    EXPECT_THAT(header_of(seen, "References"), HasSubstr("<edition.0@agency.example> <edition.1@agency.example>"));
}

TEST(Message, TakesNamesAndSubjectsOfAnyScript) {
    for (const std::string& words :
         {many("数", 200), many("👩‍👩‍👧‍👦🎉", 20),
          std::string("Q3 \"best\", of; 2026 <a@b.example>"), std::string("=?UTF-8?B?5puZ?="),
          std::string("a@b.example"), std::string("Müller & Söhne"), std::string("O'Neil (报表)"),
          many("long words ", 60) + "end",
          std::string("Dawn: weekly report, November 10 to 16, 2026: GMV up by 12.3 % against the week before"),
          many("x", 300), std::string("周报：GMV ▲ +12.3% and some English words after that, 还有中文")}) {
        Letter made = letter();
        made.subject = words;
        made.to.name = made.from.name = words;
        judge(made);
        const json seen = outside("mail", press().message(made));
        EXPECT_EQ(header_of(seen, "Subject"), words);
        EXPECT_EQ(seen["to"][0][1], made.to.address) << words;
        EXPECT_EQ(seen["to"][0][0], words);
        EXPECT_EQ(seen["to"].size(), 1u);
        EXPECT_EQ(seen["from"].size(), 1u);
        EXPECT_EQ(seen["from"][0][1], made.from.address);
        const std::string shown = seen["from"][0][0];
        EXPECT_LE(shown.size(), 45u);
        EXPECT_TRUE(words.starts_with(shown)) << shown;
    }
}

TEST(Message, MayHaveNoNames) {
    Letter made = letter();
    made.from.name = made.to.name = made.reply_to = made.subject = "";
    const json seen = outside("mail", press().message(made));
    EXPECT_EQ(line_of(seen, "From"), "report@agency.example");
    EXPECT_EQ(line_of(seen, "To"), "wang.xm@brand.example");
    EXPECT_EQ(line_of(seen, "Reply-To"), "none");
}

TEST(Message, TextsAreEncodedByWhatIsInThem) {
    Letter made = letter();
    made.text = many("plain words of ASCII = all of it\n", 50) + many("x", 2000) + " \n.\n..\nFrom here\n-- \n";
    made.html = many("数", 400);
    made.pictures.clear();
    const json seen = outside("mail", press().message(made));
    EXPECT_EQ(seen["parts"][0]["encoding"], "quoted-printable");
    EXPECT_EQ(seen["parts"][1]["encoding"], "base64");
    std::string text = seen["parts"][0]["text"];
    std::erase(text, '\r');
    EXPECT_EQ(text, made.text);
    made.text =
        "a\r\nb\rc\x01\x7f\xc2\x85\xff"
        "d\xe2\x80\xa8";
    text = outside("mail", press().message(made))["parts"][0]["text"];
    EXPECT_EQ(text, "a\r\nb\r\ncd\r\n");
}

TEST(Message, FileNamesFitEverySystem) {
    Letter made = letter();
    made.attachments = {{"a/b\\c:d*e?f\"g<h>i|j.xlsx", "application/pdf", "x"},
                        {many("报", 100) + ".xlsx", "application/pdf", "x"},
                        {many("n", 300), "application/pdf", "x"},
                        {"曙光 \"护肤\"; x=1, 'y'.pdf", "application/pdf", "x"},
                        {"", "application/pdf", "x"}};
    judge(made);
    const json parts = outside("mail", press().message(made))["parts"];
    EXPECT_EQ(parts[3]["name"], "a_b_c_d_e_f_g_h_i_j.xlsx");
    EXPECT_EQ(parts[4]["name"], many("报", 38) + ".xlsx");
    EXPECT_EQ(parts[5]["name"], many("n", 120));
    EXPECT_EQ(parts[6]["name"], "曙光 _护肤_; x=1, 'y'.pdf");
    EXPECT_EQ(parts[7]["name"], "_");
}

struct Field {
    const char* header;
    std::string Letter::*text = nullptr;
    std::string& (*of)(Letter&) = nullptr;
    std::string& in(Letter& made) const { return text ? made.*text : of(made); }
};

const std::vector<Field>& fields() {
    static const std::vector<Field> all = {
        {"From", nullptr, [](Letter& l) -> std::string& { return l.from.name; }},
        {"From", nullptr, [](Letter& l) -> std::string& { return l.from.address; }},
        {"To", nullptr, [](Letter& l) -> std::string& { return l.to.name; }},
        {"To", nullptr, [](Letter& l) -> std::string& { return l.to.address; }},
        {"Reply-To", &Letter::reply_to},
        {"Subject", &Letter::subject},
        {"Message-ID", &Letter::message_id},
        {"References", nullptr, [](Letter& l) -> std::string& { return l.references.emplace_back("a@b.example"); }},
        {"Content-Language", &Letter::language},
        {"List-ID", &Letter::list_id},
        {"List-Unsubscribe", &Letter::unsubscribe_url},
        {"List-Unsubscribe", &Letter::unsubscribe_mail},
        {"Feedback-ID", &Letter::feedback_id},
        {"Content-Type", nullptr, [](Letter& l) -> std::string& { return l.pictures[0].name; }},
        {"Content-Type", nullptr, [](Letter& l) -> std::string& { return l.pictures[0].type; }},
        {"Content-ID", nullptr, [](Letter& l) -> std::string& { return l.pictures[0].content_id; }},
        {"Content-Disposition", nullptr, [](Letter& l) -> std::string& { return l.attachments[0].name; }},
        {"Content-Type", nullptr, [](Letter& l) -> std::string& { return l.attachments[0].type; }},
    };
    return all;
}

std::string refused_header(const Letter& made) {
    try {
        press().message(made);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Error::refused);
        EXPECT_EQ(error.note().id, "press.bad_header");
        return error.note().with.at(0).second;
    }
    return "taken";
}

TEST(Message, NobodyWritesHeadersOfTheirOwn) {
    for (const Field& field : fields())
        for (const std::string& bad :
             {std::string("\r\nBcc: all@b.example"), std::string("\nBcc: all@b.example"), std::string("\rBcc: x"),
              std::string("\0", 1), std::string("\t"), std::string("\x1b[2J"), std::string("\x7f"),
              std::string("\xc2\x85"), std::string("\xe2\x80\xa8"), std::string("\xe2\x80\xa9"), std::string("\xff"),
              std::string("\xe6\x9b")})
            for (const bool inside : {false, true}) {
                Letter made = letter();
                std::string& text = field.in(made);
                text.insert(inside ? text.size() / 2 / 3 * 3 : text.size(), bad);
                EXPECT_EQ(refused_header(made), field.header) << testing::PrintToString(text);
            }
}

TEST(Message, AddressesThatAreNoneAreRefused) {
    for (const std::string& bad : {std::string(),
                                   std::string("a"),
                                   std::string("@b.example"),
                                   std::string("a@"),
                                   std::string("a@b@c.example"),
                                   std::string("a b@c.example"),
                                   std::string("a..b@c.example"),
                                   std::string(".a@c.example"),
                                   std::string("a@.example"),
                                   std::string("a@b..example"),
                                   std::string("a@-b.example"),
                                   std::string("王@c.example"),
                                   std::string("a@公司.example"),
                                   std::string("<a@b.example>"),
                                   std::string("a@b.example, c@d.example"),
                                   std::string("a@b.example>"),
                                   std::string("\"a\"@b.example"),
                                   std::string("a@[127.0.0.1]"),
                                   many("a", 65) + "@b.example",
                                   "a@" + many("b.", 130) + "example"}) {
        Letter made = letter();
        made.to.address = bad;
        EXPECT_EQ(refused_header(made), "To") << bad;
        made = letter();
        made.from.address = bad;
        EXPECT_EQ(refused_header(made), "From") << bad;
        if (bad.empty()) continue;
        made = letter();
        made.reply_to = bad;
        EXPECT_EQ(refused_header(made), "Reply-To") << bad;
        made = letter();
        made.unsubscribe_mail = bad;
        EXPECT_EQ(refused_header(made), "List-Unsubscribe") << bad;
    }
    for (const char* good :
         {"a@b.example", "first.last+tag@sub.b-c.example", "o'neil&co=x@b.example", "13800138000@163.com"}) {
        Letter made = letter();
        made.to.address = good;
        EXPECT_EQ(outside("mail", press().message(made))["to"][0][1], good);
    }
}

TEST(Message, LinksToLeaveAreHttps) {
    for (const std::string& bad : {std::string("http://a.example/"), std::string("javascript:x"),
                                   std::string("https://a.example/>, <mailto:x@y.example"),
                                   std::string("https://a.example/ x"), "https://a.example/" + many("x", 1000)}) {
        Letter made = letter();
        made.unsubscribe_url = bad;
        EXPECT_EQ(refused_header(made), "List-Unsubscribe") << bad;
    }
    Letter made = letter();
    made.unsubscribe_url.clear();
    made.unsubscribe_mail = "leave&x=1@agency.example";
    const json seen = outside("mail", press().message(made));
    EXPECT_EQ(line_of(seen, "List-Unsubscribe"), "<mailto:leave%26x%3D1@agency.example>");
    EXPECT_EQ(line_of(seen, "List-Unsubscribe-Post"), "none");
}

TEST(Message, BoundariesAreInNoPartAndBeginNoOther) {
    Letter made = letter();
    const json boundaries = outside("mail", press().message(made))["boundaries"];
    ASSERT_EQ(boundaries.size(), 3u);
    std::string all;
    for (const std::string boundary : boundaries) all += "--" + boundary + "--\r\n";
    made.text = made.text + all;
    made.html = made.html + all;
    made.attachments[0].bytes = all;
    made.attachments[1] = {"a.txt", "text/plain", all};
    const std::string bytes = press().message(made);
    EXPECT_EQ(outside("mail", bytes)["parts"].size(), 5u);
    for (const std::string boundary : boundaries) {
        EXPECT_EQ(boundary.size(), std::string(boundaries[0]).size());
        int lines = 0;
        for (std::size_t at = 0; (at = bytes.find("\r\n--" + boundary, at)) != bytes.npos; ++at) ++lines;
        EXPECT_EQ(lines, boundary == boundaries[0] ? 4 : 3);
    }
}

TEST(Message, DatesThatCannotBeWrittenAreRefused) {
    for (const auto& [date, zone] : {std::pair(std::int64_t{-1}, 0), std::pair(std::int64_t{1} << 60, 0),
                                     std::pair(std::int64_t{0}, 1440), std::pair(std::int64_t{0}, -99999)}) {
        Letter made = letter();
        made.date = date;
        made.zone_minutes = zone;
        EXPECT_EQ(refused_header(made), "Date") << date;
    }
}

TEST(Message, TellsTheHourOfTheSendersClock) {
    for (const auto& [minutes, said] :
         {std::pair(0, "Mon, 23 Nov 2026 01:00:00 +0000"), std::pair(-210, "Sun, 22 Nov 2026 21:30:00 -0330"),
          std::pair(345, "Mon, 23 Nov 2026 06:45:00 +0545")}) {
        Letter made = letter();
        made.zone_minutes = minutes;
        EXPECT_EQ(line_of(outside("mail", press().message(made)), "Date"), said);
    }
}

}  // namespace
}  // namespace siyu
