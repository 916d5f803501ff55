// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace siyu {

// An entry of an archive grows to no more than this, nor to more than so many times its packed size.
inline constexpr std::uint64_t largest_entry = std::uint64_t{1} << 30;
inline constexpr std::uint64_t largest_growth = 400;

// A ZIP archive, read by Poco.
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
        std::filesystem::path path_;
        std::uint64_t given_ = 0;
        std::unique_ptr<Unpacking> unpacking_;
    };

    // Throws Error (refused) where the file is no whole archive, or one that needs a password.
    explicit Archive(const std::filesystem::path& path);
    ~Archive();
    Archive(Archive&&) noexcept;

    bool has(std::string_view name) const;

  private:
    struct Entries;
    std::filesystem::path path_;
    std::unique_ptr<Entries> entries_;
};

}  // namespace siyu
