// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>

#include "core/intake/json_walker.hpp"

// How a JSON document is a table.
namespace siyu {

// The names of columns, in the order in which they were met.
class JsonColumns {
  public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::size_t add(std::string_view name);
    std::size_t find(std::string_view name) const;
    const std::vector<std::string>& names() const { return names_; }
    std::size_t bytes() const { return bytes_; }

  private:
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::size_t> places_;
    std::size_t bytes_ = 0;
};

// Values by their columns, in one text.
class JsonCells {
  public:
    void clear();
    // False where there is a value already and this is no further one of the same array: those are joined by commas.
    bool put(std::size_t column, std::string_view text, bool again);
    std::string_view at(std::size_t column) const;
    std::size_t bytes() const { return all_.size(); }

  private:
    struct Place {
        std::size_t begin = 0, size = 0;
        bool taken = false;
    };
    std::string all_;
    std::vector<Place> places_;
};

// An object that is a row.
class JsonRow final : public JsonWalker {
  public:
    using JsonWalker::JsonWalker;

    JsonColumns columns;  // those that are wanted
    JsonCells cells;
    Note wrong;  // with this row alone

    // Reads the object that the text stands before.
    bool take();

  private:
    void entered(bool array) override;
    void left(const Frame& frame) override;
    void value(std::string_view path, std::string_view text, bool again) override;

    std::size_t hidden_ = 0;  // how many frames there are in what is left out; 0 outside of it
};

// A document, looked through from front to back: what stands around its rows, and where they are.
class JsonDocument final : public JsonWalker {
  public:
    using JsonWalker::JsonWalker;

    JsonColumns around;                          // of all documents that were read
    JsonCells cells;                             // by column of `around`
    JsonColumns columns;                         // of the rows
    bool has_array = false;                      // else the document is a row itself
    bool is_empty = false;                       // it has neither
    std::uint64_t begin = 0, rows = 0, end = 0;  // where it begins, its rows (behind the bracket), and what follows
    std::int64_t line = 0, rows_line = 0, end_line = 0;

    // Reads the document that the text stands before. False where it is broken or tells of an error.
    bool take();

  private:
    void entered(bool array) override;
    void left(const Frame& frame) override;
    void value(std::string_view path, std::string_view text, bool again) override;
    bool conclude();

    JsonColumns columns_;  // of the values outside of the rows
    JsonCells values_;
    std::size_t best_ = JsonColumns::none;  // how many frames lead into the array of the rows, it included
    std::size_t hidden_ = 0, row_ = 0;      // how many frames there are in what is left out and in the row; 0 outside
    std::size_t row_path_ = 0;              // how much of a path leads to the row
    std::uint64_t place_ = 0;               // behind the bracket of the last array
    std::int64_t place_line_ = 1;
    bool inside_ = false, has_empty_ = false, root_is_array_ = false, good_ = false;
};

}  // namespace siyu
