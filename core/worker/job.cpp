// SPDX-License-Identifier: Apache-2.0
#include "core/worker/job.hpp"

#include <nlohmann/json.hpp>

#include "core/worker/doubt.hpp"

namespace siyu {

namespace {

using Json = nlohmann::json;

Json of(const Fraction& fraction) { return fraction.num() + "/" + fraction.den(); }
Fraction fraction(const Json& json) { return Fraction::parse_exact(json.get_ref<const std::string&>()).value(); }
Json of(Day day) { return day.number; }
Day day(const Json& json) { return Day{json.get<std::int32_t>()}; }

template <class T, class Write>
Json list(const std::vector<T>& all, Write write) {
    Json array = Json::array();
    for (const T& one : all) array.push_back(write(one));
    return array;
}
template <class Read>
auto list(const Json& json, Read read) {
    std::vector<decltype(read(json))> all;
    all.reserve(json.size());
    for (const Json& one : json) all.push_back(read(one));
    return all;
}

Json of(const Note& note) {
    return {note.id, note.with, list(note.parts, [](const Note& part) { return of(part); })};
}
Note note(const Json& json) {
    return {json.at(0), json.at(1), list(json.at(2), [](const Json& part) { return note(part); })};
}

Json of(const Allocation& one) { return {one.guide, of(one.share), of(one.from), of(one.to), one.tenant}; }
Allocation allocation(const Json& json) {
    return {json.at(0), json.at(4), fraction(json.at(1)), day(json.at(2)), day(json.at(3))};
}
Json of(const RosterRow& row) { return {row.guide, row.name, row.type, row.monthly_cost, of(row.from), of(row.to)}; }
RosterRow roster_row(const Json& json) {
    return {json.at(0), json.at(1), json.at(2), json.at(3), day(json.at(4)), day(json.at(5))};
}

Json of(const Assignment& work) {
    Json terms = Json::array();
    for (const auto& [key, values] : work.agreement.values())
        for (const auto& [since, value] : values) terms.push_back({key, of(since), value});
    return {
        {"tenant", {work.tenant.number, work.tenant.id, work.tenant.name, work.tenant.plugin, work.tenant.timezone}},
        {"terms", terms},
        {"period", {static_cast<int>(work.period.rhythm), of(work.period.first), of(work.period.last)}},
        {"series", work.with_series},
        {"allocations", list(work.staff.allocations, [](const Allocation& one) { return of(one); })},
        {"elsewhere", list(work.staff.elsewhere, [](const Allocation& one) { return of(one); })},
        {"roster", list(work.staff.roster, [](const RosterRow& row) { return of(row); })}};
}
Assignment assignment(const Json& json) {
    Assignment work;
    const Json& tenant = json.at("tenant");
    work.tenant = {tenant.at(0), tenant.at(1), tenant.at(2), tenant.at(3), tenant.at(4)};
    for (const Json& term : json.at("terms")) work.agreement.set(term.at(0), day(term.at(1)), term.at(2));
    const Json& period = json.at("period");
    work.period = {static_cast<Rhythm>(period.at(0).get<int>()), day(period.at(1)), day(period.at(2))};
    work.with_series = json.at("series");
    work.staff.allocations = list(json.at("allocations"), allocation);
    work.staff.elsewhere = list(json.at("elsewhere"), allocation);
    work.staff.roster = list(json.at("roster"), roster_row);
    return work;
}

Json of(const Formulas& one) { return {of(one.since), one.plugins, one.settings, one.kpis}; }
Formulas formulas(const Json& json) { return {day(json.at(0)), json.at(1), json.at(2), json.at(3)}; }

Json of(const Page& page) { return {static_cast<int>(page.format), static_cast<int>(page.audience), page.bytes}; }
Page page(const Json& json) {
    return {static_cast<Page::Format>(json.at(0).get<int>()), static_cast<Audience>(json.at(1).get<int>()), json.at(2)};
}

std::string bytes_of(const Json& json) {
    std::string bytes;
    Json::to_cbor(json, bytes);
    return bytes;
}

}  // namespace

std::string write(const StorePlace& place) { return bytes_of({place.url, place.workspace.string(), place.password}); }

StorePlace read_store_place(std::string_view bytes) {
    const Json json = Json::from_cbor(bytes);
    return {json.at(0), std::filesystem::path(json.at(1).get<std::string>()), json.at(2)};
}

std::string write(const Job& job) {
    Json json{{"task", static_cast<int>(job.task)},
              {"language", static_cast<int>(job.language)},
              {"places", list(job.places, [](const std::filesystem::path& place) { return Json(place.string()); })},
              {"plugin", {job.plugin.id, job.plugin.version, job.plugin.sha256, job.plugin.file.string()}},
              {"settings", job.settings},
              {"limits", {job.limits.seconds, job.limits.memory_mib}},
              {"check", job.check},
              {"walls", job.walls},
              {"blueprint", job.blueprint},
              {"pages", list(job.pages, [](const Page& one) { return of(one); })},
              {"history", list(job.history, [](const Formulas& one) { return of(one); })}};
    if (job.assignment) json["assignment"] = of(*job.assignment);
    return bytes_of(json);
}

Job read_job(std::string_view bytes) {
    const Json json = Json::from_cbor(bytes);
    Job job;
    job.task = static_cast<Job::Task>(json.at("task").get<int>());
    job.language = static_cast<Language>(json.at("language").get<int>());
    job.places = list(json.at("places"), [](const Json& one) { return std::filesystem::path(one.get<std::string>()); });
    const Json& plugin = json.at("plugin");
    job.plugin = {plugin.at(0), plugin.at(1), plugin.at(2), std::filesystem::path(plugin.at(3).get<std::string>())};
    job.settings = json.at("settings").get<Plugins::Settings>();
    job.limits.seconds = json.at("limits").at(0);
    job.limits.memory_mib = json.at("limits").at(1);
    job.check = json.at("check");
    job.walls = json.at("walls");
    job.blueprint = json.at("blueprint");
    job.pages = list(json.at("pages"), page);
    job.history = list(json.at("history"), formulas);
    if (json.contains("assignment")) job.assignment = assignment(json.at("assignment"));
    return job;
}

std::string write(const Outcome& outcome) {
    Json json{{"remarks", list(outcome.remarks, [](const Note& one) { return of(one); })},
              {"log", outcome.log},
              {"pages", list(outcome.pages, [](const Page& one) { return of(one); })},
              {"held", outcome.held},
              {"incomplete", outcome.incomplete},
              {"not_ready", outcome.not_ready},
              {"plugin", outcome.plugin},
              {"version", outcome.version},
              {"blueprint", outcome.blueprint},
              {"text", outcome.text},
              {"json", outcome.json},
              {"kpis", outcome.kpis}};
    if (outcome.formulas) json["formulas"] = of(*outcome.formulas);
    if (outcome.verdict)
        json["verdict"] = {outcome.verdict->judged,
                           list(outcome.verdict->notes, [](const Note& one) { return of(one); })};
    if (outcome.fault) json["fault"] = {static_cast<int>(outcome.fault->code), of(outcome.fault->note)};
    return bytes_of(json);
}

Outcome read_outcome(std::string_view bytes) {
    if (!is_plain_cbor(bytes)) throw Error(Error::refused, "worker.bad_message");
    try {
        const Json json = Json::from_cbor(bytes);
        Outcome outcome;
        outcome.remarks = list(json.at("remarks"), note);
        outcome.log = json.at("log").get<std::vector<std::string>>();
        outcome.pages = list(json.at("pages"), page);
        outcome.held = json.at("held");
        outcome.incomplete = json.at("incomplete");
        outcome.not_ready = json.at("not_ready");
        outcome.plugin = json.at("plugin");
        outcome.version = json.at("version");
        outcome.blueprint = json.at("blueprint");
        outcome.text = json.at("text");
        outcome.json = json.at("json");
        outcome.kpis = json.at("kpis").get<std::vector<std::string>>();
        if (json.contains("formulas")) outcome.formulas = formulas(json.at("formulas"));
        if (json.contains("verdict"))
            outcome.verdict = Verdict{json.at("verdict").at(0), list(json.at("verdict").at(1), note)};
        if (json.contains("fault"))
            outcome.fault = {static_cast<Error::Code>(json.at("fault").at(0).get<int>()), note(json.at("fault").at(1))};
        return outcome;
    } catch (const Json::exception&) {
        // A plugin may have written to the line.
        throw Error(Error::refused, "worker.bad_message");
    }
}

std::string write(const Note& one) { return bytes_of(of(one)); }

Note read_note(std::string_view bytes) {
    if (!is_plain_cbor(bytes)) throw Error(Error::refused, "worker.bad_message");
    try {
        return note(Json::from_cbor(bytes));
    } catch (const Json::exception&) {
        throw Error(Error::refused, "worker.bad_message");
    }
}

}  // namespace siyu
