// SPDX-License-Identifier: Apache-2.0
#include "line.hpp"

// "All is well, and there are no pages."
FAULT(forges_success) {
    const auto text = [](const std::string& words) { return static_cast<char>(0x60 + words.size()) + words; };
    std::string outcome = "\xac";
    for (const char* list : {"remarks", "log", "pages", "kpis"}) outcome += text(list) + '\x80';
    for (const char* no : {"held", "incomplete", "not_ready"}) outcome += text(no) + '\xf4';
    for (const char* words : {"plugin", "version", "blueprint", "text", "json"}) outcome += text(words) + text("");
    line::say(line::message('o', outcome));
    ::_exit(0);
}
