// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

// What is fuzzed: any bytes are read or refused with an Error, and nothing else happens. Whatever else does happen ends
// the program.
namespace siyu::fuzz {

void table(std::string_view bytes);    // a file of any kind, each of its tables read to the end
void archive(std::string_view bytes);  // the bytes as an entry of an archive, whose checksum is right
void sheet(std::string_view bytes);    // the rows of a sheet, a NUL, and the shared strings
void profile(std::string_view bytes);  // the text of a profile
void source(std::string_view bytes);   // an export, through the profile it fits and another, its cells understood

struct Target {
    std::string_view name;
    void (*run)(std::string_view);
};
inline constexpr std::array<Target, 5> targets{
    {{"table", table}, {"archive", archive}, {"sheet", sheet}, {"profile", profile}, {"source", source}}};

}  // namespace siyu::fuzz
