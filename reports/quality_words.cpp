// SPDX-License-Identifier: Apache-2.0
#include "reports/quality_words.hpp"

#include <algorithm>

#include "core/base/grouped.hpp"
#include "reports/wording.hpp"

namespace siyu {

namespace {

std::string file_of(const DataPlace& place, const Catalogue& say) {
    if (place.file.empty()) return {};
    return say("quality.place.file", {{"file", place.file}, {"batch", place.batch}});
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
        if (key != "facts") continue;
        std::vector<std::string> names;
        for (std::size_t at = 0, end = 0; end < value.size(); at = end + 1) {
            end = std::min(value.find(' ', at), value.size());
            names.push_back(name_of(value.substr(at, end - at)));
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
    // The latest file that brought it, where the note names none.
    note.with.emplace_back("batch", quality.places.empty() ? "–" : quality.places.front().batch);
    return told(note, say);
}

std::string to_do(const RejectedRows& rows, const std::string& tenant, const Catalogue& say) {
    return say("quality.do.rejected", {{"tenant", tenant}, {"batch", rows.batch}});
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
