// SPDX-License-Identifier: Apache-2.0
#include "core/intake/archive.hpp"

#include <Poco/Exception.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>

#include <algorithm>
#include <istream>
#include <map>
#include <streambuf>

#include "core/base/error.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

// Small entries may grow as they like.
constexpr std::uint64_t growth_matters = std::uint64_t{64} << 20;
constexpr std::size_t piece = std::size_t{64} * 1024;

[[noreturn]] void broken(const std::string& archive) {
    throw Error(Error::refused, "intake.broken_archive", {{"file", archive}});
}

// A file as Poco reads it.
class FileBuffer final : public std::streambuf {
  public:
    explicit FileBuffer(File file) : file_(std::move(file)), bytes_(piece) { file_.seek(0); }

  private:
    int_type underflow() override {
        const std::size_t got = file_.read(bytes_.data(), bytes_.size());
        setg(bytes_.data(), bytes_.data(), bytes_.data() + got);
        return got > 0 ? traits_type::to_int_type(*gptr()) : traits_type::eof();
    }
    pos_type seekoff(off_type by, std::ios::seekdir from, std::ios::openmode) override {
        const auto behind = static_cast<off_type>(file_.place());  // what the buffer holds ends there
        off_type to = by;
        if (from == std::ios::cur) to += behind - (egptr() - gptr());
        if (from == std::ios::end) to += static_cast<off_type>(file_.size());
        if (to < 0) return off_type{-1};
        if (to <= behind && to >= behind - (egptr() - eback())) {
            setg(eback(), egptr() - (behind - to), egptr());
        } else {
            file_.seek(static_cast<std::uint64_t>(to));
            setg(bytes_.data(), bytes_.data(), bytes_.data());
        }
        return to;
    }
    pos_type seekpos(pos_type to, std::ios::openmode mode) override { return seekoff(to, std::ios::beg, mode); }
    int_type pbackfail(int_type) override {
        return seekoff(-1, std::ios::cur, std::ios::in) == pos_type(-1) ? traits_type::eof() : sgetc();
    }

    File file_;
    std::vector<char> bytes_;
};

// Programs in China write names in GBK and say nothing of it; what is neither is shown as far as it is ASCII.
std::string readable(const std::string& name) {
    std::string text = is_utf8(name) ? name : converted(name, Encoding::gb18030).value_or("");
    if (text.empty())
        for (const char c : name) text += static_cast<unsigned char>(c) < 0x80 ? c : '?';
    std::replace_if(
        text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }, '?');
    return text;
}

}  // namespace

struct Archive::Entries {
    struct Entry {
        Poco::Zip::ZipLocalFileHeader header;
        std::uint64_t packed, size;  // from the list at the end: the head of a streamed entry has none
    };
    std::map<std::string, Entry, std::less<>> by_name;
};

Archive::Archive(File file) : file_(std::move(file)), entries_(std::make_unique<Entries>()) {
    FileBuffer bytes(file_);
    std::istream stream(&bytes);
    stream.exceptions(std::ios::badbit);
    try {
        const Poco::Zip::ZipArchive archive(stream);
        // The list of entries stands at the end: without it the file was cut.
        if (archive.fileInfoBegin() == archive.fileInfoEnd()) broken(file_name());
        for (auto listed = archive.fileInfoBegin(); listed != archive.fileInfoEnd(); ++listed) {
            const auto header = archive.findHeader(listed->first);
            // Poco looks at the last character of a name, also where there is none.
            if (header == archive.headerEnd() || listed->first.empty()) broken(file_name());
            Entries::Entry entry{header->second, listed->second.getCompressedSize(),
                                 listed->second.getUncompressedSize()};
            if (!entries_->by_name.emplace(readable(listed->first), std::move(entry)).second) broken(file_name());
        }
    } catch (const Poco::Exception&) {
        broken(file_name());
    } catch (const std::ios::failure&) {
        broken(file_name());
    }
    // What an encrypted entry holds, nobody can read here.
    for (const auto& [name, entry] : entries_->by_name)
        if (entry.header.isEncrypted())
            throw Error(Error::refused, "intake.encrypted_archive", {{"file", file_name()}, {"entry", name}});
}

Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;

bool Archive::has(std::string_view name) const { return entries_->by_name.contains(name); }

std::vector<std::string> Archive::names() const {
    std::vector<std::pair<std::streamoff, std::string>> placed;
    for (const auto& [name, entry] : entries_->by_name)
        if (!entry.header.isDirectory()) placed.emplace_back(entry.header.getStartPos(), name);
    std::sort(placed.begin(), placed.end());
    std::vector<std::string> names;
    for (auto& [place, name] : placed) names.push_back(std::move(name));
    return names;
}

std::uint64_t Archive::unpacked_size() const {
    std::uint64_t all = 0;
    for (const auto& [name, entry] : entries_->by_name) all += std::min(entry.size, largest_entry + 1);
    return all;
}

File Archive::unpacked(const std::string& name) const {
    Stream stream(*this, name);
    File file = File::temporary(file_name() + " › " + name);
    std::vector<char> bytes(piece);
    while (const std::size_t got = stream.read(bytes.data(), bytes.size())) file.write({bytes.data(), got});
    return file;
}

bool Archive::is_document() const { return has("[Content_Types].xml") || has("_rels/.rels") || has("xl/workbook.xml"); }

struct Archive::Stream::Unpacking {
    const Entries::Entry entry;
    FileBuffer bytes;
    std::istream file;
    Poco::Zip::ZipInputStream stream;

    Unpacking(File archive, Entries::Entry from)
        : entry(std::move(from)), bytes(std::move(archive)), file(&bytes), stream(file, entry.header, true) {}
};

Archive::Stream::Stream(const Archive& archive, std::string_view name) : archive_(archive.file_name()) {
    const auto entry = archive.entries_->by_name.find(name);
    if (entry == archive.entries_->by_name.end())
        throw Error(Error::refused, "intake.no_entry", {{"file", archive_}, {"entry", std::string(name)}});
    try {
        unpacking_ = std::make_unique<Unpacking>(archive.file_, entry->second);
    } catch (const Poco::Exception&) {
        broken(archive_);
    }
}

Archive::Stream::~Stream() = default;

std::uint64_t Archive::Stream::bytes_total() const { return unpacking_->entry.size; }

std::size_t Archive::Stream::read(char* into, std::size_t capacity) {
    std::istream& stream = unpacking_->stream;
    if (!stream) return 0;
    try {
        stream.exceptions(std::ios::badbit);
        stream.read(into, static_cast<std::streamsize>(capacity));
    } catch (const Error&) {
        throw;
    } catch (const std::exception&) {
        broken(archive_);
    }
    const auto got = static_cast<std::size_t>(stream.gcount());
    given_ += got;
    if (given_ > largest_entry || (given_ > growth_matters && given_ / largest_growth > unpacking_->entry.packed))
        throw Error(Error::refused, "intake.archive_grows", {{"file", archive_}});
    // Cut short, it ends without a word.
    if (got == 0 && given_ < bytes_total()) broken(archive_);
    return got;
}

}  // namespace siyu
