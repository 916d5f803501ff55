// SPDX-License-Identifier: Apache-2.0
#include "core/intake/profile.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "core/base/embedded.hpp"
#include "core/intake/header_names.hpp"
#include "core/intake/rule_text.hpp"

namespace siyu {

Profile Profile::parse(std::string_view toml, const std::string& file) {
    const ProfileText text(toml, file);
    const toml::table& table = text.table();
    text.known(table, {"name", "draft", "title", "description", "encoding", "header", "dates", "empty", "given", "fact",
                       "booking", "note"});
    Profile made;
    made.name = text.word(table, "name");
    made.file = file;
    made.draft = table["draft"].value_or(false);
    made.title = text.sentence(table, "title");
    made.description = text.sentence(table, "description");
    if (const auto* node = table.get("encoding")) {
        made.encoding = parse_encoding(text.text(*node));
        if (!made.encoding) text.complain(*node, "intake.profile.encoding", text.text(*node));
    }
    made.header = text.words(table, "header");
    if (made.header.empty()) text.complain(table, "intake.profile.missing", "header");
    made.dates = text.words(table, "dates");
    made.empty = text.words(table, "empty");
    text.each(table, "note", [&](const toml::table& note) {
        text.known(note, {"zh", "en"});
        made.notes.push_back({text.word(note, "zh"), text.word(note, "en")});
    });
    text.each(table, "given", [&](const toml::table& asked) {
        text.known(asked, {"name", "title"});
        made.given.push_back({text.word(asked, "name"), text.sentence(asked, "title")});
    });
    text.each(table, "fact",
              [&](const toml::table& fact) { made.rules.push_back(parse_rule(text, fact, made.given)); });
    if (made.rules.empty()) text.complain(table, "intake.profile.missing", "[[fact]]");
    if (table.contains("booking")) made.booking = BookedMoney::parse(text, made.rules);
    return made;
}

const Profile::Given* Profile::asks_for(std::string_view wanted) const {
    const auto found = std::ranges::find(given, wanted, &Given::name);
    return found == given.end() ? nullptr : &*found;
}

bool Profile::fills_with(std::string_view wanted) const {
    return std::ranges::any_of(rules, [&](const Rule& rule) {
        return std::ranges::any_of(rule.origins, [&](const auto& origin) { return origin.given == wanted; });
    });
}

bool Profile::lets_name(std::string_view column) const {
    return std::ranges::any_of(rules, [&](const Rule& rule) {
        return std::ranges::any_of(rule.origins, [&](const Rule::Origin& origin) {
            return kind_of(rule.fact).columns[static_cast<std::size_t>(origin.column)].name == column &&
                   origin.sum.terms.size() == 1 && is_pattern(origin.sum.terms[0].column);
        });
    });
}

Profiles::Profiles(std::span<const std::filesystem::path> folders) {
    const auto add = [this](std::string_view text, const std::string& file) {
        Profile profile = Profile::parse(text, file);
        std::string name = profile.name;
        profiles_.insert_or_assign(std::move(name), std::move(profile));
    };
    for (const auto& [path, text] : embedded_files())
        if (path.starts_with("core/intake/profiles/")) add(text, std::string(path));
    std::set<std::string, std::less<>> built_in;
    for (const auto& [name, profile] : profiles_) built_in.insert(name);
    for (const auto& folder : folders) {
        std::error_code none;
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(folder, none))
            if (entry.path().extension() == ".toml") files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        for (const auto& file : files) {
            std::ifstream in(file, std::ios::binary);
            std::ostringstream text;
            const bool there =
                in && in.peek() != std::ifstream::traits_type::eof();  // an empty one is told by its fields
            if (there) text << in.rdbuf();
            if (in.bad() || !in.is_open() || !text)
                throw Error(Error::unreachable, "intake.profile.unreadable", {{"file", file.string()}});
            const std::string name = file.stem().string();
            try {
                add(text.str(), file.string());
            } catch (const Error& error) {
                if (built_in.contains(name)) throw;
                broken_.insert_or_assign(name, error);
            }
        }
    }
}

const Profile* Profiles::find(std::string_view name) const {
    const auto found = profiles_.find(name);
    return found == profiles_.end() ? nullptr : &found->second;
}

const Profile& Profiles::get(std::string_view name) const {
    if (const Profile* found = find(name)) return *found;
    if (const auto wrong = broken_.find(name); wrong != broken_.end()) throw Error(wrong->second);
    std::string names;
    for (const auto& [known, profile] : profiles_) names += (names.empty() ? "" : ", ") + known;
    throw Error(Error::wrong_use, "intake.unknown_profile", {{"profile", std::string(name)}, {"profiles", names}});
}

}  // namespace siyu
