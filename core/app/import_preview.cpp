// SPDX-License-Identifier: Apache-2.0
#include "core/app/import_preview.hpp"

#include <algorithm>
#include <utility>

#include "core/app/batch_name.hpp"
#include "core/app/import_result.hpp"
#include "core/base/text_table.hpp"
#include "core/intake/cell.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t rows_shown = 3;

const BatchFact& brought(const Parcel& parcel, Fact fact) {
    return *std::ranges::find(parcel.result->batch.facts, fact, &BatchFact::fact);
}

std::string column_name(const Column& column, const Catalogue& say) {
    return std::string(say.language() == Language::zh ? column.alias : column.name);
}

std::string amount(const Column& column, std::int64_t sum) {
    return column.type == Type::money ? money_text(sum) : std::to_string(sum);
}

// The first rows as they were understood, without columns that are empty in all of them.
std::string first_rows(const Preview& seen, const Catalogue& say) {
    const auto& columns = kind_of(seen.fact).columns;
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (std::ranges::any_of(seen.first, [i](const auto& row) { return !row[i].empty(); })) shown.push_back(i);
    std::vector<std::string> header;
    for (const std::size_t i : shown) header.push_back(column_name(columns[i], say));
    TextTable table(header);
    for (const auto& row : seen.first) {
        std::vector<std::string> cells;
        for (const std::size_t i : shown) cells.push_back(shortened(row[i], 40));
        table.add(cells);
    }
    return table.text();
}

// Takes all parcels of one owner, as the import would, and takes them back. False: a file was refused.
bool look_once(Database& database, std::span<Parcel> parcels) {
    Import import(database);  // never committed
    for (Parcel& parcel : parcels) try {
            if (parcel.refused) continue;
            parcel.order.first_try = true;
            if (std::exchange(parcel.tried, true)) parcel.source = parcel.open();
            parcel.result = import.take(*parcel.source, parcel.order, parcel.zone);
        } catch (const Error& error) {
            parcel.refused = error;
            const auto same = [&](const Parcel& one) { return one.file == parcel.file; };
            const auto first = std::ranges::find_if(parcels, same);
            refuse_together({first, std::find_if_not(first, parcels.end(), same)});
            return false;
        }
    return true;
}

}  // namespace

void look_in(Database& database, std::span<Parcel> parcels) {
    while (!parcels.empty()) {
        const auto same = [&](const Parcel& one) { return one.order.tenant == parcels.front().order.tenant; };
        const auto last = std::ranges::find_if_not(parcels, same);
        // What a refused file brought before it was refused is nothing to the others: they begin once more.
        while (!look_once(database, {parcels.begin(), last})) continue;
        parcels = {last, parcels.end()};
    }
}

ImportPreview::ImportPreview(const Parcel& parcel) : parcel_(parcel) {
    const auto source = parcel.open();
    facts_ = preview(*source, parcel.zone, parcel.order.rules, rows_shown);
}

std::string ImportPreview::text(const Catalogue& say) const {
    const ImportResult& result = *parcel_.result;
    std::string text;
    const auto line = [&](std::string_view id, std::vector<std::pair<std::string, std::string>> with = {}) {
        text += say(std::string(id), std::move(with)) + "\n";
    };
    for (const Preview& seen : facts_) {
        const BatchFact& fact = brought(parcel_, seen.fact);
        std::string days;
        if (seen.days.first <= seen.days.last)
            days = say("import.days", {{"first", to_string(seen.days.first)}, {"last", to_string(seen.days.last)}});
        line("import.would_take", {{"file", result.batch.file},
                                   {"owner", parcel_.owner},
                                   {"fact", fact_title(seen.fact, say)},
                                   {"rows", std::to_string(fact.taken)},
                                   {"added", std::to_string(fact.added)},
                                   {"replaced", std::to_string(fact.replaced)},
                                   {"days", days}});
        const auto& columns = kind_of(seen.fact).columns;
        std::string sums;
        for (const auto& [column, sum] : seen.sums)
            sums += (sums.empty() ? "" : say("import.comma")) + column_name(columns[column], say) + " " +
                    amount(columns[column], sum);
        if (!sums.empty()) line("import.would_sum", {{"sums", sums}});
        if (!seen.first.empty()) text += first_rows(seen, say);
    }
    const Day today = parcel_.zone.today();
    for (const BatchFact& fact : result.batch.facts)
        if (fact.covers.first <= fact.covers.last && fact.covers.last > today)
            line("import.future", {{"fact", fact_title(fact.fact, say)}, {"date", to_string(fact.covers.last)}});
    for (const Note& note : result_notes(parcel_, say, true)) text += say.say(note) + "\n";
    line("import.dry_run_end");
    return text;
}

Json ImportPreview::json(const Catalogue& say) const {
    Json made = result_json(parcel_, say);
    made.erase("batch");
    made["dry_run"] = true;
    for (Json& entry : made["facts"]) {
        const auto fact = parse_fact(entry["fact"].get<std::string>());
        const Preview& seen = *std::ranges::find(facts_, *fact, &Preview::fact);
        const auto& columns = kind_of(seen.fact).columns;
        Json sums = Json::object(), rows = Json::array();
        for (const auto& [column, sum] : seen.sums) sums[std::string(columns[column].name)] = sum;
        for (const auto& row : seen.first) {
            Json cells = Json::object();
            for (std::size_t i = 0; i < columns.size(); ++i)
                if (!row[i].empty()) cells[std::string(columns[i].name)] = row[i];
            rows.push_back(std::move(cells));
        }
        entry["sums"] = std::move(sums);
        entry["first_rows"] = std::move(rows);
    }
    return made;
}

}  // namespace siyu
