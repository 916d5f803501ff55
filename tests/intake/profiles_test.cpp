// SPDX-License-Identifier: Apache-2.0
// Every shipped profile on small invented exports with the quirks of real ones: tests/intake/profiles/PROFILE[-WHAT]/
// has the export, the facts expected as canonical files (FACT.csv), the bad rows (bad.csv), and case.toml with the
// rest.
#include <gmock/gmock.h>
#include <toml++/toml.h>

#include <filesystem>
#include <map>
#include <set>

#include "core/intake/cell.hpp"
#include "core/intake/source.hpp"
#include "tests/intake/scratch.hpp"

namespace siyu {
namespace {

namespace fs = std::filesystem;
using Rows = std::map<std::string, std::vector<std::string>>;  // by fact

const fs::path folder = fs::path(SIYU_SOURCE_DIR) / "tests" / "intake" / "profiles";

const Profiles& shipped() {
    static const Profiles profiles;
    return profiles;
}

std::vector<std::string> cases() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

std::string profile_of(const std::string& name) { return name.substr(0, name.find('-')); }

std::string joined(const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : "|") + part;
    return all;
}

// All that a file gives, as the store would see it: each cell parsed, a text for it.
struct Taken {
    Rows facts;
    std::vector<std::string> bad;               // `line|column|reason`
    std::map<std::string, std::int64_t> money;  // `orders.amount` in fen

    explicit Taken(FactSource& source) {
        const Zone zone("Asia/Shanghai");
        for (auto found = source.next(); found != FactSource::Found::end; found = source.next()) {
            if (found == FactSource::Found::bad) {
                const BadRow& row = source.bad();
                bad.push_back(joined({std::to_string(row.line), row.column, row.reason.id}));
                continue;
            }
            const FactKind& kind = kind_of(source.row().fact);
            std::vector<std::string> texts;
            std::vector<std::pair<std::string, std::int64_t>> sums;
            std::string wrong;
            for (std::size_t i = 0; i < kind.columns.size() && wrong.empty(); ++i) {
                Cell cell;
                std::string scratch;
                if (const auto reason = parse_cell(kind.columns[i], source.row().cells[i], zone, scratch, cell))
                    wrong = joined(
                        {std::to_string(source.row().line), source.column_title(static_cast<int>(i)), reason->id});
                texts.push_back(cell.number != absent ? std::to_string(cell.number) : std::string(cell.text));
                if (kind.columns[i].type == Type::money && cell.number != absent)
                    sums.emplace_back(std::string(kind.name) + "." + std::string(kind.columns[i].name), cell.number);
            }
            if (!wrong.empty()) {
                bad.push_back(wrong);
                continue;
            }
            facts[std::string(kind.name)].push_back(joined(texts));
            for (const auto& [name, fen] : sums) money[name] += fen;
        }
    }
};

class ShippedProfile : public testing::TestWithParam<std::string> {
  protected:
    fs::path path(const std::string& name) const { return folder / GetParam() / name; }
};

TEST_P(ShippedProfile, ReadsItsExport) {
    const toml::table said = toml::parse_file(path("case.toml").string());
    Choice choice;
    if (const auto* given = said["given"].as_table())
        for (const auto& [name, value] : *given)
            choice.given.emplace(std::string(name.str()), *value.value<std::string>());
    FactSource source(path(*said["file"].value<std::string>()), choice, shipped());
    ASSERT_TRUE(source.profile());
    EXPECT_EQ(source.profile()->name, profile_of(GetParam()));
    const Taken taken(source);

    Rows expected;
    std::vector<std::string> bad;
    for (const auto& entry : fs::directory_iterator(folder / GetParam())) {
        const std::string name = entry.path().stem().string();
        if (name == "bad") {
            for (const auto& row : Table(entry.path()).records) bad.push_back(joined(row));
        } else if (const auto fact = parse_fact(name); fact && to_string(*fact) == name) {
            FactSource canonical(entry.path(), {fact, "", {}}, shipped());
            const Taken rows(canonical);
            EXPECT_THAT(rows.bad, testing::IsEmpty());
            expected.insert(rows.facts.begin(), rows.facts.end());
        }
    }
    EXPECT_EQ(taken.facts, expected);
    EXPECT_EQ(taken.bad, bad);
    EXPECT_EQ(source.records(), said["records"].value<std::int64_t>());
    EXPECT_EQ(source.skipped(), said["skipped"].value_or(std::int64_t{0}));
    EXPECT_EQ(source.summary_rows(), said["summaries"].value_or(std::int64_t{0}));
    if (const auto* money = said["money"].as_table()) {
        const auto sum = [&](const char* name) {
            const auto found = taken.money.find(name);
            return found == taken.money.end() ? 0 : found->second;
        };
        const std::int64_t gross = sum("orders.amount"), refund = sum("orders.refunded") + sum("refunds.amount");
        const std::int64_t cost = sum("touches.cost");
        for (const auto& [name, value] : *money) {
            const std::int64_t is = name.str() == "gross"    ? gross
                                    : name.str() == "refund" ? refund
                                    : name.str() == "net"    ? gross - refund
                                                             : cost;
            EXPECT_EQ(money_text(is), *value.value<std::string>()) << name.str();
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Each, ShippedProfile, testing::ValuesIn(cases()), [](const auto& one) {
    std::string name = one.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST(ShippedProfiles, EachHasACase) {
    std::set<std::string> tested;
    for (const auto& name : cases()) tested.insert(profile_of(name));
    for (const auto& [name, profile] : shipped().all()) EXPECT_TRUE(tested.contains(name)) << name;
}

// Two profiles that fit one file and ask for as much would leave the choice to whoever imports.
TEST(ShippedProfiles, NoFileFitsTwoAlike) {
    for (const auto& name : cases()) {
        const toml::table said = toml::parse_file((folder / name / "case.toml").string());
        const auto reader = TableReader::open(folder / name / *said["file"].value<std::string>());
        std::map<std::size_t, std::vector<std::string>> fitting;
        for (int row = 0; row < 5 && fitting.empty(); ++row) {
            const HeaderNames names(reader->header());
            for (const auto& [other, profile] : shipped().all())
                if (std::ranges::all_of(profile.header, [&](const auto& column) { return names.find(column) >= 0; }))
                    fitting[profile.header.size()].push_back(other);
            if (fitting.empty() && !reader->next_header()) break;
        }
        ASSERT_FALSE(fitting.empty()) << name;
        EXPECT_THAT(fitting.rbegin()->second, testing::ElementsAre(profile_of(name))) << name;
    }
}

// What an export of orders books, and when, is told with each import.
TEST(ShippedProfiles, EachWithMoneyOfOrdersSaysHowItIsBooked) {
    for (const auto& [name, profile] : shipped().all()) {
        const bool has_money = std::ranges::any_of(
            profile.rules, [](const Rule& rule) { return rule.fact == Fact::orders || rule.fact == Fact::refunds; });
        EXPECT_EQ(has_money, profile.booking.has_value()) << name;
        if (!profile.booking) continue;
        for (const Note& note : profile.booking->notes())
            for (const Language language : {Language::zh, Language::en})
                EXPECT_TRUE(catalogue(language).has(note.id)) << note.id;
    }
}

TEST(ShippedProfiles, TheirPageNamesThem) {
    std::ifstream in(fs::path(SIYU_SOURCE_DIR) / "docs" / "profiles.md");
    const std::string page(std::istreambuf_iterator<char>(in), {});
    for (const auto& [name, profile] : shipped().all()) EXPECT_NE(page.find("| `" + name + "` |"), page.npos) << name;
}

}  // namespace
}  // namespace siyu
