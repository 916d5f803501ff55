// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <thread>

#include "core/app/batch_name.hpp"
#include "core/app/import_result.hpp"
#include "core/app/pull_members.hpp"
#include "core/app/terminal.hpp"
#include "core/intake/preview.hpp"
#include "core/ledger/ledger.hpp"
#include "core/pull/pull_days.hpp"
#include "core/pull/statistics.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// A folder for what was fetched, for our eyes alone, gone with this object.
class PrivateFolder {
  public:
    PrivateFolder() {
        std::string made = (fs::temp_directory_path() / "siyu-pull-XXXXXX").string();
        if (!mkdtemp(made.data()))
            throw Error(Error::unreachable, "app.cannot_write", {{"file", made}, {"words", std::strerror(errno)}});
        path_ = made;
    }
    ~PrivateFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

// What is fetched of one fact.
struct Fetched {
    Fact fact;
    DaySpan days;  // of all members
    Day earliest;  // of those who were allocated when these days had been fetched of the others
    std::vector<MemberDay> rows = {};

    // By which the days that a pull covered are known.
    std::string file() const {
        return "wecom-" + std::string(to_string(fact)) + "-" + to_string(days.first) + ".." + to_string(days.last) +
               ".csv";
    }
    // Of the rows.
    Day first() const {
        return rows.empty() ? days.first : std::min(days.first, std::ranges::min(rows, {}, &MemberDay::day).day);
    }
};

// One pull: all of it is fetched before any is taken in.
class Pull {
  public:
    Pull(Session& session, const PullOptions& options)
        : session_(session),
          options_(options),
          tenant_(Tenants(session.database()).find(options.tenant)),
          settings_(read_wecom_settings(session.workspace().folder())),
          wecom_(network(), settings_.account_of(tenant_.id), [this](int seconds) { wait(seconds); }) {
        const auto asked = [&](const char* fact) {
            return options.facts.empty() || std::ranges::count(options.facts, fact) > 0;
        };
        if (asked("guide_days")) facts_.push_back(Fact::guide_days);
        if (asked("group_days")) facts_.push_back(Fact::group_days);
    }

    int run() {
        const auto from = day_said(options_.from), to = day_said(options_.to);
        days_ = pull_days(wecom_.now());
        choose_days(from, to);
        if (window_.first <= window_.last) fetch();
        Json batches = Json::array();
        if (!options_.dry_run)
            batches = take();
        else if (!options_.json)
            for (const Fetched& fetched : fetched_) show(fetched);
        if (options_.json) print(batches);
        return look_ ? 1 : 0;
    }

  private:
    static std::optional<Day> day_said(const std::string& text) {
        return text.empty() ? std::nullopt : std::optional(chosen_day(text));
    }

    void wait(int seconds) const {
        session_.tell("pull.waiting", {{"seconds", std::to_string(seconds)}});
        std::this_thread::sleep_for(std::chrono::seconds(seconds));
    }

    void choose_days(std::optional<Day> from, std::optional<Day> to) {
        window_ = {days_.earliest, days_.latest};
        if (to) {
            if (*to > days_.yesterday())
                throw Error(Error::wrong_use, "pull.not_over",
                            {{"day", to_string(*to)}, {"yesterday", to_string(days_.yesterday())}});
            window_.last = std::min(*to, days_.latest);
        }
        if (days_.yesterday_waits && (!to || *to == days_.yesterday())) {
            session_.tell("pull.not_six", {{"day", to_string(days_.yesterday())}});
            look_ = look_ || to.has_value();
        }
        for (const auto& day : {from, to})
            if (day && *day < days_.earliest)
                throw Error(Error::wrong_use, "pull.too_early",
                            {{"day", to_string(*day)}, {"earliest", to_string(days_.earliest)}});
        if (from && *from > to.value_or(days_.yesterday()))
            throw Error(Error::wrong_use, "pull.no_days",
                        {{"first", to_string(*from)}, {"last", to_string(to.value_or(days_.yesterday()))}});
        const std::vector<Batch> batches = Batches(session_.database(), tenant_.number).list();
        window_.first = window_.last + 1;
        for (const Fact fact : facts_) {
            PullDays there = days_;
            // The messages of a day are what they grew by since the day before.
            if (fact == Fact::group_days) there.earliest = there.earliest + 1;
            const std::vector<Batch> pulls = pulled(batches, fact);
            const Day next = from ? *from : std::min(next_pull(days_of(pulls, fact), there), window_.last);
            const Day first = std::max(next, there.earliest);
            // Where nobody was allocated since, what WeCom has of earlier days was fetched.
            const bool as_before = !pulls.empty() && allocated_at() < pulls.back().made_at;
            fetched_.push_back({fact, {first, window_.last}, from || as_before ? first : there.earliest});
            window_.first = std::min(window_.first, first);
        }
    }

    // The pulls of a fact; a file that somebody imported says nothing of the others' days.
    static std::vector<Batch> pulled(std::vector<Batch> batches, Fact fact) {
        std::erase_if(batches, [fact](const Batch& batch) {
            return batch.undone || std::ranges::none_of(batch.facts, [&](const BatchFact& part) {
                       return part.fact == fact && part.covers.first <= part.covers.last &&
                              batch.file == Fetched{fact, part.covers, part.covers.first}.file();
                   });
        });
        return batches;
    }
    static std::vector<DaySpan> days_of(const std::vector<Batch>& pulls, Fact fact) {
        std::vector<DaySpan> days;
        for (const Batch& batch : pulls)
            for (const BatchFact& part : batch.facts)
                if (part.fact == fact) days.push_back(part.covers);
        return days;
    }
    // When allocations last changed, in seconds since 1970 UTC.
    std::int64_t allocated_at() {
        std::int64_t last = 0;
        for (const Batch& batch : Batches(session_.database(), 0).list())
            for (const BatchFact& part : batch.facts)
                if (part.fact == Fact::allocations && part.added + part.replaced > 0) last = batch.made_at;
        return last;
    }

    void fetch() {
        const Day earliest = std::ranges::min(fetched_, {}, &Fetched::earliest).earliest;
        members_ = pull_members(session_, tenant_, settings_, options_, window_, earliest, wecom_);
        for (const Note& note : members_.left_out) leave_out(note);
        std::uint64_t done = 0;
        std::int64_t rows = 0;
        ProgressBar bar("WeCom");
        std::optional<WecomRefusal> refused;
        std::set<std::string> unknown;
        for (Fetched& fetched : fetched_) {
            const Fact fact = fetched.fact;
            const std::set<std::string> known = rows_before(fetched);
            for (const PullMember& member : members_.asked) {
                bar.show(done++, members_.asked.size() * facts_.size(), rows);
                if (unknown.contains(member.id) || (fact == Fact::group_days && !member.groups)) continue;
                try {
                    catch_up(fetched, member, known);
                    for (DaySpan days : member.days) {
                        days.first = std::max(days.first, fetched.days.first);
                        ask(fetched, member.id, days);
                    }
                } catch (WecomRefusal& refusal) {
                    refusal.at("who", " (" + member.id + ")");
                    if (!refusal.unknown_member()) throw;
                    unknown.insert(member.id);
                    refused = refusal;
                }
                rows = std::ssize(fetched.rows);
            }
            settle(fetched);
        }
        if (refused && unknown.size() == members_.asked.size()) throw WecomRefusal(*refused);
        for (const std::string& member : unknown) leave_out({"pull.left_out", {{"guide", member}}});
    }

    // Who was allocated after these days had been fetched of the others: from the first of them without a row on.
    void catch_up(Fetched& fetched, const PullMember& member, const std::set<std::string>& known) {
        Day first = fetched.days.first;
        for (const DaySpan& days : member.allocated)
            for (Day day = std::max(days.first, fetched.earliest); day <= days.last && day < first; ++day)
                if (!known.contains(row_name(fetched.fact, member.id, day))) first = day;
        const std::size_t before = fetched.rows.size();
        for (const DaySpan& days : member.allocated)
            ask(fetched, member.id, {std::max(days.first, first), std::min(days.last, fetched.days.first - 1)});
        if (fetched.rows.size() > before)
            session_.tell("pull.caught_up", {{"guide", member.id},
                                             {"fact", fact_title(fetched.fact, session_.say)},
                                             {"first", to_string(fetched.rows[before].day)},
                                             {"last", to_string(fetched.rows.back().day)}});
    }

    static std::string row_name(Fact fact, const std::string& member, Day day) {
        return (fact == Fact::group_days ? owner_of(member) : member) + ' ' + to_string(day);
    }

    // The rows that there are before the days that are fetched of all.
    std::set<std::string> rows_before(const Fetched& fetched) {
        std::set<std::string> found;
        Ledger ledger(session_.database(), tenant_.number, Zone(tenant_.timezone));
        const auto& key = kind_of(fetched.fact).key;
        const auto when = static_cast<std::size_t>(key[0]), who = static_cast<std::size_t>(key[1]);
        ledger.each(fetched.fact, fetched.earliest, fetched.days.first - 1, {}, [&](std::span<const std::int64_t> row) {
            found.insert(ledger.words().text(Space::word, row[who]) + ' ' +
                         to_string(Day{static_cast<std::int32_t>(row[when])}));
        });
        return found;
    }

    void ask(Fetched& fetched, const std::string& member, DaySpan days) {
        if (days.first > days.last) return;
        for (MemberDay& row : fetched.fact == Fact::guide_days ? guide_days_of(wecom_, member, days)
                                                               : group_days_of(wecom_, member, days))
            fetched.rows.push_back(std::move(row));
    }

    void leave_out(const Note& note) {
        session_.tell(note);
        left_out_.push_back(note.with.front().second);
        look_ = true;
    }

    // Of days at the end that nobody has a row of nothing is known yet; nor, in the morning, of a yesterday that is
    // nothing but zeros.
    void settle(Fetched& fetched) {
        auto& rows = fetched.rows;
        if (rows.empty()) {
            session_.tell("pull.no_rows", {{"fact", fact_title(fetched.fact, session_.say)}});
            return;
        }
        const Day asked = fetched.days.last;
        if (days_.zeros_wait && asked == days_.yesterday() &&
            std::ranges::all_of(rows, [&](const MemberDay& row) { return row.idle || row.day != asked; }))
            std::erase_if(rows, [&](const MemberDay& row) { return row.day == asked; });
        fetched.days.last = fetched.days.first - 1;
        for (const MemberDay& row : rows) fetched.days.last = std::max(fetched.days.last, row.day);
        if (fetched.days.last == asked) return;
        session_.tell("pull.not_ready", {{"fact", fact_title(fetched.fact, session_.say)},
                                         {"first", to_string(fetched.days.last + 1)},
                                         {"last", to_string(asked)}});
        look_ = true;
    }

    Json take() {
        const PrivateFolder folder;
        const Profiles profiles;
        std::random_device random;
        std::vector<Parcel> parcels;
        for (const Fetched& fetched : fetched_) {
            if (fetched.rows.empty()) continue;
            const std::string name = fetched.file();
            const fs::path file = folder.path() / name;
            write_file(file, canonical_csv(fetched.fact, fetched.rows));
            Choice choice;
            choice.fact = fetched.fact;
            Parcel parcel{
                .file = file, .owner = tenant_.id, .zone = Zone(tenant_.timezone), .open = [file, choice, &profiles] {
                    return std::make_unique<FactSource>(file, choice, profiles);
                }};
            parcel.order.tenant = tenant_.number;
            parcel.order.file = name;
            parcel.order.limits = {Fraction(), 0};
            // Some guides alone say nothing about the others' days.
            parcel.order.covers = members_.all ? fetched.days : DaySpan{latest_day, earliest_day};
            parcel.order.token = std::uniform_int_distribution<std::int64_t>(1)(random);
            parcel.source = parcel.open();
            parcels.push_back(std::move(parcel));
        }
        take_in(session_.database(), parcels);
        Json batches = Json::array();
        for (Parcel& parcel : parcels) {
            if (parcel.refused) throw Error(parcel.refused->at("file", parcel.order.file));
            tell_result(session_, parcel);
            batches.push_back(result_json(parcel, session_.say));
        }
        if (parcels.empty()) session_.tell("pull.nothing", {{"tenant", tenant_.id}});
        return batches;
    }

    void show(const Fetched& fetched) const {
        if (fetched.rows.empty()) return;
        const auto& columns = kind_of(fetched.fact).columns;
        const bool chinese = session_.say.language() == Language::zh;
        std::string sums;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].type != Type::count || is_level(columns[i])) continue;
            std::int64_t sum = 0;
            for (const MemberDay& row : fetched.rows) sum += row.cells[i].empty() ? 0 : std::stoll(row.cells[i]);
            sums += (sums.empty() ? ""
                     : chinese    ? "，"
                                  : ", ") +
                    std::string(chinese ? columns[i].alias : columns[i].name) + " " + std::to_string(sum);
        }
        std::set<std::string> members;
        for (const MemberDay& row : fetched.rows) members.insert(row.cells[1]);
        Session::print(session_.say("pull.would_take", {{"fact", fact_title(fetched.fact, session_.say)},
                                                        {"first", to_string(fetched.first())},
                                                        {"last", to_string(fetched.days.last)},
                                                        {"members", std::to_string(members.size())},
                                                        {"rows", std::to_string(fetched.rows.size())},
                                                        {"sums", sums}}) +
                       "\n");
    }

    void print(const Json& batches) const {
        Json rows = Json::array();
        for (const Fetched& fetched : fetched_) {
            if (fetched.rows.empty()) continue;
            Json table = Json::array();
            const auto& columns = kind_of(fetched.fact).columns;
            if (options_.dry_run)
                for (const MemberDay& row : fetched.rows) {
                    Json one = Json::object();
                    for (std::size_t i = 0; i < columns.size(); ++i) one[std::string(columns[i].name)] = row.cells[i];
                    table.push_back(std::move(one));
                }
            Json one{{"fact", std::string(to_string(fetched.fact))},
                     {"first", to_string(fetched.first())},
                     {"last", to_string(fetched.days.last)},
                     {"rows", fetched.rows.size()}};
            if (options_.dry_run) one["table"] = std::move(table);
            rows.push_back(std::move(one));
        }
        const Json all{{"tenant", tenant_.id}, {"fetched", rows}, {"left_out", left_out_}, {"batches", batches}};
        Session::print(all.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
    }

    Session& session_;
    const PullOptions& options_;
    const Tenant tenant_;
    const WecomSettings settings_;
    Wecom wecom_;
    std::vector<Fact> facts_;
    PullDays days_;
    DaySpan window_;  // of all facts together
    PullMembers members_;
    std::vector<Fetched> fetched_;
    std::vector<std::string> left_out_;
    bool look_ = false;
};

}  // namespace

int pull_wecom(Session& session, const PullOptions& options) { return Pull(session, options).run(); }

}  // namespace siyu
