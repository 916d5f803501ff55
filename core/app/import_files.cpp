// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <utility>

#include "core/app/batch_name.hpp"
#include "core/app/commands.hpp"
#include "core/app/import_result.hpp"
#include "core/app/terminal.hpp"
#include "core/intake/parcel.hpp"

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

// No more goes into the store together, each file being open until then; and no other owner's files behind so many.
constexpr std::uintmax_t bytes_together = 8 << 20;
constexpr std::size_t files_together = 256, files_enough = 192;

// Takes deliveries in, told one after the other.
class Intaking {
  public:
    using Taken = std::function<void(const std::vector<std::string>& tenants)>;

    Intaking(Session& session, const ImportOptions& options, const Taken& taken)
        : session_(session), options_(options), taken_(taken), profiles_(session.workspace().profile_folders()) {
        choice_.profile = options.profile;
        if (options.fact.empty()) return;
        choice_.fact = parse_fact(options.fact);
        if (choice_.fact) return;
        std::string all;
        for (const FactKind& kind : fact_kinds())
            all += (all.empty() ? "" : ", ") + std::string(kind.name) + " " + std::string(kind.title);
        throw Error(Error::wrong_use, "import.unknown_fact", {{"fact", options.fact}, {"facts", all}});
    }

    // A file that is refused is told in its turn; the others are still taken.
    void take(const std::vector<Delivery>& deliveries) {
        alone_ = deliveries.size() == 1;
        // On a server every owner has a transaction of its own: the longer it is, the more others get in its way.
        const std::size_t enough = session_.database().far() ? 1 : files_enough;
        std::uintmax_t bytes = 0;
        const Tenant* last = nullptr;
        for (const auto& [owner, file] : deliveries) {
            if (last && owner.get() != last) whole_.push_back(last->id);
            last = owner.get();
            std::error_code unreadable;
            const std::uintmax_t found = fs::file_size(file, unreadable), size = unreadable ? 0 : found;
            Parcel parcel = open(owner.get(), file);
            const auto full = [&] {
                return bytes + size > bytes_together || parcels_.size() == files_together ||
                       (parcels_.size() >= enough && parcels_.back().order.tenant != parcel.order.tenant);
            };
            if (!parcels_.empty() && full()) {
                take_together();
                bytes = 0;
            }
            bytes += size;
            parcels_.push_back(std::move(parcel));
        }
        if (last) whole_.push_back(last->id);
        take_together();
    }

    int end() {
        if (options_.json) Session::print(results_.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
        if (refused_ && !any_taken_) throw Error(refused_->code(), "import.none_taken");
        return look_ || refused_ ? 1 : 0;
    }

  private:
    Parcel open(const Tenant* tenant, const fs::path& file) {
        Parcel parcel{.file = file,
                      .owner = tenant ? tenant->id : agency_name,
                      .zone = Zone(tenant ? tenant->timezone : agency_zone),
                      .open = [this, file] { return std::make_unique<FactSource>(file, choice_, profiles_); }};
        ImportOrder& order = parcel.order;
        order.tenant = tenant ? tenant->number : agency_tenant;
        try {
            parcel.source = parcel.open();
            const FactKind& kind = kind_of(parcel.source->facts().front());
            if (!kind.agency && !tenant)
                throw Error(Error::wrong_use, "import.whose",
                            {{"file", file.string()}, {"fact", std::string(kind.title)}});
            if (kind.agency) {
                parcel.owner = agency_name;
                parcel.zone = Zone(agency_zone);
                order.tenant = agency_tenant;
            }
            order.file = file.filename().string();
            if (!options_.covers.empty()) order.covers = covered(options_.covers);
            order.token = std::uniform_int_distribution<std::int64_t>(1)(random_);
            if (!kind.agency) agree(order, *tenant, kind.fact);
        } catch (const Error& error) {
            parcel.refused = error;
        }
        order.progress = [this, name = order.file](std::uint64_t done, std::uint64_t total, std::int64_t rows) {
            if (!bar_ || bar_->first != name) bar_.emplace(name, name);
            bar_->second.show(done, total, rows);
        };
        return parcel;
    }

    // What was agreed with the tenant decides which rows are good.
    void agree(ImportOrder& order, const Tenant& tenant, Fact fact) {
        if (agreed_.first != tenant.number) agreed_ = {tenant.number, Tenants(session_.database()).agreement(tenant)};
        const Agreement& agreement = agreed_.second;
        const Day today = Zone(tenant.timezone).today();
        order.limits = {agreement.max_bad_share(today), agreement.max_bad_rows(today)};
        if (options_.all_or_nothing) order.limits = {Fraction(), 0};
        const SurveyScale scale = agreement.survey_scale(today);
        order.rules.lowest_score = scale.lowest;
        order.rules.highest_score = scale.highest;
        if (fact != Fact::forecast) return;
        const Outcome outcome = session_.crew().run(session_.plugin_job(tenant, agreement, today));
        session_.tell(outcome);
        order.rules.kpis = outcome.or_throw().kpis;
    }

    void take_together() {
        auto parcels = std::exchange(parcels_, {});
        take_in(session_.database(), parcels);
        bar_.reset();
        for (Parcel& parcel : parcels) {
            if (parcel.refused) {
                refuse(*parcel.refused, parcel.file);
                continue;
            }
            tell_result(session_, parcel);
            any_taken_ = true;
            if (options_.json) results_.push_back(result_json(parcel, session_.say));
            look_ = look_ || parcel.result->batch.rejected > 0;
        }
        if (taken_ && !whole_.empty()) taken_(whole_);
        whole_.clear();
    }

    void refuse(Error& error, const fs::path& file) {
        error.at("file", file.string());
        if (alone_) throw Error(error);
        session_.tell(error.note());
        refused_ = error;
    }

    Session& session_;
    const ImportOptions& options_;
    const Taken& taken_;
    const Profiles profiles_;
    Choice choice_;
    std::random_device random_;
    bool alone_ = false, any_taken_ = false, look_ = false;
    std::pair<std::int64_t, Agreement> agreed_;
    std::vector<Parcel> parcels_;
    std::vector<std::string> whole_;                          // tenants of whom there is nothing else than these
    std::optional<std::pair<std::string, ProgressBar>> bar_;  // of the file at work
    std::optional<Error> refused_;
    Json results_ = Json::array();
};

}  // namespace

int import_files(Session& session, const ImportOptions& options, const Intaking::Taken& taken) {
    Intaking intaking(session, options, taken);
    intaking.take(deliveries_of(session, options));
    return intaking.end();
}

}  // namespace siyu
