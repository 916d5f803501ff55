// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/facts/fact.hpp"
#include "core/intake/mapping.hpp"
#include "core/intake/profile.hpp"
#include "core/intake/table.hpp"

namespace siyu {

// What a file is: said by the user, or nothing and then known from the file.
struct Choice {
    std::optional<Fact> fact = {};
    std::string profile = {};
    // What the file does not say and its profile asks for: `guide_id` = `zhangsan`.
    std::map<std::string, std::string> given = {};
};

// A record that sums up others (合计), by its first cell that is not empty.
bool is_summary(std::span<const std::string_view> record);

// The rows of facts in one file, in a stream: a canonical file (docs/facts.md), or an export that a profile maps.
class FactSource {
  public:
    enum class Found { row, bad, end };
    struct Row {
        Fact fact = Fact::touches;
        std::int64_t line = 0;
        std::span<const std::string_view> cells;  // by column of kind_of(fact), as written; until the next call
    };
    // Left out.
    struct Summary {
        std::int64_t line;
        std::string text;
    };

    // Without a choice: a profile whose columns are all in the header, else the file's name (`2-joins.csv`,
    // `加粉.csv`), else the one fact whose needed columns are all in the header. Throws Error where that tells nothing,
    // where needed columns are missing and where the file is no table. `profiles` must outlive the source.
    FactSource(const TablePlace& place, const Choice& choice, const Profiles& profiles);

    Found next();
    const Row& row() const { return row_; }
    const BadRow& bad() const { return bad_; }
    // The record that the row or bad row came from, and the header, as lines of a UTF-8 CSV file without line end: put
    // one under the other and the file can be imported again in the same way. Rows that a profile
    // counted, and lines that it adds up, have none: imported alone they would stand for the whole.
    std::string record() const;
    std::string header_record() const { return reader_->header_record(); }
    // What the file calls a column of the present row's fact; the canonical name where the file has none.
    std::string column_title(int column) const;

    // A row that was set aside can be mended and taken in alone; else the rows of the file belong together.
    bool mends_by_rows() const;

    const Profile* profile() const { return profile_; }  // none for a canonical file
    const std::vector<Fact>& facts() const { return facts_; }
    const std::vector<std::string>& unknown_columns() const { return unknown_; }
    // Every record of the file is one of these: read for a fact, bad, left out by the profile, or a summary.
    std::int64_t records() const { return records_; }
    std::int64_t skipped() const { return skipped_; }  // no rule of the profile wanted them
    std::int64_t summary_rows() const { return summary_rows_; }
    const std::vector<Summary>& summaries() const { return summaries_; }  // the first ten

    std::uint64_t bytes_read() const { return reader_->bytes_read(); }
    std::uint64_t bytes_total() const { return reader_->bytes_total(); }

  private:
    // As it is called in what we say.
    std::string name() const;
    bool recognise(const Profiles& profiles);
    bool bind(const Profile& profile);
    bool bind(Fact fact);
    [[noreturn]] void refuse(const Profiles& profiles);
    void set_bad(std::string column, std::string_view value, Note reason);
    Found map();
    Found finish();

    TablePlace place_;
    Choice choice_;
    std::unique_ptr<TableReader> reader_;
    const Profile* profile_ = nullptr;
    std::vector<Fact> facts_;
    std::vector<Mapping> mappings_;
    std::size_t mapping_ = 0;        // the one whose turn it is with the present record
    const Mapping* from_ = nullptr;  // the one that gave the present row, or found it bad
    bool used_ = false, ended_ = false, has_record_ = false;
    std::vector<int> places_;  // of the columns of a canonical file
    std::vector<std::string_view> cells_;
    std::vector<std::string> unknown_;
    std::vector<std::string> missing_;
    Row row_;
    BadRow bad_;
    std::int64_t records_ = 0, skipped_ = 0, summary_rows_ = 0;
    std::vector<Summary> summaries_;
};

}  // namespace siyu
