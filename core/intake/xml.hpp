// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/intake/archive.hpp"

namespace siyu {

// Reads an XML entry of an archive from front to back and tells the derived class what it meets. Names come without
// their prefix. A handler may pause the reading.
class XmlReader {
  public:
    XmlReader(const Archive& archive, std::string_view entry);
    virtual ~XmlReader();

    // Goes on until the next pause; false at the end of the document. Throws Error (refused) for what is no XML.
    bool read();
    std::uint64_t bytes_read() const { return stream_.bytes_read(); }
    std::uint64_t bytes_total() const { return stream_.bytes_total(); }

  protected:
    class Attributes {
      public:
        explicit Attributes(const char** pairs) : pairs_(pairs) {}
        // By its name without prefix; nothing where it is missing.
        std::optional<std::string_view> find(std::string_view name) const;

      private:
        const char** pairs_;
    };
    virtual void opened(std::string_view name, const Attributes& attributes) = 0;
    virtual void closed(std::string_view name) = 0;
    virtual void text(std::string_view text) = 0;
    void pause();

  private:
    struct Parser;
    std::string file_;
    Archive::Stream stream_;
    std::unique_ptr<Parser> parser_;
};

}  // namespace siyu
