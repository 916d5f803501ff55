// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <utility>

#include "core/app/ask_what_it_is.hpp"
#include "core/app/batch_name.hpp"
#include "core/app/commands.hpp"
#include "core/app/import_preview.hpp"
#include "core/app/import_result.hpp"
#include "core/app/incoming_files.hpp"
#include "core/app/terminal.hpp"
#include "core/engine/import_notes.hpp"
#include "core/intake/export_name.hpp"
#include "core/intake/header_names.hpp"
#include "core/intake/parcel.hpp"
#include "core/intake/recognition.hpp"
#include "core/intake/workbook_parts.hpp"
#include "reports/quality_words.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

DaySpan covered(const std::string& text) {
    const std::size_t dots = text.find("..");
    const auto bad = [&text] { return Error(Error::wrong_use, "import.bad_covers", {{"covers", text}}); };
    if (dots == std::string::npos) throw bad();
    const auto first = parse_day(text.substr(0, dots)), last = parse_day(text.substr(dots + 2));
    if (!first || !last || *last < *first) throw bad();
    return {*first, *last};
}

// No more goes into the store together, each file being open until then; and no other owner's files behind so many.
constexpr std::uintmax_t bytes_together = 8 << 20;
constexpr std::size_t files_together = 256, files_enough = 192;

// A table of a workbook or an archive that is refused for one of these is none of ours: it is left out.
constexpr std::array<std::string_view, 4> not_ours{"intake.unknown_table", "intake.missing_columns",
                                                   "intake.missing_columns_like", "intake.empty_file"};

// Takes files in, told one after the other.
class Intaking {
  public:
    Intaking(Session& session, const ImportOptions& options, const ImportNews& news)
        : session_(session), options_(options), news_(news), profiles_(session.workspace().profile_folders()) {
        for (const auto& [name, error] : profiles_.broken()) {
            const Note note{"import.profile_left_out", {{"reason", session.say.say(error.note())}}};
            news.warning ? news.warning(note) : session.tell(note);
        }
        choice_.profile = options.profile;
        const auto asks = [](const auto& one, const std::string& name) {
            return one.second.asks_for(name) || one.second.lets_name(name);
        };
        for (const std::string& text : options.given) {
            const std::size_t equals = text.find('=');
            if (equals == std::string::npos || equals == 0)
                throw Error(Error::wrong_use, "import.bad_given", {{"given", text}});
            const std::string name = text.substr(0, equals);
            if (std::ranges::none_of(profiles_.all(), [&](const auto& one) { return asks(one, name); }))
                throw Error(Error::wrong_use, "intake.given_unknown", {{"name", name}});
            choice_.given[name] = text.substr(equals + 1);
        }
        if (!options.fact.empty()) choice_.fact = chosen_fact(options.fact);
    }

    // A file that is refused is told in its turn; the others are still taken.
    void take(const std::vector<IncomingFile>& files) {
        alone_ = files.size() == 1;
        // On a server every owner has a transaction of its own: the longer it is, the more others get in its way.
        const std::size_t enough = session_.database().far() ? 1 : files_enough;
        std::uintmax_t bytes = 0;
        const Tenant* last = nullptr;
        for (const auto& [owner, file] : files) {
            if (last && owner.get() != last) whole_.push_back(last->id);
            last = owner.get();
            std::error_code unreadable;
            const std::uintmax_t found = std::filesystem::file_size(file, unreadable), size = unreadable ? 0 : found;
            std::vector<Parcel> tables = open(owner.get(), file);
            const auto full = [&] {
                // What files bring together is only seen where none of them is taken back before the next.
                return (bytes + size > bytes_together && !options_.dry_run) ||
                       parcels_.size() + tables.size() > files_together ||
                       (parcels_.size() >= enough && parcels_.back().order.tenant != tables.front().order.tenant);
            };
            if (!parcels_.empty() && full()) {
                take_together();
                bytes = 0;
            }
            bytes += size;
            std::ranges::move(tables, std::back_inserter(parcels_));
        }
        if (last) whole_.push_back(last->id);
        take_together();
    }

    int end() {
        look_over();
        if (options_.json) Session::print(results_.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
        if (refused_ && !any_taken_) throw Error(refused_->code(), "import.none_taken");
        return look_ || refused_ ? 1 : 0;
    }

  private:
    // The tables of a file that are something; or one that says why there is none.
    std::vector<Parcel> open(const Tenant* tenant, const std::filesystem::path& file) {
        std::vector<TablePlace> places{file};
        std::vector<Note> notes;
        std::optional<Error> broken;
        try {
            places = tables_in(file);
            for (std::size_t i = 0; i < places.size(); ++i)
                if (i == 0 || places[i].entry != places[i - 1].entry)
                    for (const TablePlace& hidden : hidden_sheets(places[i]))
                        notes.push_back({"import.sheet_hidden", {{"table", hidden.text()}}});
            order_by_writing(places, [](const TablePlace& place) { return place.text(); });
        } catch (const Error& error) {
            broken = error;
        }
        std::vector<Parcel> parcels;
        for (const TablePlace& place : places) {
            parcels.push_back(open(tenant, place));
            if (broken) parcels.back().refused = broken;
        }
        const auto left_out = [](const Parcel& parcel) {
            return parcel.refused && std::ranges::find(not_ours, parcel.refused->note().id) != not_ours.end();
        };
        if (std::ranges::all_of(parcels, left_out)) {
            // It may be what the profile that is left out reads: it stays until that is mended.
            if (options_.from_inbox && !profiles_.broken().empty()) throw Error(profiles_.broken().begin()->second);
            parcels.erase(parcels.begin() + 1, parcels.end());
            return parcels;
        }
        for (std::size_t i = 0; i < parcels.size(); ++i)
            if (left_out(parcels[i])) notes.push_back(why_left_out(places[i], parcels[i].refused->note()));
        std::erase_if(parcels, left_out);
        leave_out_lines(parcels, notes);
        parcels.front().notes.insert(parcels.front().notes.end(), notes.begin(), notes.end());
        refuse_together(parcels);
        return parcels;
    }

    // A sheet may bear the name of a fact and be a summary of it.
    static bool has_some_of(Fact fact, const TablePlace& place) {
        const auto reader = TableReader::open(place);
        const HeaderNames names(reader->header());
        return std::ranges::any_of(kind_of(fact).columns, [&](const Column& column) {
            return column.needed && (names.find(column.name) >= 0 || names.find(column.alias) >= 0);
        });
    }
    // A table of which it is known what it should be has a slip in its header; any other may be a cover or notes.
    Note why_left_out(const TablePlace& place, Note why) {
        const auto what = std::ranges::find(why.with, "what", &std::pair<std::string, std::string>::first);
        const bool like = why.id == "intake.missing_columns_like";
        const auto fact = fact_of_name(place.sheet.empty() ? place.entry : place.sheet);
        const bool known = what != why.with.end() &&
                           (like || profiles_.all().contains(what->second) || (fact && has_some_of(*fact, place)));
        why.with.emplace_back("table", place.text());
        look_ = look_ || known;
        why.id = !known ? "import.table_left_out" : like ? "import.table_lacks_like" : "import.table_lacks";
        return why;
    }

    // A workbook with its orders on one sheet and the lines of the same orders on another has them twice.
    static void leave_out_lines(std::vector<Parcel>& parcels, std::vector<Note>& notes) {
        const auto whole = [](const Parcel& parcel) {
            return !parcel.refused && parcel.source->profile() && parcel.source->mends_by_rows();
        };
        std::erase_if(parcels, [&](const Parcel& lines) {
            if (lines.refused || !lines.source->profile() || whole(lines)) return false;
            const auto same = std::ranges::find_if(parcels, [&](const Parcel& other) {
                return whole(other) && other.source->facts() == lines.source->facts();
            });
            if (same == parcels.end()) return false;
            notes.push_back({"import.lines_left_out", {{"table", lines.order.file}, {"other", same->order.file}}});
            return true;
        });
    }

    Parcel open(const Tenant* tenant, const TablePlace& place) {
        Parcel parcel{.file = place.file,
                      .owner = tenant ? tenant->id : agency_name,
                      .zone = Zone(tenant ? tenant->timezone : agency_zone)};
        ImportOrder& order = parcel.order;
        order.tenant = tenant ? tenant->number : agency_tenant;
        order.file = place.text();
        try {
            const Choice choice = with_what_is_missing(place, what_it_is(place));
            parcel.open = [this, place, choice] { return std::make_unique<FactSource>(place, choice, profiles_); };
            parcel.source = parcel.open();
            use_once(choice, parcel.source->profile());
            const FactKind& kind = kind_of(parcel.source->facts().front());
            if (!kind.agency && !tenant)
                throw Error(Error::wrong_use, "import.whose",
                            {{"file", place.file.string()}, {"fact", std::string(kind.title)}});
            if (kind.agency && tenant && options_.from_inbox)
                throw Error(Error::refused, "import.of_the_agency",
                            {{"file", place.text()}, {"fact", std::string(kind.title)}});
            if (kind.agency) {
                parcel.owner = agency_name;
                parcel.zone = Zone(agency_zone);
                order.tenant = agency_tenant;
            }
            ask_the_store(tenant, parcel);
            if (!options_.covers.empty()) order.covers = covered(options_.covers);
            order.token = std::uniform_int_distribution<std::int64_t>(1)(random_);
        } catch (const Error& error) {
            parcel.refused = error;
        }
        order.progress = [this, name = order.file](std::uint64_t done, std::uint64_t total, std::int64_t rows) {
            if (!bar_ || bar_->first != name) bar_.emplace(name, name);
            bar_->second.show(done, total, rows);
        };
        return parcel;
    }

    void ask_the_store(const Tenant* tenant, Parcel& parcel) {
        const FactKind& kind = kind_of(parcel.source->facts().front());
        if (!kind.agency)
            agree(parcel.order, *tenant, kind.fact);
        else if (parcel.source->profile())
            // A roster as people keep it names brands; a canonical table may tell of some that are not here.
            for (const Tenant& known : Tenants(session_.database()).list())
                parcel.order.rules.tenants.insert({{known.id, known.id}, {known.name, known.id}});
        look_for_later(parcel);
    }

    // An export that was written before one that is in the store brings old states back where it replaces anything.
    void look_for_later(Parcel& parcel) {
        const auto name = export_name(parcel.order.file);
        if (!name || !parcel.source->profile()) return;
        for (const Batch& batch : Batches(session_.database(), parcel.order.tenant).list()) {
            const auto other = export_name(batch.file);
            if (batch.undone || batch.profile != parcel.source->profile()->name || !other ||
                other->series != name->series || other->written <= name->written)
                continue;
            parcel.order.if_it_replaces = Error(Error::refused, "import.older_export",
                                                {{"file", parcel.order.file},
                                                 {"later", batch.file},
                                                 {"batch", batch_name(parcel.owner, batch.number)}});
            return;
        }
    }

    // What the file does not say and its profile asks for, the person at the terminal does.
    Choice with_what_is_missing(const TablePlace& place, Choice choice) {
        while (may_ask()) {
            try {
                const FactSource source(place, choice, profiles_);
                break;
            } catch (const Error& error) {
                if (error.note().id != "intake.given_missing") break;
                const auto [name, value] = Question::ask_for(session_.say, place, error.note());
                if (value.empty()) break;
                choice.given[name] = value;
            }
        }
        return choice;
    }

    // Said with the command, a value such as the guide is that of one file.
    void use_once(const Choice& choice, const Profile* profile) {
        if (!profile) return;
        for (const auto& [name, value] : choice_.given) {
            if (!profile->fills_with(name) || choice.given.at(name) != value) continue;
            if (!used_.insert(name).second)
                throw Error(Error::refused, "import.given_twice", {{"name", name}, {"value", value}});
        }
    }

    bool may_ask() const { return !options_.json && !options_.from_inbox && Question::possible(); }

    // As the command says; where it says nothing and the file neither, the person at the terminal is asked.
    Choice what_it_is(const TablePlace& place) {
        if (choice_.fact || !choice_.profile.empty() || !may_ask()) return choice_;
        Choice choice = question_.ask(session_.say, place, profiles_);
        choice.given = choice_.given;
        return choice;
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
        if (options_.dry_run)
            look_in(session_.database(), parcels);
        else
            take_in(session_.database(), parcels);
        bar_.reset();
        for (Parcel& parcel : parcels) {
            if (news_.parcel) news_.parcel(parcel);
            if (parcel.refused) {
                refuse(*parcel.refused, parcel.order.file);
                continue;
            }
            any_taken_ = true;
            look_ = look_ || parcel.result->batch.rejected > 0;
            tell(parcel);
            if (options_.dry_run || news_.whole) continue;
            parcel.source.reset();
            taken_.push_back(std::move(parcel));
        }
        if (news_.whole && !whole_.empty()) news_.whole(whole_);
        whole_.clear();
    }

    void tell(const Parcel& parcel) {
        if (options_.dry_run) {
            const ImportPreview seen(parcel);
            if (options_.json)
                results_.push_back(seen.json(session_.say));
            else
                Session::print(seen.text(session_.say));
            return;
        }
        tell_result(session_, parcel);
        if (options_.json) results_.push_back(result_json(parcel, session_.say));
    }

    // What looks odd (facts.md, rule 5), once all is in: what one file lacks may stand in the next. Where reports are
    // made meanwhile, they say it.
    void look_over() {
        DaysTold days_told;
        for (std::size_t i = 0; i < taken_.size(); ++i) {
            const Parcel& parcel = taken_[i];
            const std::string& owner = parcel.owner;
            Json notes = Json::array();
            std::vector<Quality> found;
            try {
                found = look_at_import(session_.database(), owner, parcel.order.tenant, parcel.zone,
                                       parcel.result->batch, &days_told);
            } catch (const Error& error) {
                // It is in the store all the same.
                session_.tell("import.not_looked_over", {{"reason", session_.say.say(error.note())}, {"owner", owner}});
                return;
            }
            for (const Quality& quality : found) {
                // Odd figures may be as they are; orders that were changed are lost where they were.
                look_ =
                    look_ || quality.note.id == "quality.orders_moved" || quality.note.id == "quality.orders_repriced";
                const std::string what = told(quality.note, session_.say);
                const std::string where = told(quality.places, session_.say);
                const std::string to_mend = to_do(quality, owner, session_.say);
                session_.tell("import.odd", {{"what", what}, {"todo", to_mend}});
                notes.push_back({{"text", what}, {"where", where}, {"todo", to_mend}});
            }
            if (options_.json) results_[i]["quality"] = std::move(notes);
        }
    }

    void refuse(Error& error, const std::string& table) {
        error.at("file", table);
        if (alone_ && error.note().id != "import.with_its_file") throw Error(error);
        session_.tell(error.note());
        refused_ = error;
    }

    Session& session_;
    const ImportOptions& options_;
    const ImportNews& news_;
    const Profiles profiles_;
    Choice choice_;
    Question question_;
    std::random_device random_;
    bool alone_ = false, any_taken_ = false, look_ = false;
    std::pair<std::int64_t, Agreement> agreed_;
    std::vector<Parcel> parcels_;
    std::vector<Parcel> taken_;                               // what stands in the store now
    std::vector<std::string> whole_;                          // tenants of whom there is nothing else than these
    std::optional<std::pair<std::string, ProgressBar>> bar_;  // of the file at work
    std::set<std::string> used_;                              // of what was given
    std::optional<Error> refused_;
    Json results_ = Json::array();
};

}  // namespace

int import_files(Session& session, const ImportOptions& options, const ImportNews& news) {
    Intaking intaking(session, options, news);
    const IncomingFiles incoming = incoming_files(session, options);
    intaking.take(incoming.files);
    return std::max(intaking.end(), incoming.left_out ? 1 : 0);
}

}  // namespace siyu
