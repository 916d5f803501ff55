// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/recompute.hpp"

#include <algorithm>
#include <map>

#include "core/ledger/recorder.hpp"
#include "core/ledger/state.hpp"
#include "core/store/checksum.hpp"

namespace siyu {

namespace {

constexpr std::int64_t customers_together = 1024, customers_at_once = 65'536;

// What a cell or a run of timelines holds, in short.
struct Digest {
    std::size_t size = 0;
    std::uint32_t sum = 0;
    bool operator==(const Digest&) const = default;
};

Digest digest(std::string_view bytes) { return {bytes.size(), checksum(bytes)}; }

// A set has one digest, whatever it went through and however it is packed.
Digest digest(const Customers& set) {
    constexpr std::size_t at_once = 16'384;
    Digest found{set.cardinality(), 0};
    std::vector<std::uint32_t> some;
    const auto take = [&] {
        found.sum =
            found.sum * 31 + checksum({reinterpret_cast<const char*>(some.data()), some.size() * sizeof(some[0])});
        some.clear();
    };
    for (const std::uint32_t customer : set) {
        some.push_back(customer);
        if (some.size() == at_once) take();
    }
    take();
    return found;
}

bool is_set(std::int64_t series) {
    return series <= Series::joined_by_invite + 0 ||
           (series >= Series::members + 0 && series <= Series::group_members + 0) || series >= Series::kinds + 0;
}

class Recomputation {
  public:
    Recomputation(Database& database, std::int64_t tenant, const Zone& zone)
        : database_(database), tenant_(tenant), zone_(zone), words_(database, tenant), shelf_(database, tenant) {}

    std::vector<LedgerFault> run() {
        const Cells cells = read_cells();
        const Runs runs = read_timelines();
        make_anew();
        compare(cells, read_cells());
        compare(runs, read_timelines());
        return std::move(faults_);
    }

  private:
    using Cells = std::map<std::int64_t, std::map<Day, Digest>>;  // by series; a damaged cell has no digest of any
    using Runs = std::map<std::int64_t, Digest>;                  // by the first customer

    Cells read_cells() {
        Cells cells;
        for (const std::int64_t series : shelf_.series_between(0, INT64_MAX))
            shelf_.each_as_it_is(series, [&](Day day, std::optional<std::string_view> cell) {
                cells[series][day] = !cell ? Digest{} : is_set(series) ? digest(read_set(*cell)) : digest(*cell);
            });
        return cells;
    }

    Runs read_timelines() {
        Runs runs;
        const auto last = database_.prepare("SELECT COALESCE(MAX(customer), -1) FROM timeline WHERE tenant = ?");
        last->with(tenant_).step();
        const std::int64_t end = last->number(0);
        last->reset();
        const auto some = database_.prepare(
            "SELECT customer, data FROM timeline WHERE tenant = ? AND customer >= ? AND customer < ? ORDER BY "
            "customer");
        for (std::int64_t first = 0; first <= end; first += customers_at_once) {
            some->with(tenant_, first, first + customers_at_once);
            while (some->step()) {
                const std::int64_t customer = some->number(0);
                Digest& run = runs[customer - customer % customers_together];
                const Digest one = digest(std::to_string(customer) + ":" + std::string(some->bytes(1)));
                run = {run.size + one.size, run.sum * 31 + one.sum};
            }
        }
        return runs;
    }

    void make_anew() {
        shelf_.clear();
        database_.prepare("DELETE FROM timeline WHERE tenant = ?")->with(tenant_).run();
        Blocks blocks(database_, tenant_);
        Recorder recorder(database_, tenant_, zone_, words_, blocks);
        for (const FactKind& kind : fact_kinds()) {
            if (kind.when < 0) continue;
            for (const Day day : blocks.days(kind.fact))
                recorder.day_changed(kind.fact, day, Rows(kind), blocks.visible(kind.fact, day));
            for (const auto& [first, last] : blocks.mend_keys(kind))
                faults_.push_back({LedgerFault::Where::key_day, std::string(kind.name), {}, first, last});
        }
        recorder.finish();
        words_.flush();
    }

    void compare(const Cells& was, const Cells& is) {
        static const std::map<Day, Digest> none;
        const auto days_of = [](const Cells& cells, std::int64_t series) -> const std::map<Day, Digest>& {
            const auto found = cells.find(series);
            return found == cells.end() ? none : found->second;
        };
        for (const auto& [series, days] : was) {
            // At which days whole sets stand depends on what came when, but not what they hold.
            if (series >= whole_sets) {
                for (const auto& [day, held] : days)
                    if (held != digest(State(shelf_, series - whole_sets).at(day))) fault(series, day);
                continue;
            }
            const auto& now = days_of(is, series);
            for (const auto& [day, held] : days)
                if (const auto found = now.find(day); found == now.end() || found->second != held) fault(series, day);
        }
        for (const auto& [series, days] : is)
            if (series < whole_sets)
                for (const auto& [day, held] : days)
                    if (!days_of(was, series).contains(day)) fault(series, day);
    }

    void compare(const Runs& was, const Runs& is) {
        const auto differ = [this](const Runs& some, const Runs& others, bool only_missing) {
            for (const auto& [first, run] : some)
                if (const auto found = others.find(first);
                    found == others.end() || (!only_missing && found->second != run))
                    faults_.push_back({LedgerFault::Where::timeline, {}, {}, first, first + customers_together - 1});
        };
        differ(was, is, false);
        differ(is, was, true);
    }

    void fault(std::int64_t series, Day day) { faults_.push_back({LedgerFault::Where::cell, name(series), day}); }

    std::string name(std::int64_t series) {
        static constexpr const char* names[] = {"",
                                                "joined",
                                                "left",
                                                "interacted",
                                                "bought",
                                                "joined_by_post",
                                                "joined_by_invite",
                                                "interactions_tally",
                                                "orders_tally",
                                                "refunds",
                                                "members",
                                                "group_members"};
        if (series >= whole_sets) return name(series - whole_sets) + " (whole)";
        if (series >= Series::origins + 0) return "origin " + words_.text(Space::word, series - (Series::origins + 0));
        if (series >= Series::kinds + 0) return "kind " + words_.text(Space::word, series - (Series::kinds + 0));
        const std::int64_t fact = series - (Series::sums + 0);
        if (fact >= 0 && fact < fact_count) return "sums " + std::string(to_string(static_cast<Fact>(fact)));
        return series >= 0 && series < std::ssize(names) ? names[series] : std::to_string(series);
    }

    Database& database_;
    std::int64_t tenant_;
    const Zone& zone_;
    Words words_;
    Shelf shelf_;
    std::vector<LedgerFault> faults_;
};

}  // namespace

std::vector<LedgerFault> recompute(Database& database, std::int64_t tenant, const Zone& zone, bool mend) {
    Transaction transaction(database, tenant);
    auto faults = Recomputation(database, tenant, zone).run();
    if (mend) transaction.commit();
    return faults;
}

}  // namespace siyu
