// SPDX-License-Identifier: Apache-2.0
#include "line.hpp"

// A sentence that is filled in with itself, without end.
FAULT(names_itself) {
    const auto text = [](const std::string& words) { return static_cast<char>(0x60 + words.size()) + words; };
    const auto note =
        '\x83' + text("worker.failed") + '\x81' + '\x82' + text("words") + text("\x02worker.failed") + '\x80';
    std::string outcome = "\xad";
    for (const char* list : {"remarks", "log", "pages", "kpis"}) outcome += text(list) + '\x80';
    for (const char* no : {"held", "incomplete", "not_ready"}) outcome += text(no) + '\xf4';
    for (const char* words : {"plugin", "version", "blueprint", "text", "json"}) outcome += text(words) + text("");
    line::say(line::message('o', outcome + text("fault") + '\x82' + '\x03' + note));
    ::_exit(0);
}
