// SPDX-License-Identifier: Apache-2.0
#include "core/base/catalogue.hpp"

#include <toml++/toml.h>

#include <cstdlib>

#include "core/base/embedded.hpp"

namespace siyu {

namespace {

void gather(const toml::table& table, const std::string& prefix,
            std::map<std::string, std::string, std::less<>>& into) {
    for (const auto& [key, node] : table) {
        const std::string id = prefix + "." + std::string(key.str());
        if (const auto* inner = node.as_table())
            gather(*inner, id, into);
        else if (const auto text = node.value<std::string>())
            into[id] = *text;
    }
}

// Each part on a line of its own, parts of parts further in.
std::string lines_of(const std::vector<Note>& parts, const Catalogue& catalogue) {
    std::string text;
    for (const Note& part : parts) {
        text += "\n- ";
        for (const char c : catalogue.say(part)) c == '\n' ? text += "\n  " : text += c;
    }
    return text;
}

}  // namespace

std::string_view to_string(Language language) { return language == Language::zh ? "zh" : "en"; }

Language language_from(std::string_view option) {
    const auto names = [](std::string_view text) { return text.starts_with("en") ? Language::en : Language::zh; };
    if (!option.empty()) return names(option);
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(variable); value && *value) return names(value);
    return Language::zh;
}

Catalogue::Catalogue(Language language) : language_(language) {
    const std::string folder = "core/base/text/" + std::string(to_string(language)) + "/";
    for (const auto& [path, text] : embedded_files()) {
        if (!path.starts_with(folder)) continue;
        std::string name(path.substr(folder.size()));
        name.resize(name.size() - std::string_view(".toml").size());
        gather(toml::parse(text), name, sentences_);
    }
}

std::string Catalogue::say(const Note& note) const {
    const auto found = sentences_.find(note.id);
    if (found == sentences_.end()) {
        std::string text = note.id;
        for (const auto& [name, value] : note.with) text.append(" ").append(name).append("=").append(value);
        return text;
    }
    const std::string& sentence = found->second;
    std::string text;
    for (std::size_t i = 0; i < sentence.size(); ++i) {
        const std::size_t end = sentence[i] == '{' ? sentence.find('}', i) : std::string::npos;
        if (end == std::string::npos) {
            text += sentence[i];
            continue;
        }
        const std::string name = sentence.substr(i + 1, end - i - 1);
        if (name == "parts") text += lines_of(note.parts, *this);
        for (const auto& [known, value] : note.with) {
            if (known != name) continue;
            if (!value.starts_with('\x02')) {
                text += value;
                continue;
            }
            // A sentence that names itself would have no end.
            Note inner{value.substr(1), note.with};
            std::erase_if(inner.with, [&name](const auto& one) { return one.first == name; });
            text += say(inner);
        }
        i = end;
    }
    return text;
}

const Catalogue& catalogue(Language language) {
    // Never destroyed: something may be said at the program's last line.
    if (language == Language::zh) {
        static const Catalogue& zh = *new Catalogue(Language::zh);
        return zh;
    }
    static const Catalogue& en = *new Catalogue(Language::en);
    return en;
}

}  // namespace siyu
