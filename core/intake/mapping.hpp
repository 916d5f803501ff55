// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/zone.hpp"
#include "core/intake/profile.hpp"

namespace siyu {

// A row that is set aside: where it stands, what is wrong with it.
struct BadRow {
    std::int64_t line = 0;
    std::string column, value;  // as the file names it; empty where the whole row is wrong
    Note reason;
};

// The names of a header, as they are compared: the second column of a name is called `name#2`.
class HeaderNames {
  public:
    explicit HeaderNames(std::span<const std::string> header);
    // -1 where there is no such column.
    int find(std::string_view name) const;

  private:
    std::unordered_map<std::string, int> places_;
};

// One rule of a profile at work on one file: records of the source go in, rows of the fact come out.
class Mapping {
  public:
    enum class Gives { row, bad, kept, nothing };

    // The columns that the rule names and the header lacks are added to `missing`.
    Mapping(const Profile& profile, const Rule& rule, const HeaderNames& names, std::vector<std::string>& missing);

    Fact fact() const { return rule_->fact; }
    // `nothing`: the record is none of this rule's; `kept`: it waits for the end of the file.
    Gives take(std::span<const std::string_view> record, std::int64_t line);
    // After the last record: the next of the rows that were kept.
    bool next_kept();

    std::span<const std::string_view> cells() const { return cells_; }  // by column of the fact; until the next call
    std::int64_t line() const { return line_; }
    const BadRow& bad() const { return bad_; }
    // The column of the source that a column of the fact is made of; empty for a constant.
    std::string source_of(int column) const;

  private:
    struct Kept {
        std::int64_t line, rows;
        std::vector<std::string> cells;  // none: there is no row for this key
    };

    std::string_view value(std::span<const std::string_view> record, int place) const;
    bool passes(const std::vector<Rule::Condition>& conditions, const std::vector<int>& places,
                std::span<const std::string_view> record) const;
    bool add(const Sum& sum, std::span<const std::string_view> record, std::int64_t& fen, bool& any);
    bool check(std::span<const std::string_view> record);
    bool convert(std::span<const std::string_view> record);
    bool money(const Rule::Origin& origin, std::span<const std::string_view> record);
    void date(Type type, std::string& made, std::string_view& cell) const;
    bool settle(std::vector<std::string>& texts);
    bool wrong(std::string column, std::string_view value, Note reason);
    Gives keep(std::span<const std::string_view> record, bool gives_row);

    const Profile* profile_;
    const Rule* rule_;
    const FactKind* kind_;
    std::unordered_map<std::string, int> places_;  // of the columns that the rule names
    std::vector<int> when_, last_of_, last_when_;
    std::vector<std::string_view> cells_;
    std::vector<std::string> made_;  // the texts of cells that are not in the record as they are
    std::int64_t line_ = 0;
    BadRow bad_;
    Zone utc_{"UTC"};  // kept rows are only looked at for their form
    std::unordered_map<std::string, std::size_t> index_;
    std::vector<Kept> kept_;
    std::size_t next_kept_ = 0;
};

}  // namespace siyu
