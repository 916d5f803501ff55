// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace siyu {

enum class Encoding : std::uint8_t { utf8, gb18030, utf16le, utf16be };

std::string_view to_string(Encoding encoding);
// `utf-8`, `gb18030`, `gbk`, `utf-16le`, `utf-16be`; nothing for other texts.
std::optional<Encoding> parse_encoding(std::string_view text);

// A file that is read from front to back. A copy reads the same file from a place of its own.
class File {
  public:
    // Throws Error: wrong use where there is no such file, unreachable where it may not be read.
    explicit File(const std::filesystem::path& path);
    // A new file without a name in the file system, gone with its last copy; `name` is what people know it by. Throws
    // Error (unreachable) where none can be made.
    static File temporary(std::string name);

    // Up to `capacity` bytes; 0 only at the end.
    std::size_t read(char* into, std::size_t capacity);
    void seek(std::uint64_t place) { place_ = place; }
    // Adds to the end of a temporary file.
    void write(std::string_view bytes);
    std::uint64_t size() const { return size_; }
    std::uint64_t place() const { return place_; }
    const std::string& name() const { return name_; }

  private:
    class Handle;
    explicit File(std::string name) : name_(std::move(name)) {}

    std::string name_;
    std::shared_ptr<const Handle> handle_;
    std::uint64_t size_ = 0, place_ = 0;
};

struct Script {
    Encoding encoding = Encoding::utf8;
    std::uint64_t mark = 0;  // bytes of the byte order mark
};

// Reads the whole file once and says how it is written: by its byte order mark, else UTF-8 if all of it is, else
// GB18030; `said` stands for the last two. So a wrong byte on the last line is known before the first row is given out.
// Throws Error (refused) for what is no text, with the line where it breaks.
Script find_script(File& file, std::optional<Encoding> said = {});
inline Script find_script(const std::filesystem::path& path, std::optional<Encoding> said = {}) {
    File file(path);
    return find_script(file, said);
}

// Bytes in an encoding as UTF-8; nothing where they are no such text.
std::optional<std::string> converted(std::string_view bytes, Encoding from);

// The text of a file as UTF-8, in pieces, whatever it is written in.
class TextStream {
  public:
    TextStream(File file, Script script);
    ~TextStream();

    // Up to `capacity` (at least 16) bytes; 0 only at the end. Throws Error (refused) for bytes that are no characters.
    std::size_t read(char* into, std::size_t capacity);
    // Bytes of the file, for progress.
    std::uint64_t bytes_read() const { return file_.place(); }
    std::uint64_t bytes_total() const { return file_.size(); }

  private:
    struct Conversion;
    File file_;
    Script script_;
    std::unique_ptr<Conversion> conversion_;  // none for UTF-8
};

}  // namespace siyu
