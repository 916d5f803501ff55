// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "core/intake/cell.hpp"
#include "core/intake/source.hpp"
#include "core/intake/utf8.hpp"
#include "tests/intake/scratch.hpp"

namespace siyu {
namespace {

// Files that are not part of the project; without the folder there is nothing to test.
class RealFiles : public testing::Test {
  protected:
    static std::filesystem::path path(const std::string& name) {
        return std::filesystem::path(SIYU_SOURCE_DIR) / ".." / "shared" / "data" / name;
    }
    void SetUp() override {
        if (!std::filesystem::exists(path(""))) GTEST_SKIP() << "the folder of real files is not there";
    }

    // Every row, parsed: `take` gets the fact, the numbers and the texts.
    template <typename Take>
    void read(FactSource& source, Take take) {
        const Zone zone("Asia/Shanghai");
        for (auto found = source.next(); found != FactSource::Found::end; found = source.next()) {
            ASSERT_EQ(found, FactSource::Found::row) << source.bad().line << source.bad().reason.id;
            const FactKind& kind = kind_of(source.row().fact);
            std::vector<Cell> cells(kind.columns.size());
            std::string scratch;
            for (std::size_t i = 0; i < cells.size(); ++i)
                ASSERT_FALSE(parse_cell(kind.columns[i], source.row().cells[i], zone, scratch, cells[i]))
                    << source.row().line << " " << kind.columns[i].name;
            take(kind, cells, zone);
        }
    }
    static const Cell& cell(const FactKind& kind, const std::vector<Cell>& cells, std::string_view name) {
        return cells[static_cast<std::size_t>(kind.column(name))];
    }

    Profiles profiles_;
};

TEST_F(RealFiles, TmallOrderReportGivesGrossOrdersWithRefunds) {
    FactSource source(path("tmall_order_report.csv"), {}, profiles_);
    ASSERT_TRUE(source.profile());
    EXPECT_EQ(source.profile()->name, "tmall_order_report");
    std::int64_t rows = 0, refunds = 0, gross = 0, refunded = 0, on_day = 0, gross_on_day = 0, refunded_on_day = 0;
    Day first = latest_day, last = earliest_day;
    read(source, [&](const FactKind& kind, const std::vector<Cell>& cells, const Zone& zone) {
        const std::int64_t amount = cell(kind, cells, "amount").number;
        const std::int64_t back = cell(kind, cells, "refunded").number;
        const Day day = zone.day_of({cell(kind, cells, "paid_at").number});
        EXPECT_EQ(cell(kind, cells, "channel").text, "天猫");
        ++rows;
        gross += amount;
        first = std::min(first, day);
        last = std::max(last, day);
        if (back != absent) {
            ++refunds;
            refunded += back;
        }
        if (day != *day_of(2020, 2, 25)) return;
        ++on_day;
        gross_on_day += amount;
        if (back != absent) refunded_on_day += back;
    });
    EXPECT_EQ(rows, 24'087);
    EXPECT_EQ(refunds, 5'646);
    EXPECT_EQ(gross, 247'482'307);
    EXPECT_EQ(refunded, 57'233'592);
    EXPECT_EQ(on_day, 2'936);
    EXPECT_EQ(gross_on_day, 29'942'120);
    EXPECT_EQ(refunded_on_day, 7'043'800);
    EXPECT_EQ(to_string(first), "2020-02-01");
    EXPECT_EQ(to_string(last), "2020-03-01");
    EXPECT_EQ(source.records(), 28'010);
    EXPECT_EQ(source.skipped(), 28'010 - 24'087);
}

TEST_F(RealFiles, CampaignTableGivesTouchesJoinsAndLeaves) {
    FactSource source(path("marketing_campaign.csv"), {}, profiles_);
    ASSERT_TRUE(source.profile());
    EXPECT_EQ(source.profile()->name, "campaign_table");
    EXPECT_THAT(source.facts(), testing::ElementsAre(Fact::touches, Fact::joins, Fact::leaves));
    std::map<std::string, std::int64_t> touches, joins;
    std::set<std::string> joined, left;
    std::int64_t all_touches = 0, joins_outside = 0;
    Day last_leave = earliest_day;
    read(source, [&](const FactKind& kind, const std::vector<Cell>& cells, const Zone& zone) {
        if (kind.fact == Fact::touches) {
            const std::int64_t count = cell(kind, cells, "touches").number;
            EXPECT_EQ(cell(kind, cells, "cost").number, 0);
            all_touches += count;
            if (cell(kind, cells, "date").number == day_of(2018, 1, 15)->number)
                touches[std::string(cell(kind, cells, "channel").text)] += count;
        } else if (kind.fact == Fact::joins) {
            joined.emplace(cell(kind, cells, "customer_id").text);
            ++joins[std::string(cell(kind, cells, "channel").text)];
            joins_outside += month_text(zone.day_of({cell(kind, cells, "joined_at").number})) != "2018-01";
        } else {
            left.emplace(cell(kind, cells, "customer_id").text);
            last_leave = std::max(last_leave, zone.day_of({cell(kind, cells, "left_at").number}));
        }
    });
    EXPECT_EQ(all_touches, 10'037 - 16);
    EXPECT_EQ(touches, (std::map<std::string, std::int64_t>{
                           {"Email", 412}, {"Facebook", 67}, {"House Ads", 208}, {"Instagram", 65}, {"Push", 37}}));
    EXPECT_EQ(joined.size(), 1'020U);
    EXPECT_EQ(joins, (std::map<std::string, std::int64_t>{
                         {"Email", 192}, {"Facebook", 221}, {"House Ads", 298}, {"Instagram", 232}, {"Push", 77}}));
    EXPECT_EQ(joins_outside, 0);
    EXPECT_EQ(left.size(), 342U);
    EXPECT_LT(last_leave, *day_of(2018, 6, 1));
    EXPECT_EQ(source.records(), 10'037);
}

}  // namespace
}  // namespace siyu
