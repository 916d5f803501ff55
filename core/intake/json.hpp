// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/intake/table.hpp"

namespace siyu {

// JSON, one document or one a line. Rows are the objects of the outermost array of objects, the first of several; a
// document without one is a row itself. Columns are paths in the row (`data.chat_total`), then those of what stands
// around the rows (`errcode`), the same in each. Arrays of plain values are joined by commas, arrays of objects in a
// row are left out, null is empty, numbers keep their digits.
class JsonReader final : public TableReader {
  public:
    // Throws Error (refused) where the file's only document is broken or tells of an error. Of several lines such a one
    // is a broken record.
    explicit JsonReader(File file, std::optional<Encoding> said = {});
    ~JsonReader() override;

    std::string record() const override;
    std::uint64_t bytes_read() const override;
    std::uint64_t bytes_total() const override;

  private:
    struct Parts;  // the text, the present document, the present row
    Found read() override;
    Found next_document();
    Found next_row();
    void set_broken(const Note& why, std::uint64_t begin, std::uint64_t end);

    std::unique_ptr<Parts> parts_;
    bool lines_ = false;   // one document a line
    bool inside_ = false;  // rows of the document may still come
    std::string broken_;   // the text of a broken record
};

}  // namespace siyu
