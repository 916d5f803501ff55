// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <utility>

#include "core/app/batch_name.hpp"
#include "core/app/commands.hpp"
#include "core/app/terminal.hpp"
#include "core/intake/import.hpp"
#include "core/store/retry.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

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

// A file, and whose it is said to be.
using Delivery = std::pair<std::shared_ptr<const Tenant>, fs::path>;

std::vector<Delivery> deliveries_of(Session& session, const ImportOptions& options) {
    std::vector<Delivery> found;
    const auto add = [&found](const std::shared_ptr<const Tenant>& owner, const std::vector<fs::path>& files) {
        for (const fs::path& file : files) found.emplace_back(owner, file);
    };
    if (options.each.empty()) {
        std::shared_ptr<const Tenant> owner;
        if (!options.tenant.empty())
            owner = std::make_shared<const Tenant>(Tenants(session.database()).find(options.tenant));
        add(owner, files_in(options.files));
        return found;
    }
    // A folder of folders, each named as a tenant. Which are there is known before the first file is taken.
    std::set<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(options.each, error))
        if (entry.is_directory()) names.insert(entry.path().filename().string());
    if (error)
        throw Error(Error::unreachable, "import.unreadable_folder",
                    {{"folder", options.each}, {"words", error.message()}});
    if (names.empty()) throw Error(Error::wrong_use, "import.no_folders", {{"folder", options.each}});
    for (const Tenant& tenant : Tenants(session.database()).list())
        if (names.erase(tenant.id) > 0)
            add(std::make_shared<const Tenant>(tenant), files_in({(fs::path(options.each) / tenant.id).string()}));
    if (!names.empty()) Tenants(session.database()).find(*names.begin());  // says which there are
    return found;
}

// Small files of one owner share a transaction: to be sure of the disk takes longer than to take them in.
constexpr std::uintmax_t bytes_together = 8 << 20;
constexpr std::size_t files_together = 64;

// Takes deliveries in, told one after the other.
class Intaking {
  public:
    Intaking(Session& session, const ImportOptions& options)
        : session_(session), options_(options), profiles_(session.workspace().profile_folders()) {
        choice_.profile = options.profile;
        if (options.fact.empty()) return;
        choice_.fact = parse_fact(options.fact);
        if (choice_.fact) return;
        std::string all;
        for (const FactKind& kind : fact_kinds())
            all += (all.empty() ? "" : ", ") + std::string(kind.name) + " " + std::string(kind.title);
        throw Error(Error::wrong_use, "import.unknown_fact", {{"fact", options.fact}, {"facts", all}});
    }

    // A file that is refused is told at once; the others are still taken.
    void take(const std::vector<Delivery>& deliveries) {
        alone_ = deliveries.size() == 1;
        std::uintmax_t bytes = 0;
        for (const auto& [owner, file] : deliveries) {
            std::error_code unreadable;
            const std::uintmax_t size = fs::file_size(file, unreadable);
            try {
                std::unique_ptr<Paper> paper = open(owner.get(), file);
                const std::int64_t whose = paper->order.tenant;
                if (!papers_.empty() && (papers_.front()->order.tenant != whose || bytes + size > bytes_together ||
                                         papers_.size() == files_together)) {
                    take_together();
                    bytes = 0;
                }
                bytes += unreadable ? 0 : size;
                papers_.push_back(std::move(paper));
            } catch (Error& error) {
                refuse(error, file);
            }
        }
        take_together();
    }

    int end() {
        if (options_.json) Session::print(results_.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
        if (refused_ && results_.empty()) throw Error(refused_->code(), "import.none_taken");
        return look_ || refused_ ? 1 : 0;
    }

  private:
    // A file that was opened, with what its taking needs.
    struct Paper {
        fs::path file;
        std::string owner, zone;
        ImportOrder order;
        std::unique_ptr<FactSource> source;
        std::optional<ImportResult> result;
        std::optional<Error> refused;
    };

    std::unique_ptr<FactSource> source_of(const fs::path& file) {
        return std::make_unique<FactSource>(file, choice_, profiles_);
    }

    std::unique_ptr<Paper> open(const Tenant* tenant, const fs::path& file) {
        auto paper = std::make_unique<Paper>();
        paper->file = file;
        paper->source = source_of(file);
        const FactKind& kind = kind_of(paper->source->facts().front());
        if (!kind.agency && !tenant)
            throw Error(Error::wrong_use, "import.whose", {{"file", file.string()}, {"fact", std::string(kind.title)}});
        if (kind.agency) tenant = nullptr;
        paper->owner = tenant ? tenant->id : agency_name;
        paper->zone = tenant ? tenant->timezone : agency_zone;
        ImportOrder& order = paper->order;
        order.tenant = tenant ? tenant->number : agency;
        order.file = file.filename().string();
        if (!options_.covers.empty()) order.covers = covered(options_.covers);
        std::random_device random;
        order.token = std::uniform_int_distribution<std::int64_t>(1)(random);
        if (!tenant) return paper;
        if (agreed_.first != tenant->number)
            agreed_ = {tenant->number, Tenants(session_.database()).agreement(*tenant)};
        const Agreement& agreement = agreed_.second;
        const Day today = Zone(tenant->timezone).today();
        order.limits = {agreement.max_bad_share(today), agreement.max_bad_rows(today)};
        if (options_.all_or_nothing) order.limits = {Fraction(), 0};
        const SurveyScale scale = agreement.survey_scale(today);
        order.rules.lowest_score = scale.lowest;
        order.rules.highest_score = scale.highest;
        if (kind.fact == Fact::forecast) {
            const Outcome outcome = session_.crew().run(session_.plugin_job(*tenant, agreement, today));
            session_.tell(outcome);
            order.rules.kpis = outcome.or_throw().kpis;
        }
        return paper;
    }

    // The papers at hand, which are one owner's.
    void take_together() {
        if (papers_.empty()) return;
        auto papers = std::exchange(papers_, {});
        const Zone zone(papers.front()->zone);
        std::optional<Error> broken;
        try {
            bool again = false;
            repeating([&] {
                for (const auto& paper : papers)
                    if (again) paper->source = source_of(paper->file);
                again = true;
                Import import(session_.database(), papers.front()->order.tenant, zone);
                for (const auto& paper : papers) take(import, *paper);
                import.commit();
            });
        } catch (const Error& error) {
            broken = error;  // nothing of any of them stands
        }
        for (const auto& paper : papers) {
            if (!broken && !paper->refused) {
                tell_result(session_, *paper->result, paper->owner, *paper->source, zone.today());
                results_.push_back(result_json(*paper->result, paper->owner, session_.say));
                look_ = look_ || paper->result->batch.rejected > 0;
                continue;
            }
            Error error = paper->refused ? *paper->refused : *broken;
            refuse(error, paper->file);
        }
    }

    void take(Import& import, Paper& paper) {
        ProgressBar bar(paper.order.file);
        paper.order.progress = [&bar](std::uint64_t done, std::uint64_t total, std::int64_t rows) {
            bar.show(done, total, rows);
        };
        paper.refused.reset();
        try {
            paper.result = import.take(*paper.source, paper.order);
        } catch (const Error& error) {
            if (error.code() == Error::unreachable) throw;
            paper.refused = error;
        }
    }

    void refuse(Error& error, const fs::path& file) {
        error.at("file", file.string());
        if (alone_) throw Error(error);
        session_.tell(error.note());
        refused_ = error;
    }

    Session& session_;
    const ImportOptions& options_;
    const Profiles profiles_;
    Choice choice_;
    bool alone_ = false, look_ = false;
    std::pair<std::int64_t, Agreement> agreed_;
    std::vector<std::unique_ptr<Paper>> papers_;
    std::optional<Error> refused_;
    Json results_ = Json::array();
};

}  // namespace

int import_files(Session& session, const ImportOptions& options) {
    Intaking intaking(session, options);
    intaking.take(deliveries_of(session, options));
    return intaking.end();
}

}  // namespace siyu
