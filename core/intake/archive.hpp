// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/intake/encoding.hpp"

namespace siyu {

// An entry of an archive grows to no more than this, nor to more than so many times its packed size.
inline constexpr std::uint64_t largest_entry = std::uint64_t{1} << 30;
inline constexpr std::uint64_t largest_growth = 400;

// A ZIP archive, read by Poco. The names of its entries are UTF-8, also where they are written in GBK.
class Archive {
  public:
    // The unpacked bytes of one entry, read from front to back.
    class Stream {
      public:
        Stream(const Archive& archive, std::string_view name);
        ~Stream();
        // Up to `capacity` bytes; 0 only at the end. Throws Error (refused) for broken data and for what grows too
        // much.
        std::size_t read(char* into, std::size_t capacity);
        std::uint64_t bytes_read() const { return given_; }
        std::uint64_t bytes_total() const;

      private:
        struct Unpacking;
        std::string archive_;
        std::uint64_t given_ = 0;
        std::unique_ptr<Unpacking> unpacking_;
    };

    // Throws Error (refused) where the file is no whole archive, or one that needs a password.
    explicit Archive(File file);
    ~Archive();
    Archive(Archive&&) noexcept;

    bool has(std::string_view name) const;
    // The files in it, in the order in which they stand there.
    std::vector<std::string> names() const;
    // All of them together, in bytes, as the archive says.
    std::uint64_t unpacked_size() const;
    // One of them, unpacked into a temporary file that people know as `六月.zip › 订单.csv`.
    File unpacked(const std::string& name) const;
    // Whether it is a workbook or another office document, and no archive that somebody packed.
    bool is_document() const;
    const std::string& file_name() const { return file_.name(); }

  private:
    struct Entries;
    File file_;
    std::unique_ptr<Entries> entries_;
};

}  // namespace siyu
