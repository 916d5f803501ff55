// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/app/batch_name.hpp"
#include "core/app/commands.hpp"
#include "core/base/text_table.hpp"
#include "core/intake/profile_draft.hpp"
#include "core/intake/recognition.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::vector<Fact> facts_of(const Profile& profile) {
    std::vector<Fact> facts;
    for (const Rule& rule : profile.rules)
        if (std::ranges::find(facts, rule.fact) == facts.end()) facts.push_back(rule.fact);
    return facts;
}

std::string listed(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
    return all;
}

bool good_name(const std::string& name) {
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

}  // namespace

int profile_list(Session& session, const ProfileOptions& options) {
    const Catalogue& say = session.say;
    const Profiles profiles(session.workspace().profile_folders());
    TextTable table({say("import.profile.name"), say("import.profile.title"), say("import.column.fact")});
    Json list = Json::array();
    for (const auto& [name, profile] : profiles.all()) {
        std::vector<std::string> titles, names;
        for (const Fact fact : facts_of(profile)) {
            titles.push_back(fact_title(fact, say));
            names.emplace_back(to_string(fact));
        }
        table.add({name, profile.title.in(say.language()), listed(titles)});
        list.push_back({{"name", name},
                        {"title", profile.title.in(say.language())},
                        {"description", profile.description.in(say.language())},
                        {"facts", names},
                        {"header", profile.header}});
    }
    Session::print(options.json ? list.dump(1, ' ', false, Json::error_handler_t::replace) + "\n" : table.text());
    for (const auto& [name, error] : profiles.broken()) session.tell(error.note());
    return 0;
}

int profile_show(Session& session, const ProfileOptions& options) {
    const Catalogue& say = session.say;
    const Profiles profiles(session.workspace().profile_folders());
    const Profile& profile = profiles.get(options.name);
    std::string text = profile.name + "  " + profile.title.in(say.language()) + "\n" +
                       profile.description.in(say.language()) + "\n" +
                       say("import.profile.header", {{"columns", listed(profile.header)}}) + "\n";
    for (const Profile::Given& given : profile.given)
        text += say("import.profile.given", {{"name", given.name}, {"title", given.title.in(say.language())}}) + "\n";
    for (const Rule& rule : profile.rules) {
        const FactKind& kind = kind_of(rule.fact);
        text += "\n" + fact_title(rule.fact, say) + " (" + std::string(kind.name) + ")\n";
        TextTable table({say("import.profile.column"), say("import.profile.from")});
        for (const Rule::Origin& origin : rule.origins) {
            const Column& column = kind.columns[static_cast<std::size_t>(origin.column)];
            table.add({std::string(say.language() == Language::zh ? column.alias : column.name),
                       origin.constant ? "“" + *origin.constant + "”" : origin.sum.text()});
        }
        text += table.text();
    }
    text += "\n";
    if (profile.booking)
        for (const Note& note : profile.booking->notes()) text += say.say(note) + "\n";
    for (const Sentence& note : profile.notes)
        text += say("import.profile_note", {{"note", note.in(say.language())}}) + "\n";
    Session::print(text);
    return 0;
}

int profile_new(Session& session, const ProfileOptions& options) {
    const fs::path sample(options.file), folder = session.workspace().folder() / "profiles";
    const std::string stem = folded(sample.stem().string());
    const std::string name = !options.name.empty() ? options.name : good_name(stem) ? stem : "my_export";
    if (!good_name(name)) throw Error(Error::wrong_use, "import.profile.bad_name", {{"name", name}});
    const fs::path file = folder / (name + ".toml");
    const Profiles profiles(session.workspace().profile_folders());
    if (fs::exists(file) || profiles.find(name))
        throw Error(Error::refused, "import.profile.is_there", {{"name", name}, {"file", file.string()}});
    std::optional<Fact> fact;
    if (!options.fact.empty()) fact = chosen_fact(options.fact);
    for (const Candidate& one : candidates(tables_in(sample).front(), profiles))
        if (one.profile) session.tell("import.profile.fits", {{"name", one.profile->name}, {"file", options.file}});
    const ProfileDraft draft = draft_profile(tables_in(sample).front(), name, fact, profiles, session.say);
    Profile::parse(draft.text, file.string());  // it stands in nobody's way
    fs::create_directories(folder);
    write_file(file, draft.text);
    session.tell("import.profile.made", {{"file", file.string()}, {"fact", fact_title(draft.fact, session.say)}});
    if (!draft.missing.empty()) session.tell("import.profile.to_fill", {{"columns", listed(draft.missing)}});
    session.tell("import.profile.try", {{"name", name}, {"sample", options.file}});
    return 0;
}

}  // namespace siyu
