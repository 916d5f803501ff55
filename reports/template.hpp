// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace siyu {

// What a template is filled with: texts, flags and lists by key. The one wrapper around the Mustache library.
struct Filling {
    std::map<std::string, std::string> texts = {};
    std::map<std::string, bool> flags = {};
    std::map<std::string, std::vector<Filling>> lists = {};
};

enum class Escape { html, off };

// Throws Error (refused) that names the template where it does not parse.
std::string render(const std::string& name, std::string_view text, const Filling& filling, Escape escape);

// The keys that the template asks for, in order. Throws Error (refused) for a template that does not parse, and for
// unescaped, partial and delimiter tags, which a plugin may not use.
std::vector<std::string> keys_of(const std::string& name, std::string_view text);

}  // namespace siyu
