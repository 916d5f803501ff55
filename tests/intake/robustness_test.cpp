// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include "core/intake/cell.hpp"
#include "core/intake/source.hpp"
#include "core/intake/utf8.hpp"
#include "tests/intake/scratch.hpp"
#include "tests/intake/workbook.hpp"

namespace siyu {
namespace {

// Whatever stands in a file, it is read or refused with an Error; nothing else happens, and every row is accounted for.
class Robustness : public testing::Test {
  protected:
    std::size_t below(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most - 1)(random_); }

    std::string mutated(std::string bytes) {
        static const std::vector<std::string> hard{"\"",
                                                   "\n",
                                                   "\r",
                                                   ",",
                                                   "\"\"",
                                                   "\xFF",
                                                   std::string(1, '\0'),
                                                   "\xE5",
                                                   "=\"",
                                                   "合计",
                                                   "1e308",
                                                   "99999999999999999999",
                                                   "-",
                                                   "\xEF\xBB\xBF",
                                                   ";",
                                                   "\t"};
        for (std::size_t times = 1 + below(6); times > 0; --times) {
            const std::size_t at = below(bytes.size() + 1), size = std::min(below(12), bytes.size() - at);
            switch (below(4)) {
                case 0: bytes.insert(at, hard[below(hard.size())]); break;
                case 1: bytes.erase(at, size); break;
                case 2: bytes.insert(at, bytes.substr(at, size)); break;
                default:
                    if (at < bytes.size()) bytes[at] = static_cast<char>(below(256));
            }
        }
        return bytes;
    }

    // Reads to the end, parses every cell; how many rows there were, -1 for a refused file.
    std::int64_t read(const std::filesystem::path& path, const Choice& choice = {}) {
        static const Zone zone("Asia/Shanghai");
        try {
            FactSource source(path, choice, profiles_);
            std::int64_t rows = 0;
            std::string scratch;
            for (auto found = source.next(); found != FactSource::Found::end; found = source.next()) {
                EXPECT_TRUE(is_utf8(source.record()));
                if (found == FactSource::Found::bad) {
                    EXPECT_FALSE(source.bad().reason.id.empty());
                    EXPECT_LT(source.bad().value.size(), 200U);
                    continue;
                }
                ++rows;
                const FactKind& kind = kind_of(source.row().fact);
                EXPECT_EQ(source.row().cells.size(), kind.columns.size());
                for (std::size_t i = 0; i < kind.columns.size(); ++i) {
                    Cell cell;
                    parse_cell(kind.columns[i], source.row().cells[i], zone, scratch, cell);
                    EXPECT_TRUE(is_utf8(cell.text));
                }
            }
            EXPECT_LE(source.skipped() + source.summary_rows(), source.records());
            return rows;
        } catch (const Error& error) {
            EXPECT_FALSE(error.note().id.empty());
            return -1;
        }
    }

    Scratch scratch_;
    Profiles profiles_;
    std::mt19937_64 random_{20261120};
};

TEST_F(Robustness, MutatedCsvIsReadOrRefused) {
    const std::vector<std::pair<std::string, std::string>> seeds{
        {"joins.csv",
         "customer_id,joined_at,guide_id\n\"=\"\"00123\"\"\",2026-11-20T09:15:00+08:00,g1\n\"李,娜\n\",20201120,\n"},
        {"orders.csv",
         "订单号,付款时间,客户ID,金额\no1,2020-11-20,123,\"¥1,234.50\"\no2,2020/11/20 10:00,=\"00123\",20元\n"},
        {"x.csv",
         "订单编号,总金额,买家实际支付金额,订单付款时间 ,退款金额\n1,2.0,1.0,2020-02-21 "
         "00:00:02,1.0\n2,2.0,2.0,,0.0\n"},
        {"y.csv",
         "user_id,date_served,marketing_channel,date_subscribed,date_canceled,subscribing_channel\n"
         "a,1/1/2018,House Ads,1/1/2018,,House Ads\n"},
        {"surveys.csv", "\xCA\xB1\xBC\xE4,score\n2020-11-20,80%\n"}};
    std::int64_t read_whole = 0, refused = 0;
    for (int i = 0; i < 4'000; ++i) {
        const auto& [name, text] = seeds[below(seeds.size())];
        (read(scratch_.file(name, mutated(text))) < 0 ? refused : read_whole) += 1;
    }
    EXPECT_GT(read_whole, 400);
    EXPECT_GT(refused, 400);
}

TEST_F(Robustness, RandomBytesAreReadOrRefused) {
    for (int i = 0; i < 1'500; ++i) {
        std::string bytes(below(300), '\0');
        // Half of them of the signs that matter.
        for (char& c : bytes) c = i % 2 ? static_cast<char>(below(256)) : "a,\"\n\r;1"[below(7)];
        read(scratch_.file("a.csv", bytes), {Fact::interactions, ""});
        read(scratch_.file("joins.csv", "joined_at,customer_id\n" + bytes));
    }
}

TEST_F(Robustness, MutatedWorkbooksAreReadOrRefused) {
    const std::string rows =
        R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>)"
        R"(<row r="2"><c r="A2" s="2"><v>46346.385416666664</v></c><c r="B2"><v>10086</v></c></row>)";
    const std::string strings = "<si><t>流失时间</t></si><si><t>客户ID</t></si>";
    std::int64_t read_whole = 0, refused = 0;
    for (int i = 0; i < 1'500; ++i) {
        // The archive as a whole, or what stands in it.
        const std::string bytes =
            i % 2 ? mutated(Workbook{rows, strings, false, i % 4 == 1, ""}.bytes())
                  : Workbook{i % 4 ? mutated(rows) : rows, mutated(strings), false, false, ""}.bytes();
        (read(scratch_.file("leaves.xlsx", bytes)) < 0 ? refused : read_whole) += 1;
    }
    EXPECT_GT(read_whole, 20);
    EXPECT_GT(refused, 50);
}

TEST_F(Robustness, MutatedProfilesAreReadOrRefused) {
    const std::string text =
        "name = \"a\"\ntitle = { zh = \"\", en = \"\" }\ndescription = { zh = \"\", en = \"\" }\nheader = [\"x\"]\n"
        "[[fact]]\nfact = \"orders\"\nwhen = [{ column = \"b\", empty = false }]\n"
        "columns = { order_id = \"x\", paid_at = \"t\", amount = [\"m\", \"-\", \"n\"] }\n"
        "check = [{ left = \"m\", right = \"n\" }]\nwords.order_id = { a = \"b\" }\n";
    for (int i = 0; i < 3'000; ++i) {
        try {
            Profile::parse(mutated(text), "p.toml");
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), Error::refused);
        }
    }
}

}  // namespace
}  // namespace siyu
