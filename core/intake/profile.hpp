// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/facts/fact.hpp"
#include "core/intake/encoding.hpp"

namespace siyu {

// A sentence that a profile brings along, in both languages.
struct Sentence {
    std::string zh, en;

    const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
};

// Money out of columns of the source: their sum with signs, an empty one being nothing.
struct Sum {
    struct Term {
        bool minus;
        std::string column;
    };
    std::vector<Term> terms;

    std::string text() const;  // `总金额 - 退款金额`, for reasons
};

// How one fact is made of the rows of a source (docs/profiles.md).
struct Rule {
    // Picks rows by one of their columns.
    struct Condition {
        enum class Test { empty, not_empty, equals, not_equals };
        std::string column;
        Test test;
        std::vector<std::string> values;
    };
    // Where a column of the fact comes from.
    struct Origin {
        int column;                                // of the fact
        std::optional<std::string> constant;       // else
        Sum sum;                                   // one term alone is any text, several are money
        bool in_fen = false;                       // the source counts in fen
        bool zero_is_empty = false;                // 0 says that there is nothing
        std::map<std::string, std::string> words;  // words of the source -> words of the fact
    };
    // Two sums that are the same in every good row.
    struct Check {
        Sum left, right;
    };

    Fact fact = Fact::touches;
    std::vector<Condition> when;
    std::vector<Origin> origins;
    std::vector<Check> checks;
    int count = -1;                    // the column that gets the number of rows alike in all others
    std::vector<std::string> last_of;  // of the rows alike in these source columns only the last counts,
    std::vector<Condition> last_when;  // and that one only when it passes these
};

// A file that tells siyu how to read the exports of one source.
struct Profile {
    std::string name;
    Sentence title, description;
    std::optional<Encoding> encoding;
    std::vector<std::string> header;  // a file with all of these is one of this source
    std::vector<std::string> dates;   // `%m/%d/%Y`, tried before the forms of facts.md
    std::vector<std::string> empty;   // texts that stand for an empty cell: `-`, `null`
    std::vector<Rule> rules;
    std::vector<Sentence> notes;  // what the user must know of every import

    // Throws Error (refused) that names file and place for anything that is not right in it.
    static Profile parse(std::string_view toml, const std::string& file);
};

// The profiles that are built in and those of the folders given; a later one of the same name replaces an earlier one.
class Profiles {
  public:
    explicit Profiles(std::span<const std::filesystem::path> folders = {});

    const Profile* find(std::string_view name) const;
    // Throws Error (wrong use) with the names that there are.
    const Profile& get(std::string_view name) const;
    const std::map<std::string, Profile, std::less<>>& all() const { return profiles_; }

  private:
    std::map<std::string, Profile, std::less<>> profiles_;
};

}  // namespace siyu
