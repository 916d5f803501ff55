// SPDX-License-Identifier: Apache-2.0
#include "tenants/sample/table.hpp"

#include <iconv.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace siyu::sample {

namespace {

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

[[noreturn]] void fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

// As a spreadsheet of a Chinese Windows saves it.
std::string to_gb18030(std::string text) {
    const iconv_t conversion = iconv_open("GB18030", "UTF-8");
    if (reinterpret_cast<std::intptr_t>(conversion) == -1) fail("GB18030");
    std::string out(text.size() * 2, '\0');
    char *from = text.data(), *to = out.data();
    std::size_t left = text.size(), room = out.size();
    const bool done = iconv(conversion, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
    iconv_close(conversion);
    if (!done) fail("GB18030");
    out.resize(out.size() - room);
    return out;
}

}  // namespace

void Table::row(const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) text_ += ',';
        if (cells[i].find_first_of(",\"\n") == std::string::npos) {
            text_ += cells[i];
            continue;
        }
        text_ += '"';
        for (const char c : cells[i]) text_.append(c == '"' ? 2 : 1, c);
        text_ += '"';
    }
    text_ += "\r\n";
}

void Table::save(const std::filesystem::path& file, Encoding encoding) const {
    std::ofstream out(file, std::ios::binary);
    out << (encoding == Encoding::gb18030 ? to_gb18030(text_) : text_);
    out.close();
    if (!out) fail(file.string());
}

std::string instant(Day day, int second) {
    return to_string(day) + " " + two_digits(second / 3600) + ":" + two_digits(second / 60 % 60) + ":" +
           two_digits(second % 60);
}

std::string yuan(std::int64_t fen) { return std::to_string(fen / 100) + "." + two_digits(static_cast<int>(fen % 100)); }

std::string id(std::string_view prefix, int number, int digits) {
    std::string text = std::to_string(number);
    if (text.size() < static_cast<std::size_t>(digits))
        text.insert(0, static_cast<std::size_t>(digits) - text.size(), '0');
    return std::string(prefix) + text;
}

}  // namespace siyu::sample
