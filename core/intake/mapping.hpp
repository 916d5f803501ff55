// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/zone.hpp"
#include "core/intake/header_names.hpp"
#include "core/intake/kept_rows.hpp"
#include "core/intake/lost_digits.hpp"
#include "core/intake/profile.hpp"
#include "core/intake/rule_columns.hpp"

namespace siyu {

// A row that is set aside: where it stands, what is wrong with it.
struct BadRow {
    std::int64_t line = 0;
    std::string column, value;  // as the file names it; empty where the whole row is wrong
    Note reason;
};

// One rule of a profile at work on one file: records of the source go in, rows of the fact come out.
class Mapping {
  public:
    enum class Gives { row, bad, kept, nothing };

    // The columns that the rule names and the header lacks are added to `missing`. Where none is missing, throws Error:
    // refused, where something has to be given that is not, or where several columns fit a pattern; wrong use, where
    // something is given that the profile does not ask for. Refused too for a column that nobody filled in yet.
    Mapping(const Profile& profile, const Rule& rule, const HeaderNames& names, const Given& given,
            std::vector<std::string>& missing);

    Fact fact() const { return rule_->fact; }
    // Records belong together: one alone says something else.
    bool adds_up() const { return rule_->keep != Rule::Keep::nothing; }
    // `nothing`: the record is none of this rule's; `kept`: it waits for the end of the file.
    Gives take(std::span<const std::string_view> record, std::int64_t line);
    // The record has more rows: take() it again.
    bool more() const { return part_ > 0; }
    // After the last record: the next of the rows that were kept, or bad; `nothing` after the last.
    Gives next_kept();

    std::span<const std::string_view> cells() const { return cells_; }  // by column of the fact; until the next call
    std::int64_t line() const { return line_; }
    const BadRow& bad() const { return bad_; }
    // The column of the source that a column of the fact is made of; empty for a constant.
    std::string source_of(int column) const;

  private:
    using Record = std::span<const std::string_view>;

    std::string_view value(Record record, const HeaderNames::Places& places) const;
    const HeaderNames::Places& places(const std::string& column) const { return columns_.places(column); }
    void refuse_unfilled() const;
    bool passes(const std::vector<Rule::Condition>& conditions, Record record) const;
    bool split(Record record);
    bool add(const Sum& sum, Record record, std::int64_t& fen, bool& any);
    bool check(Record record);
    bool convert(Record record);
    bool spread(Record record);
    bool money(const Rule::Origin& origin, Record record);
    bool text(const Rule::Origin& origin, Record record);
    bool reword(const Rule::Origin& origin, std::string& made, std::string_view& cell);
    bool translate(const Rule::Origin& origin, std::string_view& cell);
    bool whole_id(std::size_t column, std::string_view id, const std::string& title);
    void date(Type type, std::string& made, std::string_view& cell) const;
    bool in_key(int column) const;
    std::optional<Note> settle(int column, std::string_view cell, std::string& text) const;
    bool settle(std::vector<std::string>& texts);
    bool wrong(std::string column, std::string_view value, Note reason);
    std::string key(const std::vector<std::string>& columns, Record record) const;
    std::string group(Record record);
    Gives keep(Record record);

    const Profile* profile_;
    const Rule* rule_;
    const FactKind* kind_;
    RuleColumns columns_;

    std::size_t part_ = 0, parts_ = 1;  // the next of the rows of this record, and how many they are
    std::vector<std::string_view> items_;
    std::string_view item_;
    const RuleColumns::Spread* spread_column_ = nullptr;
    int each_place_ = -1;
    std::vector<std::string_view> cells_;
    std::vector<std::string> made_;  // the texts of cells that are not in the record as they are
    std::int64_t line_ = 0;
    BadRow bad_;
    std::vector<LostDigits> lost_digits_;       // by column of the fact
    std::vector<const Rule::Origin*> keep_by_;  // what columns of the fact's key are made of Rule::keep_by; or none
    Zone utc_{"UTC"};                           // kept rows are only looked at for their form
    KeptRows kept_;
    KeptRows::Row kept_row_;
};

}  // namespace siyu
