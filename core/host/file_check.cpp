// SPDX-License-Identifier: Apache-2.0
#include <elf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cstring>
#include <fstream>

#include "core/base/error.hpp"
#include "core/host/plugin_file.hpp"

namespace siyu {

namespace {

#if defined(__x86_64__)
constexpr Elf64_Half machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half machine = EM_AARCH64;
#elif defined(__riscv)
constexpr Elf64_Half machine = EM_RISCV;
#elif defined(__powerpc64__)
constexpr Elf64_Half machine = EM_PPC64;
#elif defined(__s390x__)
constexpr Elf64_Half machine = EM_S390;
#elif defined(__loongarch__)
constexpr Elf64_Half machine = 258;
#else
#error "say which ELF machine this is"
#endif
static_assert(sizeof(void*) == 8, "siyu is a 64-bit program");

constexpr unsigned char byte_order = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;

std::string machine_name(unsigned number) {
    switch (number) {
        case EM_386: return "i386";
        case EM_X86_64: return "x86-64";
        case EM_ARM: return "ARM";
        case EM_AARCH64: return "ARM64";
        case EM_RISCV: return "RISC-V";
        case EM_PPC64: return "POWER";
        case EM_S390: return "s390x";
        case 258: return "LoongArch";
        default: return "ELF " + std::to_string(number);
    }
}

// Nothing where the file ends before.
template <class Header>
bool read(std::ifstream& in, std::uint64_t offset, Header& header) {
    in.seekg(static_cast<std::streamoff>(offset));
    in.read(reinterpret_cast<char*>(&header), sizeof header);
    return in.gcount() == sizeof header;
}

void check_owner(const std::filesystem::path& file, const struct stat& status) {
    const auto refuse = [&file](const char* id, std::string what) {
        throw Error(Error::refused, id, {{"file", file.string()}, {"what", std::move(what)}});
    };
    if (status.st_uid != 0 && status.st_uid != geteuid()) refuse("plugin.foreign_owner", std::to_string(status.st_uid));
    if (status.st_mode & (S_IWGRP | S_IWOTH)) refuse("plugin.writable_by_others", file.string());
    struct stat folder {};
    // Where the file really lies: behind a link who may write there may put another one in its place.
    std::error_code unreadable;
    const std::string parent = std::filesystem::canonical(file, unreadable).parent_path().string();
    if (stat(parent.c_str(), &folder) == 0 && (folder.st_mode & S_IWOTH) && !(folder.st_mode & S_ISVTX))
        refuse("plugin.writable_by_others", parent);
}

}  // namespace

void check_plugin_file(const std::filesystem::path& file) {
    const auto refuse = [&file](const char* id, std::vector<std::pair<std::string, std::string>> with = {}) {
        with.emplace_back("file", file.string());
        throw Error(Error::refused, id, std::move(with));
    };
    struct stat status {};
    if (stat(file.c_str(), &status) != 0) refuse("plugin.unreadable", {{"reason", std::strerror(errno)}});
    if (S_ISDIR(status.st_mode)) refuse("plugin.is_directory");
    if (!S_ISREG(status.st_mode)) refuse("plugin.not_regular");
    check_owner(file, status);
    if (status.st_size == 0) refuse("plugin.empty_file");

    std::ifstream in(file, std::ios::binary);
    if (!in) refuse("plugin.unreadable", {{"reason", std::strerror(errno)}});
    const auto size = static_cast<std::uint64_t>(status.st_size);
    Elf64_Ehdr header{};
    in.read(reinterpret_cast<char*>(&header), sizeof header);
    if (in.gcount() < SELFMAG || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) refuse("plugin.not_a_plugin");
    in.clear();
    if (size < sizeof header) refuse("plugin.truncated");
    if (header.e_ident[EI_CLASS] != ELFCLASS64) refuse("plugin.not_64_bit");
    if (header.e_ident[EI_DATA] != byte_order || header.e_machine != machine)
        refuse("plugin.wrong_machine", {{"theirs", machine_name(header.e_machine)}, {"ours", machine_name(machine)}});
    if (header.e_type != ET_DYN || header.e_phentsize != sizeof(Elf64_Phdr)) refuse("plugin.not_shared");
    for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
        Elf64_Phdr part{};
        if (header.e_phoff > size || !read(in, header.e_phoff + i * sizeof part, part)) refuse("plugin.truncated");
        if (part.p_type == PT_LOAD && (part.p_filesz > size || part.p_offset > size - part.p_filesz))
            refuse("plugin.truncated");
    }
}

}  // namespace siyu
