// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/intake/encoding.hpp"

namespace siyu {

// An entry of an archive grows to no more than this, nor to more than so many times its packed size.
inline constexpr std::uint64_t largest_entry = std::uint64_t{1} << 30;
inline constexpr std::uint64_t largest_growth = 400;

// A ZIP archive, as its central directory lists it.
class Archive {
  public:
    struct Entry {
        std::uint64_t place = 0, packed = 0, size = 0;
        int method = 0;
    };
    // The unpacked bytes of one entry, read from front to back.
    class Stream {
      public:
        Stream(const std::filesystem::path& path, const Entry& entry);
        ~Stream();
        // Up to `capacity` bytes; 0 only at the end. Throws Error (refused) for broken data and for what grows too
        // much.
        std::size_t read(char* into, std::size_t capacity);
        std::uint64_t bytes_read() const;
        std::uint64_t bytes_total() const { return entry_.packed; }

      private:
        struct Inflation;
        std::filesystem::path path_;
        Entry entry_;
        std::unique_ptr<Inflation> inflation_;
    };

    // Throws Error (refused) where the file is no whole archive.
    explicit Archive(const std::filesystem::path& path);

    const Entry* find(std::string_view name) const;
    Stream open(const Entry& entry) const { return {path_, entry}; }

  private:
    std::filesystem::path path_;
    std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace siyu
