// SPDX-License-Identifier: Apache-2.0
#include "reports/quality_json.hpp"

#include "reports/quality_page.hpp"
#include "reports/quality_words.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

const char* text(Quality::Weight weight) {
    switch (weight) {
        case Quality::Weight::note: break;
        case Quality::Weight::warning: return "warning";
        case Quality::Weight::hold: return "hold";
    }
    return "note";
}

Json places_json(const std::vector<DataPlace>& places, const Catalogue& say) {
    Json all = Json::array();
    for (const DataPlace& place : places) {
        Json one{{"batch", place.batch}, {"file", place.file}};
        if (place.line > 0) one["line"] = place.line;
        if (!place.column.empty()) one["column"] = place.column;
        if (!place.row.empty()) one["row"] = place.row;
        if (place.reason) one["reason"] = say.say(*place.reason);
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace

Json found_json(const View& view) {
    Json all = Json::array();
    for (const Quality& found : view.card.quality) {
        if (!view.shows(found.audience)) continue;
        Json one{{"id", found.note.id}, {"text", view.sentence(found.note)}, {"weight", text(found.weight)}};
        if (found.day) one["date"] = to_string(*found.day);
        if (!found.fact.empty()) one["fact"] = found.fact;
        if (view.for_agency()) {
            one["places"] = places_json(found.places, view.say);
            one["todo"] = to_do(found, view.card.tenant, view.say);
        }
        all.push_back(std::move(one));
    }
    return all;
}

std::string quality_json(const View& view) {
    const Scorecard& card = view.card;
    Json rejected = Json::array();
    for (const RejectedRows& rows : card.rejected)
        rejected.push_back({{"batch", rows.batch},
                            {"file", rows.file},
                            {"fact", rows.fact},
                            {"rows", rows.rows},
                            {"first", places_json(rows.first, view.say)},
                            {"todo", to_do(rows, card.tenant, view.say)}});
    return Json{{"tenant", card.tenant},
                {"first", to_string(card.period.first)},
                {"last", to_string(card.period.last)},
                {"data_quality", found_json(view)},
                {"rejected", rejected},
                {"looked", card.looked}}
               .dump(1, ' ', false, Json::error_handler_t::replace) +
           "\n";
}

}  // namespace siyu
