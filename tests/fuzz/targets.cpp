// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/targets.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "core/base/error.hpp"
#include "core/intake/cell.hpp"
#include "core/intake/source.hpp"
#include "core/intake/utf8.hpp"
#include "tests/intake/workbook.hpp"

namespace siyu::fuzz {

namespace {

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

// A file in memory, with a path.
class MemoryFile {
  public:
    explicit MemoryFile(std::string_view bytes) : number_(::memfd_create("fuzz", MFD_CLOEXEC)) {
        require(number_ >= 0, "a file in memory");
        while (!bytes.empty()) {
            const auto done = ::write(number_, bytes.data(), bytes.size());
            require(done > 0, "writing to memory");
            bytes.remove_prefix(static_cast<std::size_t>(done));
        }
    }
    ~MemoryFile() { ::close(number_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(number_); }

  private:
    int number_;
};

template <typename Call>
void read_or_refuse(Call call) {
    try {
        call();
    } catch (const Error& error) {
        require(!error.note().id.empty(), "a refusal says why");
    }
}

void read_table(const TablePlace& place) {
    const auto reader = TableReader::open(place);
    require(is_utf8(reader->header_record()), "the header is UTF-8");
    for (auto found = reader->next(); found != TableReader::Found::end; found = reader->next()) {
        require(is_utf8(reader->record()), "a record is UTF-8");
        require(reader->line() >= 0, "a line has a number");
        if (found == TableReader::Found::broken)
            require(!reader->fault().id.empty(), "a broken record says why");
        else
            require(reader->cells().size() == reader->header().size(), "as many cells as columns");
        require(reader->bytes_read() <= reader->bytes_total(), "no more is read than there is");
    }
}

void read_source(const TablePlace& place, const Choice& choice, const Profiles& profiles) {
    static const Zone zone("Asia/Shanghai");
    FactSource source(place, choice, profiles);
    std::string scratch;
    for (auto found = source.next(); found != FactSource::Found::end; found = source.next()) {
        require(is_utf8(source.record()), "a record is UTF-8");
        if (found == FactSource::Found::bad) {
            require(!source.bad().reason.id.empty(), "a bad row says why");
            require(is_utf8(source.bad().value) && source.bad().value.size() < 200, "a bad value can be shown");
            continue;
        }
        const FactKind& kind = kind_of(source.row().fact);
        require(source.row().cells.size() == kind.columns.size(), "a cell for each column");
        for (std::size_t i = 0; i < kind.columns.size(); ++i) {
            Cell cell;
            parse_cell(kind.columns[i], source.row().cells[i], zone, scratch, cell);
            require(is_utf8(cell.text), "a cell is UTF-8");
        }
    }
    require(source.skipped() + source.summary_rows() <= source.records(), "no row is counted twice");
}

}  // namespace

void table(std::string_view bytes) {
    const MemoryFile file(bytes);
    read_or_refuse([&] {
        for (const TablePlace& place : tables_in(file.path())) read_or_refuse([&] { read_table(place); });
    });
}

void archive(std::string_view bytes) {
    constexpr std::array<const char*, 4> names{"a.csv", "\xB6\xA9\xB5\xA5.json", "../b.xml", "c"};
    if (bytes.empty()) return;
    Zip zip;
    const auto how = static_cast<unsigned char>(bytes[0]);
    zip.add(names[how % names.size()], std::string(bytes.substr(1)), how & 0x10, how & 0x20);
    zip.add("z/d.csv", "id\n1\n");
    table(zip.bytes());
}

void sheet(std::string_view bytes) {
    const std::size_t nul = bytes.find('\0');
    const std::string rows(bytes.substr(0, nul));
    const std::string strings(nul == std::string_view::npos ? "" : bytes.substr(nul + 1));
    table(Workbook{rows, strings, rows.size() % 2 == 1, strings.size() % 2 == 1, ""}.bytes());
}

void profile(std::string_view bytes) {
    read_or_refuse([&] { Profile::parse(bytes, "fuzz.toml"); });
}

void source(std::string_view bytes) {
    static const Profiles profiles;
    const MemoryFile file(bytes);
    std::vector<TablePlace> places;
    read_or_refuse([&] { places = tables_in(file.path()); });
    for (const TablePlace& place : places) {
        read_or_refuse([&] { read_source(place, {}, profiles); });
        // All of them for each input would be slow: the length says which one.
        const auto& [name, shipped] =
            *std::next(profiles.all().begin(), static_cast<std::ptrdiff_t>(bytes.size() % profiles.all().size()));
        Choice choice;
        choice.profile = name;
        for (const auto& given : shipped.given) choice.given[given.name] = "g1";
        read_or_refuse([&] { read_source(place, choice, profiles); });
    }
}

}  // namespace siyu::fuzz
