// SPDX-License-Identifier: Apache-2.0
#include "core/check/sanitizer.hpp"

#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace siyu {

namespace {

template <class Function>
Function found(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_DEFAULT, name));
}

struct Listener {
    std::filesystem::path plugin;
    std::function<void(const Note&)> tell;
};
Listener& listener() {
    static Listener only;
    return only;
}

// `==1==ERROR: AddressSanitizer: heap-use-after-free on address ...`: the word after the name.
std::string fault_of(const std::string& report) {
    const std::string_view before = "AddressSanitizer: ";
    const std::size_t at = report.find(before);
    if (at == std::string::npos) return "?";
    const std::size_t begin = at + before.size();
    return report.substr(begin, std::min(report.find_first_of(" \n", begin), report.size()) - begin);
}

void heard(const char* words) {
    const std::string report(words);
    std::string place = Sanitizer::place_in(report, listener().plugin);
    listener().tell({"check.memory_fault", {{"what", fault_of(report)}, {"place", place.empty() ? "?" : place}}});
}

}  // namespace

bool Sanitizer::there() { return found<void*>("__asan_init") != nullptr; }

void Sanitizer::listen(const std::filesystem::path& plugin, std::function<void(const Note&)> tell) {
    using Callback = void (*)(const char*);
    if (const auto listen_to = found<void (*)(Callback)>("__asan_set_error_report_callback")) {
        listener() = {plugin, std::move(tell)};
        listen_to(heard);
    }
}

std::string Sanitizer::leaks() {
    const auto look = found<int (*)()>("__lsan_do_recoverable_leak_check");
    const auto tell = found<void (*)(void*)>("__sanitizer_set_report_fd");
    const int report = look && tell ? ::memfd_create("leaks", 0) : -1;
    if (report < 0) return {};
    tell(reinterpret_cast<void*>(static_cast<std::intptr_t>(report)));
    const bool any = look() != 0;
    std::string text;
    std::array<char, 4096> piece{};
    ::lseek(report, 0, SEEK_SET);
    for (ssize_t got = 0; (got = ::read(report, piece.data(), piece.size())) > 0;)
        text.append(piece.data(), static_cast<std::size_t>(got));
    tell(reinterpret_cast<void*>(std::intptr_t{STDERR_FILENO}));
    ::close(report);
    return any ? text : std::string();
}

std::string Sanitizer::place_in(const std::string& report, const std::filesystem::path& file) {
    const std::string end = "/" + file.filename().string();
    for (std::size_t begin = 0; begin < report.size();) {
        const std::size_t stop = std::min(report.find('\n', begin), report.size());
        const std::string line = report.substr(begin, stop - begin);
        begin = stop + 1;
        if (line.starts_with('#') && line.ends_with(end))
            return line.substr(line.find(' ') + 1, line.rfind(' ') - line.find(' ') - 1);
    }
    return {};
}

}  // namespace siyu
