// SPDX-License-Identifier: Apache-2.0
#include "core/check/elf_symbols.hpp"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

#include "core/base/error.hpp"

namespace siyu {

namespace {

// The bytes of a file as structs; nothing is believed about offsets.
class Image {
  public:
    explicit Image(const std::filesystem::path& file) : file_(file) {
        std::ifstream in(file, std::ios::binary);
        bytes_.assign(std::istreambuf_iterator<char>(in), {});
    }
    template <class Struct>
    Struct at(std::uint64_t offset) const {
        if (offset > bytes_.size() || bytes_.size() - offset < sizeof(Struct)) damaged();
        Struct out;
        std::memcpy(&out, bytes_.data() + offset, sizeof out);
        return out;
    }
    std::string text(const Elf64_Shdr& strings, std::uint64_t index) const {
        const std::uint64_t end = std::min<std::uint64_t>(bytes_.size(), strings.sh_offset + strings.sh_size);
        if (index >= strings.sh_size || strings.sh_offset > bytes_.size() || strings.sh_offset + index >= end)
            damaged();
        const std::uint64_t begin = strings.sh_offset + index;
        const std::size_t zero = bytes_.find('\0', begin);
        if (zero == std::string::npos || zero >= end) damaged();
        return bytes_.substr(begin, zero - begin);
    }
    [[noreturn]] void damaged() const { throw Error(Error::refused, "check.no_symbols", {{"file", file_.string()}}); }

  private:
    const std::filesystem::path& file_;
    std::string bytes_;
};

class Sections {
  public:
    explicit Sections(const Image& image) : image_(image), header_(image.at<Elf64_Ehdr>(0)) {
        if (header_.e_shentsize != sizeof(Elf64_Shdr)) image.damaged();
    }
    Elf64_Shdr number(std::uint64_t number) const {
        if (number >= header_.e_shnum) image_.damaged();
        return image_.at<Elf64_Shdr>(header_.e_shoff + number * sizeof(Elf64_Shdr));
    }
    Elf64_Shdr of_type(std::uint32_t type) const {
        for (std::uint64_t i = 0; i < header_.e_shnum; ++i)
            if (const Elf64_Shdr section = number(i); section.sh_type == type) return section;
        image_.damaged();
    }

  private:
    const Image& image_;
    Elf64_Ehdr header_;
};

}  // namespace

std::string ElfSymbols::sanitizer() const {
    for (const std::string& library : libraries)
        if (library.find("asan") != std::string::npos) return library;
    return {};
}

ElfSymbols elf_symbols(const std::filesystem::path& file) {
    const Image image(file);
    const Sections sections(image);
    ElfSymbols found;
    const Elf64_Shdr symbols = sections.of_type(SHT_DYNSYM), names = sections.number(symbols.sh_link);
    for (std::uint64_t i = 1; i < symbols.sh_size / sizeof(Elf64_Sym); ++i) {
        const auto symbol = image.at<Elf64_Sym>(symbols.sh_offset + i * sizeof(Elf64_Sym));
        const unsigned bind = ELF64_ST_BIND(symbol.st_info);
        if (bind == STB_LOCAL) continue;
        if (symbol.st_shndx != SHN_UNDEF)
            found.offered.push_back(image.text(names, symbol.st_name));
        else if (bind != STB_WEAK)
            found.wanted.push_back(image.text(names, symbol.st_name));
    }
    const Elf64_Shdr dynamic = sections.of_type(SHT_DYNAMIC), strings = sections.number(dynamic.sh_link);
    for (std::uint64_t i = 0; i < dynamic.sh_size / sizeof(Elf64_Dyn); ++i) {
        const auto entry = image.at<Elf64_Dyn>(dynamic.sh_offset + i * sizeof(Elf64_Dyn));
        if (entry.d_tag == DT_NULL) break;
        if (entry.d_tag == DT_NEEDED) found.libraries.push_back(image.text(strings, entry.d_un.d_val));
    }
    std::sort(found.offered.begin(), found.offered.end());
    std::sort(found.wanted.begin(), found.wanted.end());
    return found;
}

}  // namespace siyu
