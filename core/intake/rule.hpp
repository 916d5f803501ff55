// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/facts/fact.hpp"

namespace siyu {

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
        enum class Test { empty, not_empty, equals, not_equals, starts_with, contains, not_contains, min_length };
        std::string column;
        Test test;
        std::vector<std::string> values = {};
        std::int64_t length = 0;  // in characters
    };
    // Where a column of the fact comes from.
    struct Origin {
        int column;                                     // of the fact
        std::optional<std::string> constant = {};       // else
        Sum sum = {};                                   // one term alone is any text, several are money
        std::string given = {};                         // else, or without such a column, what whoever imports says
        std::string prefix = {};                        // what whoever imports says, in front of the text
        std::vector<std::string> units = {};            // one is left out where it stands behind the value
        bool in_fen = false;                            // the source counts in fen
        bool zero_is_empty = false;                     // 0 says that there is nothing
        std::map<std::string, std::string> words = {};  // words of the source -> words of the fact; `*`: any other
    };
    // Two sums that are the same in every good row, or the left one is no more than the right one.
    struct Check {
        Sum left, right;
        bool at_most = false;
    };
    // A cell that lists several: each of them makes a row.
    struct EachOf {
        std::string column, separator;
    };
    // Columns named by a month or a day: each of them makes a row.
    struct Spread {
        std::vector<std::string> formats;  // of the names of these columns
        std::string year;                  // what whoever imports says, for formats without year
        int name = -1, value = -1;         // columns of the fact that get the column's name and the cell
        std::string by;                    // a column of the source whose word says what the cell is ...
        std::map<std::string, int> into;   // ... and which column of the fact gets it
    };
    // What becomes of rows that wait for the end of the file. Merged: those of one key become one, each saying a part.
    enum class Keep { nothing, count, last, sum, merge, difference };

    Fact fact = Fact::touches;
    std::vector<Condition> when;
    std::vector<Origin> origins;
    std::vector<Check> checks;
    std::optional<EachOf> each_of;
    std::optional<Spread> spread;
    Keep keep = Keep::nothing;
    int count = -1;                       // the column that gets the number of rows alike in all others
    std::vector<std::string> keep_by;     // source columns: rows alike in them are one (last, sum)
    std::vector<Condition> last_when;     // the last row becomes a fact only when it passes these
    std::vector<int> once;                // columns that each row repeats and that are not added up
    std::vector<std::string> told_apart;  // source columns by which the rows of one sum differ
    std::vector<int> differences;         // columns that the source gives as totals up to that day
};

}  // namespace siyu
