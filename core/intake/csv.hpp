// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/intake/table.hpp"

namespace siyu {

// A CSV file (RFC 4180) as spreadsheets and shops write it: comma, semicolon or tab, as the header says; lines end with
// LF, CRLF or CR, as the first one does. A line that begins with # and has at most half as many cells as the header is
// a remark and skipped.
class CsvReader final : public TableReader {
  public:
    explicit CsvReader(File file, std::optional<Encoding> said = {});
    explicit CsvReader(const std::filesystem::path& path) : CsvReader(File(path)) {}

    std::string record() const override;
    std::uint64_t bytes_read() const override {
        // A converted text may be longer than its bytes.
        const std::uint64_t taken = text_.bytes_read(), held = end_ - begin_;
        return taken > held ? taken - held : 0;
    }
    std::uint64_t bytes_total() const override { return text_.bytes_total(); }

  private:
    enum class Shape { whole, cut, stray };  // a record; the end is not in the buffer; text behind a closing quote

    std::size_t first_plain_line() const;
    void learn_signs(std::size_t from);
    void skip_remarks(std::size_t plain);
    bool fill();
    std::size_t find(char sign, std::size_t from) const;
    Found read() override;
    void split_plain(std::size_t end);
    Shape measure(std::size_t& end) const;
    void split_quoted(std::size_t end);
    void consume(std::size_t end);
    Found skip_oversized();
    Found recover();

    std::string name_;
    TextStream text_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0, end_ = 0;  // what is in the buffer and not yet given out
    std::size_t quote_ = 0;            // the first quote from begin_ on, end_ if there is none
    bool ended_ = false;
    char comma_ = ',', line_end_ = '\n';
    std::int64_t next_line_ = 1;
    std::string_view broken_;  // the text of a broken record
    std::string oversized_;    // the beginning of one that was too large
};

}  // namespace siyu
