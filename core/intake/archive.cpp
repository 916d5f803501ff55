// SPDX-License-Identifier: Apache-2.0
#include "core/intake/archive.hpp"

#include <zlib.h>

#include <algorithm>
#include <vector>

#include "core/base/error.hpp"

namespace siyu {

namespace {

// Sizes and signatures of the ZIP format (APPNOTE 4.3).
constexpr std::size_t end_record = 22, central_record = 46, local_record = 30;
constexpr std::size_t longest_comment = 65535;
constexpr std::uint64_t largest_directory = std::uint64_t{16} << 20;
constexpr std::uint32_t end_signature = 0x06054B50, central_signature = 0x02014B50, local_signature = 0x04034B50;
constexpr int stored = 0, deflated = 8;
constexpr std::uint64_t growth_matters = std::uint64_t{64} << 20;

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

[[noreturn]] void broken(const std::filesystem::path& path) {
    throw Error(Error::refused, "intake.broken_archive", {{"file", path.string()}});
}

std::string read_at(File& file, std::uint64_t place, std::uint64_t size) {
    if (place > file.size() || size > file.size() - place) broken(file.path());
    file.seek(place);
    std::string bytes(size, '\0');
    for (std::size_t held = 0; held < bytes.size();) {
        const std::size_t got = file.read(bytes.data() + held, bytes.size() - held);
        if (got == 0) broken(file.path());
        held += got;
    }
    return bytes;
}

}  // namespace

Archive::Archive(const std::filesystem::path& path) : path_(path) {
    File file(path);
    const std::uint64_t tail_size = std::min<std::uint64_t>(file.size(), end_record + longest_comment);
    const std::string tail = read_at(file, file.size() - tail_size, tail_size);
    std::size_t end = tail.rfind("PK\x05\x06");
    if (end == std::string::npos || tail.size() - end < end_record || number(tail, end, 4) != end_signature)
        broken(path);
    const std::uint64_t size = number(tail, end + 12, 4);
    if (size > largest_directory) broken(path);
    const std::string directory = read_at(file, number(tail, end + 16, 4), size);
    for (std::size_t at = 0; at + central_record <= directory.size();) {
        if (number(directory, at, 4) != central_signature) broken(path);
        const std::size_t name = number(directory, at + 28, 2), extra = number(directory, at + 30, 2),
                          comment = number(directory, at + 32, 2);
        if (at + central_record + name > directory.size()) broken(path);
        Entry entry{number(directory, at + 42, 4), number(directory, at + 20, 4), number(directory, at + 24, 4),
                    static_cast<int>(number(directory, at + 10, 2))};
        // What an encrypted entry holds, nobody can read here.
        if (number(directory, at + 8, 2) & 1)
            throw Error(Error::refused, "intake.old_excel", {{"file", path.string()}});
        entries_.emplace(directory.substr(at + central_record, name), entry);
        at += central_record + name + extra + comment;
    }
}

const Archive::Entry* Archive::find(std::string_view name) const {
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : &found->second;
}

struct Archive::Stream::Inflation {
    File file;
    z_stream state{};
    std::vector<unsigned char> packed = std::vector<unsigned char>(std::size_t{64} * 1024);
    std::uint64_t left = 0, given = 0;
    bool inflating = false, ended = false;

    explicit Inflation(const std::filesystem::path& path) : file(path) {}
    ~Inflation() {
        if (inflating) ::inflateEnd(&state);
    }
    Inflation(const Inflation&) = delete;
    Inflation& operator=(const Inflation&) = delete;
};

Archive::Stream::Stream(const std::filesystem::path& path, const Entry& entry)
    : path_(path), entry_(entry), inflation_(std::make_unique<Inflation>(path)) {
    Inflation& z = *inflation_;
    const std::string local = read_at(z.file, entry.place, local_record);
    if (number(local, 0, 4) != local_signature) broken(path);
    const std::uint64_t data = entry.place + local_record + number(local, 26, 2) + number(local, 28, 2);
    if (data > z.file.size() || entry.packed > z.file.size() - data) broken(path);
    if (entry.method != stored && entry.method != deflated) broken(path);
    z.file.seek(data);
    z.left = entry.packed;
    if (entry.method == deflated) {
        // Negative: the bare stream, without a zlib head.
        if (::inflateInit2(&z.state, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
        z.inflating = true;
    }
}

Archive::Stream::~Stream() = default;

std::uint64_t Archive::Stream::bytes_read() const { return entry_.packed - inflation_->left; }

std::size_t Archive::Stream::read(char* into, std::size_t capacity) {
    Inflation& z = *inflation_;
    std::size_t got = 0;
    const auto take = [&](char* to, std::size_t most) {
        const std::size_t part = z.file.read(to, static_cast<std::size_t>(std::min<std::uint64_t>(most, z.left)));
        if (part == 0 && z.left > 0) broken(path_);
        z.left -= part;
        return part;
    };
    if (entry_.method == stored) {
        got = take(into, capacity);
    } else {
        z.state.next_out = reinterpret_cast<Bytef*>(into);
        z.state.avail_out = static_cast<uInt>(std::min<std::size_t>(capacity, largest_growth << 20));
        const uInt room = z.state.avail_out;
        while (!z.ended && z.state.avail_out == room) {
            if (z.state.avail_in == 0) {
                z.state.next_in = z.packed.data();
                z.state.avail_in = static_cast<uInt>(take(reinterpret_cast<char*>(z.packed.data()), z.packed.size()));
            }
            const int done = ::inflate(&z.state, Z_NO_FLUSH);
            if (done == Z_STREAM_END)
                z.ended = true;
            else if (done != Z_OK)
                broken(path_);
        }
        got = room - z.state.avail_out;
    }
    z.given += got;
    if (z.given > largest_entry || (z.given > growth_matters && z.given / largest_growth > entry_.packed))
        throw Error(Error::refused, "intake.archive_grows", {{"file", path_.string()}});
    return got;
}

}  // namespace siyu
