// SPDX-License-Identifier: Apache-2.0
#include "core/intake/archive.hpp"

#include <Poco/Exception.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>

#include <fstream>

#include "core/base/error.hpp"

namespace siyu {

namespace {

// Small entries may grow as they like.
constexpr std::uint64_t growth_matters = std::uint64_t{64} << 20;

[[noreturn]] void broken(const std::filesystem::path& path) {
    throw Error(Error::refused, "intake.broken_archive", {{"file", path.string()}});
}

}  // namespace

struct Archive::Entries {
    std::map<std::string, Poco::Zip::ZipLocalFileHeader, std::less<>> by_name;
};

Archive::Archive(const std::filesystem::path& path) : path_(path), entries_(std::make_unique<Entries>()) {
    std::ifstream file(path, std::ios::binary);
    try {
        const Poco::Zip::ZipArchive archive(file);
        for (auto entry = archive.headerBegin(); entry != archive.headerEnd(); ++entry)
            entries_->by_name.emplace(entry->first, entry->second);
        // The list of entries stands at the end: without it the file was cut.
        if (archive.fileInfoBegin() == archive.fileInfoEnd()) broken(path);
    } catch (const Poco::Exception&) {
        broken(path);
    }
    // What an encrypted entry holds, nobody can read here.
    for (const auto& [name, entry] : entries_->by_name)
        if (entry.isEncrypted()) throw Error(Error::refused, "intake.old_excel", {{"file", path.string()}});
}

Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;

bool Archive::has(std::string_view name) const { return entries_->by_name.contains(name); }

struct Archive::Stream::Unpacking {
    const Poco::Zip::ZipLocalFileHeader header;
    std::ifstream file;
    Poco::Zip::ZipInputStream stream;

    Unpacking(const std::filesystem::path& path, const Poco::Zip::ZipLocalFileHeader& entry)
        : header(entry), file(path, std::ios::binary), stream(file, header, true) {}
};

Archive::Stream::Stream(const Archive& archive, std::string_view name) : path_(archive.path_) {
    try {
        unpacking_ = std::make_unique<Unpacking>(path_, archive.entries_->by_name.find(name)->second);
    } catch (const Poco::Exception&) {
        broken(path_);
    }
}

Archive::Stream::~Stream() = default;

std::uint64_t Archive::Stream::bytes_total() const { return unpacking_->header.getUncompressedSize(); }

std::size_t Archive::Stream::read(char* into, std::size_t capacity) {
    std::istream& stream = unpacking_->stream;
    if (!stream) return 0;
    try {
        stream.exceptions(std::ios::badbit);
        stream.read(into, static_cast<std::streamsize>(capacity));
    } catch (const std::exception&) {
        broken(path_);
    }
    const auto got = static_cast<std::size_t>(stream.gcount());
    given_ += got;
    if (given_ > largest_entry ||
        (given_ > growth_matters && given_ / largest_growth > unpacking_->header.getCompressedSize()))
        throw Error(Error::refused, "intake.archive_grows", {{"file", path_.string()}});
    // Cut short, it ends without a word.
    if (got == 0 && given_ < bytes_total()) broken(path_);
    return got;
}

}  // namespace siyu
