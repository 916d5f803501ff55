// SPDX-License-Identifier: Apache-2.0
#include "reports/quality_words.hpp"

#include <algorithm>

#include "core/base/grouped.hpp"
#include "reports/wording.hpp"

namespace siyu {

namespace {

std::string file_of(const DataPlace& place, const Catalogue& say) {
    if (place.file.empty()) return {};
    return say(place.before ? "quality.place.last_file" : "quality.place.file",
               {{"file", place.file}, {"batch", place.batch}});
}

std::string row_of(const DataPlace& place, const Catalogue& say) {
    std::string text;
    if (place.line > 0) text += say("quality.place.line", {{"line", grouped(std::to_string(place.line))}});
    if (!place.row.empty()) text += say("quality.place.row", {{"row", place.row}});
    if (!place.column.empty()) text += say("quality.place.column", {{"column", place.column}});
    if (place.reason) text += say("quality.place.reason", {{"reason", say.say(*place.reason)}});
    return text;
}

}  // namespace

std::string told(const Note& note, const Catalogue& say) {
    Note shown = note;
    const auto name_of = [&say](const std::string& fact) {
        const std::string id = "report.fact." + fact;
        return say.has(id) ? say(id) : fact;
    };
    for (auto& [key, value] : shown.with) {
        if (key == "fact") value = name_of(value);
        const bool facts = key == "facts";
        if (!facts && key != "names") continue;
        std::vector<std::string> names;
        for (std::size_t at = 0, end = 0; end < value.size(); at = end + 1) {
            end = std::min(value.find(facts ? ' ' : '\n', at), value.size());
            const std::string name = value.substr(at, end - at);
            names.push_back(facts ? name_of(name) : name);
        }
        value = Wording(say).list(names);
    }
    return say.say(shown);
}

std::string to_do(const Quality& quality, const std::string& tenant, const Catalogue& say) {
    const std::string id = "quality.do." + quality.note.id.substr(quality.note.id.rfind('.') + 1);
    if (!say.has(id)) return {};
    Note note{id, quality.note.with};
    note.with.emplace_back("tenant", tenant);
    // To take a file back is good advice only where the day's rows came in one.
    const auto same = [&](const DataPlace& place) { return place.batch == quality.places.front().batch; };
    const bool one = !quality.places.empty() && std::ranges::all_of(quality.places, same);
    const std::string batch = one ? quality.places.front().batch : "";
    note.with.emplace_back("batch", batch);
    note.with.emplace_back("undo", say(one ? "quality.undo.one" : "quality.undo.several", {{"batch", batch}}));
    return told(note, say);
}

std::string to_do(const RejectedRows& rows, const std::string& tenant, const Catalogue& say) {
    return say(rows.maybe_mended ? "quality.do.rejected_maybe" : "quality.do.rejected",
               {{"tenant", tenant}, {"batch", rows.batch}});
}

std::string told(const DataPlace& place, const Catalogue& say) { return file_of(place, say) + row_of(place, say); }

std::string told(const std::vector<DataPlace>& places, const Catalogue& say) {
    std::string text;
    const DataPlace* before = nullptr;
    for (const DataPlace& place : places) {
        const bool same = before && before->batch == place.batch && before->file == place.file;
        std::string words = same ? row_of(place, say) : told(place, say);
        words.erase(0, words.find_first_not_of(' '));
        if (!words.empty()) text += (text.empty() ? "" : say("report.semicolon")) + words;
        before = &place;
    }
    return text;
}

}  // namespace siyu
