// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/app/commands.hpp"
#include "core/app/terminal.hpp"
#include "core/base/text_table.hpp"
#include "core/intake/import.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* agency_zone = "Asia/Shanghai";
constexpr const char* agency_name = "agency";

// `aurora:12`, `agency:3`: a batch of a tenant or of the agency.
std::string batch_name(const std::string& tenant, std::int64_t number) { return tenant + ":" + std::to_string(number); }

struct NamedBatch {
    std::int64_t tenant = agency;
    std::string id = agency_name, zone = agency_zone;
    std::int64_t number = 0;
};

NamedBatch find_batch(Session& session, const std::string& name) {
    const std::size_t colon = name.rfind(':');
    NamedBatch found;
    const std::string digits = colon == std::string::npos ? "" : name.substr(colon + 1);
    if (digits.empty() || digits.size() > 12 || digits.find_first_not_of("0123456789") != std::string::npos)
        throw Error(Error::wrong_use, "import.bad_batch", {{"batch", name}});
    found.number = std::stoll(digits);
    if (name.substr(0, colon) != agency_name) {
        const Tenant tenant = Tenants(session.database()).find(name.substr(0, colon));
        found = {tenant.number, tenant.id, tenant.timezone, found.number};
    }
    return found;
}

DaySpan covered(const std::string& text) {
    const std::size_t dots = text.find("..");
    const auto bad = [&text] { return Error(Error::wrong_use, "import.bad_covers", {{"covers", text}}); };
    if (dots == std::string::npos) throw bad();
    const auto first = parse_day(text.substr(0, dots)), last = parse_day(text.substr(dots + 2));
    if (!first || !last || *last < *first) throw bad();
    return {*first, *last};
}

// A folder is taken whole: its tables in the order of their names.
std::vector<fs::path> files_in(const std::vector<std::string>& names) {
    std::vector<fs::path> files;
    for (const std::string& name : names) {
        std::error_code error;
        if (!fs::is_directory(name, error)) {
            files.emplace_back(name);  // what is wrong with it is said when it is opened
            continue;
        }
        std::vector<fs::path> found;
        fs::directory_iterator entries(name, error);
        if (error)
            throw Error(Error::unreachable, "import.unreadable_folder", {{"folder", name}, {"words", error.message()}});
        for (const auto& entry : entries) {
            const std::string ending = entry.path().extension().string();
            std::error_code dangling;
            if (entry.is_regular_file(dangling) &&
                (ending == ".csv" || ending == ".xlsx" || ending == ".CSV" || ending == ".XLSX"))
                found.push_back(entry.path());
        }
        std::sort(found.begin(), found.end());
        if (found.empty()) throw Error(Error::wrong_use, "import.empty_folder", {{"folder", name}});
        files.insert(files.end(), found.begin(), found.end());
    }
    return files;
}

std::string fact_title(Fact fact, const Catalogue& say) {
    return std::string(say.language() == Language::zh ? kind_of(fact).title : kind_of(fact).name);
}

// Says what came of one file, as a person wants to know it.
void tell_result(Session& session, const ImportResult& result, const std::string& owner, const FactSource& source,
                 Day today) {
    const Catalogue& say = session.say;
    const std::string name = batch_name(owner, result.batch.number);
    for (const BatchFact& fact : result.batch.facts) {
        std::string days;
        if (fact.covers.first <= fact.covers.last)
            days = say("import.days", {{"first", to_string(fact.covers.first)}, {"last", to_string(fact.covers.last)}});
        session.tell("import.took", {{"batch", name},
                                     {"file", result.batch.file},
                                     {"fact", fact_title(fact.fact, say)},
                                     {"rows", std::to_string(fact.taken)},
                                     {"added", std::to_string(fact.added)},
                                     {"replaced", std::to_string(fact.replaced)},
                                     {"days", days}});
        if (fact.covers.first <= fact.covers.last && fact.covers.last > today)
            session.tell("import.future",
                         {{"fact", fact_title(fact.fact, say)}, {"date", to_string(fact.covers.last)}});
    }
    if (!result.changed()) session.tell("import.nothing_new", {{"file", result.batch.file}});
    if (source.profile()) {
        session.tell("import.by_profile",
                     {{"profile", source.profile()->name}, {"title", source.profile()->title.in(say.language())}});
        for (const Sentence& note : source.profile()->notes)
            session.tell("import.profile_note", {{"note", note.in(say.language())}});
    }
    if (result.skipped > 0) session.tell("import.skipped", {{"rows", std::to_string(result.skipped)}});
    if (result.summary_rows > 0) {
        std::string lines;
        for (const auto& summary : source.summaries())
            lines += (lines.empty() ? "" : ", ") + std::to_string(summary.line) + " (" + summary.text + ")";
        session.tell("import.summaries", {{"rows", std::to_string(result.summary_rows)}, {"lines", lines}});
    }
    if (!result.unknown_columns.empty() && !source.profile()) {
        std::string columns;
        for (const std::string& column : result.unknown_columns) columns += (columns.empty() ? "" : ", ") + column;
        session.tell("import.unknown_columns", {{"columns", columns}});
    }
    if (result.batch.rejected == 0) return;
    session.tell("import.rejected", {{"rows", std::to_string(result.batch.rejected)}, {"batch", name}});
    for (const RejectedRow& row : result.first_rejects)
        session.tell("import.rejected_row", {{"line", std::to_string(row.line)},
                                             {"column", row.column},
                                             {"value", row.value},
                                             {"reason", say.say(row.reason)}});
}

Json result_json(const ImportResult& result, const std::string& owner, const Catalogue& say) {
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
    return {{"batch", batch_name(owner, result.batch.number)},
            {"file", result.batch.file},
            {"profile", result.batch.profile.empty() ? Json(nullptr) : Json(result.batch.profile)},
            {"facts", facts},
            {"rejected", result.batch.rejected},
            {"first_rejects", rejects},
            {"skipped", result.skipped},
            {"summary_rows", result.summary_rows},
            {"unknown_columns", result.unknown_columns}};
}

}  // namespace

int import_files(Session& session, const ImportOptions& options) {
    const std::vector<fs::path> folders = session.workspace().profile_folders();
    const Profiles profiles(folders);
    Choice choice;
    choice.profile = options.profile;
    if (!options.fact.empty()) {
        choice.fact = parse_fact(options.fact);
        if (!choice.fact) {
            std::string all;
            for (const FactKind& kind : fact_kinds())
                all += (all.empty() ? "" : ", ") + std::string(kind.name) + " " + std::string(kind.title);
            throw Error(Error::wrong_use, "import.unknown_fact", {{"fact", options.fact}, {"facts", all}});
        }
    }
    std::optional<Tenant> tenant;
    if (!options.tenant.empty()) tenant = Tenants(session.database()).find(options.tenant);

    // A file that is refused is told at once; the others are still taken.
    const auto files = files_in(options.files);
    bool look = false;
    std::optional<Error> refused;
    Json results = Json::array();
    for (const fs::path& file : files) {
        try {
            FactSource source(file, choice, profiles);
            const bool of_agency = kind_of(source.facts().front()).agency;
            if (!of_agency && !tenant)
                throw Error(Error::wrong_use, "import.whose",
                            {{"file", file.string()}, {"fact", std::string(kind_of(source.facts().front()).title)}});
            ImportOrder order;
            order.tenant = of_agency ? agency : tenant->number;
            order.file = file.filename().string();
            if (!options.covers.empty()) order.covers = covered(options.covers);
            const Zone zone(of_agency ? agency_zone : tenant->timezone);
            if (!of_agency) {
                const Agreement agreement = Tenants(session.database()).agreement(*tenant);
                const Day today = zone.today();
                order.limits = {agreement.max_bad_share(today), agreement.max_bad_rows(today)};
                if (options.all_or_nothing) order.limits = {Fraction(), 0};
                const SurveyScale scale = agreement.survey_scale(today);
                order.rules.lowest_score = scale.lowest;
                order.rules.highest_score = scale.highest;
                if (source.facts().front() == Fact::forecast) {
                    const Outcome outcome = session.crew().run(session.plugin_job(*tenant, agreement, today));
                    session.tell(outcome);
                    order.rules.kpis = outcome.or_throw().kpis;
                }
            }
            ImportResult result;
            {
                ProgressBar bar(order.file);
                order.progress = [&bar](std::uint64_t done, std::uint64_t total, std::int64_t rows) {
                    bar.show(done, total, rows);
                };
                result = import_file(session.database(), zone, source, order);
            }
            const std::string owner = of_agency ? agency_name : tenant->id;
            tell_result(session, result, owner, source, zone.today());
            results.push_back(result_json(result, owner, session.say));
            look = look || result.batch.rejected > 0;
        } catch (Error& error) {
            error.at("file", file.string());
            if (files.size() == 1) throw;
            session.tell(error.note());
            refused = error;
        }
    }
    if (options.json) Session::print(results.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
    if (refused && results.empty()) throw Error(refused->code(), "import.none_taken");
    return look || refused ? 1 : 0;
}

int import_list(Session& session, const std::string& tenant, bool json) {
    std::vector<std::pair<std::string, std::int64_t>> owners;
    if (tenant.empty()) owners.emplace_back(agency_name, agency);
    for (const Tenant& known : Tenants(session.database()).list())
        if (tenant.empty() || tenant == known.id) owners.emplace_back(known.id, known.number);
    if (owners.empty()) Tenants(session.database()).find(tenant);  // says which there are

    const Catalogue& say = session.say;
    const Zone zone(agency_zone);
    TextTable table(
        {say("import.column.batch"), say("import.column.made_at"), say("import.column.file"), say("import.column.fact"),
         say("import.column.rows"), say("import.column.added"), say("import.column.replaced"),
         say("import.column.rejected"), say("import.column.days"), say("import.column.state")},
        {false, false, false, false, true, true, true, true, false, false});
    Json list = Json::array();
    for (const auto& [id, number] : owners)
        for (const Batch& batch : Batches(session.database(), number).list()) {
            const std::string at = zone.text({batch.made_at * micros_per_second});
            for (const BatchFact& fact : batch.facts) {
                const bool dated = fact.covers.first <= fact.covers.last;
                table.add({batch_name(id, batch.number), at, batch.file, fact_title(fact.fact, say),
                           std::to_string(fact.taken), std::to_string(fact.added), std::to_string(fact.replaced),
                           std::to_string(batch.rejected),
                           dated ? to_string(fact.covers.first) + ".." + to_string(fact.covers.last) : "",
                           batch.undone ? say("import.state.undone")
                                        : (fact.added + fact.replaced == 0 ? say("import.state.no_change") : "")});
                list.push_back({{"batch", batch_name(id, batch.number)},
                                {"file", batch.file},
                                {"fact", std::string(kind_of(fact.fact).name)},
                                {"rows", fact.taken},
                                {"added", fact.added},
                                {"replaced", fact.replaced},
                                {"rejected", batch.rejected},
                                {"first", dated ? Json(to_string(fact.covers.first)) : Json(nullptr)},
                                {"last", dated ? Json(to_string(fact.covers.last)) : Json(nullptr)},
                                {"made_at", at},
                                {"undone", batch.undone}});
            }
        }
    Session::print(json ? list.dump(1, ' ', false, Json::error_handler_t::replace) + "\n" : table.text());
    return 0;
}

int import_undo(Session& session, const std::string& name) {
    const NamedBatch named = find_batch(session, name);
    const Zone zone(named.zone);
    const Batch batch = undo_batch(session.database(), named.tenant, zone, named.number);
    session.tell("import.undone", {{"batch", name}, {"file", batch.file}});
    return 0;
}

int import_rejects(Session& session, const std::string& name) {
    const NamedBatch named = find_batch(session, name);
    Batches batches(session.database(), named.tenant);
    const auto all = batches.list();
    const auto found =
        std::find_if(all.begin(), all.end(), [&named](const Batch& batch) { return batch.number == named.number; });
    if (found == all.end()) throw Error(Error::wrong_use, "import.no_batch", {{"batch", name}});
    const auto rows = batches.rejects(named.number);
    if (rows.empty()) {
        session.tell("import.no_rejects", {{"batch", name}});
        return 0;
    }
    // The rows as they stood, under their header: mended, they can be imported again as they are. Why stands on stderr.
    Session::print(found->header + "\n");
    for (const RejectedRow& row : rows) {
        if (!row.record.empty()) Session::print(row.record + "\n");
        session.tell("import.rejected_row", {{"line", std::to_string(row.line)},
                                             {"column", row.column},
                                             {"value", row.value},
                                             {"reason", session.say.say(row.reason)}});
    }
    return 0;
}

}  // namespace siyu
