// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/intake/table.hpp"

namespace siyu {

// Callback events of WeCom, decrypted: one `<xml>…</xml>` behind the other, perhaps with a time in front. An element is
// a column by its name; what stands in it several times or deeper is joined by commas. A broken event is a broken
// record.
class EventReader final : public TableReader {
  public:
    explicit EventReader(File file, std::optional<Encoding> said = {});
    ~EventReader() override;

    std::string record() const override;
    std::uint64_t bytes_read() const override;
    std::uint64_t bytes_total() const override;

  private:
    class Documents;  // the text of the file, cut into events
    struct Event;     // the elements of one
    Found read() override;

    std::unique_ptr<Documents> documents_;
    std::unique_ptr<Event> event_;
    bool broken_ = false;
};

}  // namespace siyu
