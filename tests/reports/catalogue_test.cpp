// SPDX-License-Identifier: Apache-2.0
#include "core/base/catalogue.hpp"

#include <gtest/gtest.h>

#include <set>

namespace siyu {
namespace {

std::set<std::string> names_in(const std::string& sentence) {
    std::set<std::string> names;
    for (std::size_t at = sentence.find('{'); at != std::string::npos; at = sentence.find('{', at + 1))
        names.insert(sentence.substr(at, sentence.find('}', at) - at));
    return names;
}

TEST(ReportSentences, AreThereInBothLanguagesWithTheSameNames) {
    const Catalogue zh(Language::zh), en(Language::en);
    int seen = 0;
    for (const auto& [mine, theirs] : {std::pair{&zh, &en}, std::pair{&en, &zh}})
        for (const auto& [id, sentence] : mine->sentences()) {
            if (!id.starts_with("report.") && !id.starts_with("quality.")) continue;
            ++seen;
            const auto other = theirs->sentences().find(id);
            ASSERT_NE(other, theirs->sentences().end()) << id;
            EXPECT_EQ(names_in(sentence), names_in(other->second)) << id;
        }
    EXPECT_GT(seen, 600);
}

TEST(ReportSentences, EveryQualityNoteOfTheEngineHasOne) {
    const Catalogue zh(Language::zh);
    for (const char* id :
         {"refund_without_time", "total_row", "guide_over_one", "guide_unknown", "missing_day", "not_covered",
          "contacts_differ", "movement_broken", "joins_without_touches", "rejected", "spike", "cost_unknown"})
        EXPECT_TRUE(zh.has("quality." + std::string(id))) << id;
}

}  // namespace
}  // namespace siyu
