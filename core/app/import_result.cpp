// SPDX-License-Identifier: Apache-2.0
#include "core/app/import_result.hpp"

#include <algorithm>
#include <utility>

#include "core/app/batch_name.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t columns_shown = 60;

}  // namespace

std::vector<Note> result_notes(const Parcel& parcel, const Catalogue& say, bool dry_run) {
    const ImportResult& result = *parcel.result;
    const FactSource& source = *parcel.source;
    std::vector<Note> notes = parcel.notes;
    if (!result.changed()) notes.push_back({"import.nothing_new", {{"file", result.batch.file}}});
    if (source.profile()) {
        notes.push_back({"import.by_profile",
                         {{"profile", source.profile()->name}, {"title", source.profile()->title.in(say.language())}}});
        if (source.profile()->booking)
            for (Note& note : source.profile()->booking->notes()) notes.push_back(std::move(note));
        for (const Sentence& note : source.profile()->notes)
            notes.push_back({"import.profile_note", {{"note", note.in(say.language())}}});
    }
    if (result.skipped > 0) {
        const bool orders = std::ranges::find(source.facts(), Fact::orders) != source.facts().end();
        notes.push_back(
            {orders ? "import.skipped_orders" : "import.skipped", {{"rows", std::to_string(result.skipped)}}});
    }
    const auto sums = [](const Rule& rule) { return rule.keep == Rule::Keep::sum; };
    if (source.profile() && std::ranges::any_of(source.profile()->rules, sums))
        for (const BatchFact& fact : result.batch.facts)
            if (fact.replaced > 0) notes.push_back({"import.replaced_sums", {{"rows", std::to_string(fact.replaced)}}});
    if (result.repeated > 0) notes.push_back({"import.repeated", {{"rows", std::to_string(result.repeated)}}});
    if (result.summary_rows > 0) {
        std::string lines;
        for (const auto& summary : source.summaries())
            lines += (lines.empty() ? "" : ", ") + std::to_string(summary.line) + " (" + summary.text + ")";
        notes.push_back({"import.summaries", {{"rows", std::to_string(result.summary_rows)}, {"lines", lines}}});
    }
    if (!result.unknown_columns.empty() && !source.profile()) {
        std::string columns;
        for (std::size_t i = 0; i < result.unknown_columns.size() && i < columns_shown; ++i)
            columns += (columns.empty() ? "" : ", ") + shortened(result.unknown_columns[i]);
        if (result.unknown_columns.size() > columns_shown) columns += ", …";
        notes.push_back({"import.unknown_columns", {{"columns", columns}}});
    }
    if (result.batch.rejected == 0) return notes;
    notes.push_back(
        {dry_run                  ? "import.would_reject"
         : source.mends_by_rows() ? "import.rejected"
                                  : "import.rejected_whole",
         {{"rows", std::to_string(result.batch.rejected)}, {"batch", batch_name(parcel.owner, result.batch.number)}}});
    for (const RejectedRow& row : result.first_rejects)
        notes.push_back({"import.rejected_row",
                         {{"line", std::to_string(row.line)},
                          {"column", row.column},
                          {"value", row.value},
                          {"reason", say.say(row.reason)}}});
    return notes;
}

void tell_result(Session& session, const Parcel& parcel) {
    const ImportResult& result = *parcel.result;
    for (const BatchFact& fact : result.batch.facts) {
        std::string days;
        if (fact.covers.first <= fact.covers.last)
            days = session.say("import.days",
                               {{"first", to_string(fact.covers.first)}, {"last", to_string(fact.covers.last)}});
        session.tell("import.took", {{"batch", batch_name(parcel.owner, result.batch.number)},
                                     {"file", result.batch.file},
                                     {"fact", fact_title(fact.fact, session.say)},
                                     {"rows", std::to_string(fact.taken)},
                                     {"added", std::to_string(fact.added)},
                                     {"replaced", std::to_string(fact.replaced)},
                                     {"days", days}});
    }
    for (const Note& note : result_notes(parcel, session.say)) session.tell(note);
}

Json result_json(const Parcel& parcel, const Catalogue& say) {
    const ImportResult& result = *parcel.result;
    Json facts = Json::array();
    for (const BatchFact& fact : result.batch.facts) {
        Json entry{{"fact", std::string(kind_of(fact.fact).name)},
                   {"rows", fact.taken},
                   {"added", fact.added},
                   {"replaced", fact.replaced}};
        if (fact.covers.first <= fact.covers.last)
            entry["covers"] = {{"first", to_string(fact.covers.first)}, {"last", to_string(fact.covers.last)}};
        facts.push_back(std::move(entry));
    }
    Json rejects = Json::array();
    for (const RejectedRow& row : result.first_rejects)
        rejects.push_back(
            {{"line", row.line}, {"column", row.column}, {"value", row.value}, {"reason", say.say(row.reason)}});
    return {{"batch", batch_name(parcel.owner, result.batch.number)},
            {"file", result.batch.file},
            {"profile", result.batch.profile.empty() ? Json(nullptr) : Json(result.batch.profile)},
            {"facts", facts},
            {"rejected", result.batch.rejected},
            {"first_rejects", rejects},
            {"skipped", result.skipped},
            {"summary_rows", result.summary_rows},
            {"unknown_columns", result.unknown_columns}};
}

}  // namespace siyu
