// SPDX-License-Identifier: Apache-2.0
#include "reports/mail.hpp"
#include "reports/markup.hpp"

namespace siyu {

namespace {

constexpr std::size_t most_name_bytes = 120;

// Without what some file system does not take, and no longer than so many bytes.
std::string file_name_part(const std::string& text, std::size_t most) {
    std::string out;
    for (const char c : cleaned(text))
        out += std::string_view("\\/:*?\"<>|").find(c) == std::string_view::npos ? c : '-';
    while (!out.empty() && (out.front() == '.' || out.front() == ' ')) out.erase(0, 1);
    while (out.size() > most) {
        while ((static_cast<unsigned char>(out.back()) & 0xC0) == 0x80) out.pop_back();
        out.pop_back();
    }
    while (!out.empty() && (out.back() == '.' || out.back() == ' ')) out.pop_back();
    return out;
}

}  // namespace

std::string attachment_name(const Document& document, std::string_view ending) {
    const Catalogue& say = catalogue(document.language == "en" ? Language::en : Language::zh);
    const auto name = [&](std::size_t room) {
        std::string whole = say(document.first == document.last ? "mail.file_name_day" : "mail.file_name",
                                {{"brand", file_name_part(document.brand, room)},
                                 {"kind", document.kind},
                                 {"first", document.first},
                                 {"last", document.last}});
        if (document.for_agency) whole = say("mail.file_name_agency", {{"name", whole}});
        return file_name_part(whole, most_name_bytes - ending.size() - 1);
    };
    const std::size_t rest = name(0).size() + ending.size() + 2;
    return name(rest < most_name_bytes ? most_name_bytes - rest : 0) + "." + std::string(ending);
}

}  // namespace siyu
