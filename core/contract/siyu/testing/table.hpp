// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "declared.hpp"
#include "expression_text.hpp"
#include "figures.hpp"
#include "settings.hpp"

namespace siyu {
inline namespace contract_v1 {
namespace testing {
namespace detail {

// The functions that a plugin under test calls, and all that they write down; FakeHost is what a test sees of it.
class Table {
  public:
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

  protected:
    explicit Table(std::uint32_t minor) {
        table_.size = minor == 0 ? offsetof(siyu_host, value_over) : sizeof table_;
        table_.minor = minor;
    }
    ~Table() = default;

    enum class Phase { outside, create, declare, compute, fill, describe };
    using Compute = siyu_status (*)(void*, siyu_context*, siyu_fraction*);
    using Fill = siyu_status (*)(void*, siyu_context*);
    static constexpr std::uint32_t set_mark = 0x51000000, measure_mark = 0x4d000000;

    // The context is the host itself: a plugin never looks into it.
    siyu_context* context() { return reinterpret_cast<siyu_context*>(this); }
    static Table& host(siyu_context* context) { return *reinterpret_cast<Table*>(context); }
    static std::string words(siyu_text text) { return contract_v1::detail::string(text); }
    static siyu_text lent(const std::string& words) { return contract_v1::detail::text(words); }
    static Answer answer(std::optional<Fraction> figure) {
        return figure ? Answer{SIYU_OK, *figure} : Answer{SIYU_NO_VALUE, {}};
    }

    template <class Run>
    Outcome enter(Phase phase, Run run) {
        phase_ = phase;
        failure_.clear();
        const siyu_status status = run();
        phase_ = Phase::outside;
        figures_.take_back();
        const bool gap = status >= SIYU_NO_VALUE && status <= SIYU_NOT_APPLICABLE &&
                         (phase == Phase::compute || phase == Phase::fill);
        if (status != SIYU_OK && status != SIYU_CANCELLED && !gap && failure_.empty() && !told_)
            fault("an entry returned status " + std::to_string(status) + " without words");
        told_ = false;
        return {status, failure_};
    }
    void fault(std::string what) { faults_.push_back(std::move(what)); }
    siyu_status bad_call(const std::string& what) {
        fault(what), told_ = true;
        return SIYU_BAD_CALL;
    }

    // Counts the call; runs it if now is the time for it and it is not the one that is to fail.
    template <class Run>
    siyu_status serve(const char* function, std::initializer_list<Phase> when, Run run) {
        if (phase_ != Phase::describe) {
            bool now = false;
            for (const Phase phase : when) now = now || phase == phase_;
            if (!now) return bad_call(std::string(function) + " was called when it may not be");
            if (++calls_ == failing_) {
                told_ = true;
                return SIYU_FAILED;
            }
        }
        return run();
    }
    // A declaring function; the struct says how much of it there is.
    template <class Struct, class Run>
    siyu_status take(const char* function, const Struct* handed, Run run) {
        return serve(function, {Phase::declare}, [&]() -> siyu_status {
            if (!handed || handed->size < sizeof(Struct))
                return bad_call(std::string(function) + " was given no struct, or one that does not say its size");
            run(*handed);
            return SIYU_OK;
        });
    }
    std::string described_set(siyu_set handle) {
        if (handle == 0) return {};
        if (handle > set_mark && handle - set_mark <= sets_.size()) return sets_[handle - set_mark - 1];
        fault("a set was used that this host did not give out");
        return "?";
    }
    std::string described(siyu_measure handle) {
        if (handle == 0) return {};
        if (handle > measure_mark && handle - measure_mark <= measures_.size())
            return measures_[handle - measure_mark - 1];
        fault("a measure was used that this host did not give out");
        return "?";
    }
    static std::uint32_t kept(std::vector<std::string>& all, std::uint32_t mark, const std::string& text) {
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i] == text) return mark + static_cast<std::uint32_t>(i) + 1;
        all.push_back(text);
        return mark + static_cast<std::uint32_t>(all.size());
    }

    // ---- the functions of the table ----

    static void fail(siyu_context* context, siyu_status, siyu_text why) { host(context).failure_ = words(why); }
    static void write_log(siyu_context* context, std::uint32_t level, siyu_text line) {
        host(context).log_.push_back({level, words(line)});
    }
    static siyu_status read_setting(siyu_context* context, siyu_text key, siyu_text* out) {
        Table& self = host(context);
        return self.serve("setting", {Phase::create, Phase::declare}, [&]() -> siyu_status {
            const auto found = self.settings_.find(words(key));
            if (found == self.settings_.end()) return SIYU_NO_VALUE;
            *out = lent(found->second);
            return SIYU_OK;
        });
    }
    static siyu_status read_number(siyu_context* context, siyu_text key, std::uint32_t form, siyu_fraction* out) {
        Table& self = host(context);
        return self.serve("setting_number", {Phase::create, Phase::declare}, [&]() -> siyu_status {
            const auto found = self.settings_.find(words(key));
            if (found == self.settings_.end()) return SIYU_NO_VALUE;
            const auto number = setting_of(found->second, form);
            if (!number) {
                self.fault("setting " + found->first + " is " + found->second + ", which is of the wrong form");
                return SIYU_BAD_CONFIG;
            }
            *out = contract_v1::detail::fraction(*number);
            return SIYU_OK;
        });
    }
    static siyu_status extend(siyu_context* context, siyu_text plugin) {
        Table& self = host(context);
        return self.serve("extend", {Phase::declare}, [&]() -> siyu_status {
            if (!self.kpis_.empty() || !self.sections_.empty()) self.fault("extend comes before all declarations");
            self.extended_.push_back(words(plugin));
            return SIYU_OK;
        });
    }
    static siyu_set set(siyu_context* context, const siyu_set_expression* handed) {
        Table& self = host(context);
        siyu_set handle = 0;
        self.serve("set", {Phase::declare}, [&]() -> siyu_status {
            const std::string text =
                text_of(*handed, self.described_set(handed->left), self.described_set(handed->right));
            if (text.empty()) return self.bad_call("a set has an op that there is not");
            handle = kept(self.sets_, set_mark, text);
            return SIYU_OK;
        });
        return handle;
    }
    static siyu_measure measure(siyu_context* context, const siyu_measure_expression* handed) {
        Table& self = host(context);
        siyu_measure handle = 0;
        self.serve("measure", {Phase::declare}, [&]() -> siyu_status {
            const std::string text = text_of(*handed, self.described_set(handed->set), self.described(handed->left),
                                             self.described(handed->right));
            if (text.empty()) return self.bad_call("a measure has an op that there is not");
            handle = kept(self.measures_, measure_mark, text);
            return SIYU_OK;
        });
        return handle;
    }
    static siyu_status declare_kpi(siyu_context* context, const siyu_kpi* handed) {
        Table& self = host(context);
        return self.take("declare_kpi", handed, [&](const siyu_kpi& said) {
            DeclaredKpi kpi(said, self.described(said.above), self.described(said.below));
            if (said.compute) self.computes_[kpi.id] = {said.compute, said.data};
            self.add(self.kpis_, std::move(kpi));
        });
    }
    static siyu_status redefine_kpi(siyu_context* context, const siyu_formula* handed) {
        Table& self = host(context);
        return self.take("redefine_kpi", handed, [&](const siyu_formula& said) {
            DeclaredKpi kpi;
            kpi.id = words(said.kpi), kpi.redefined = true;
            kpi.above = self.described(said.above), kpi.below = self.described(said.below);
            self.add(self.kpis_, std::move(kpi));
        });
    }
    static siyu_status declare_lines(siyu_context* context, const siyu_lines* handed) {
        Table& self = host(context);
        return self.take("declare_lines", handed, [&](const siyu_lines& said) {
            self.lines_[words(said.kpi)] = {given(said.normal), given(said.good), given(said.excess)};
        });
    }
    static siyu_status declare_staffing(siyu_context* context, const siyu_staffing* handed) {
        Table& self = host(context);
        return self.take("declare_staffing", handed, [&](const siyu_staffing& said) {
            self.staffing_ = {given(said.members_per_guide), given(said.guides_per_operator)};
        });
    }
    static siyu_status declare_role(siyu_context* context, const siyu_role* handed) {
        Table& self = host(context);
        return self.take("declare_role", handed, [&](const siyu_role& said) {
            self.add(self.roles_, DeclaredRole(said, self.described(said.driver)));
        });
    }
    static siyu_status declare_section(siyu_context* context, const siyu_section* handed) {
        Table& self = host(context);
        return self.take("declare_section", handed, [&](const siyu_section& said) {
            DeclaredSection section(said);
            if (said.fill) self.fills_[section.id] = {said.fill, said.data};
            self.add(self.sections_, std::move(section));
        });
    }
    template <class Declared>
    void add(std::vector<Declared>& all, Declared declared) {
        for (const Declared& known : all)
            if (known.id == declared.id) fault(declared.id + " is declared twice");
        all.push_back(std::move(declared));
    }
    siyu_status figure(siyu_measure handle, std::int32_t first, std::int32_t last, siyu_fraction* out) {
        const std::string text = described(handle);
        const Answer* found = figures_.find(text, {first, last});
        if (!found) return bad_call("the test gives no figure for " + text);
        if (found->status == SIYU_OK) *out = contract_v1::detail::fraction(found->figure);
        return found->status;
    }
    bool sound(std::int32_t first, std::int32_t last) {
        const bool fine = first >= 0 && first <= last && last <= last_;
        if (!fine) bad_call(day_text(first) + " to " + day_text(last) + " is no run of days up to the period's last");
        return fine;
    }
    static siyu_status value(siyu_context* context, siyu_measure handle, siyu_fraction* out) {
        Table& self = host(context);
        return self.serve("value", {Phase::compute, Phase::fill},
                          [&]() -> siyu_status { return self.figure(handle, self.first_, self.last_, out); });
    }
    static siyu_status value_over(siyu_context* context, siyu_measure handle, std::int32_t first, std::int32_t last,
                                  siyu_fraction* out) {
        Table& self = host(context);
        return self.serve("value_over", {Phase::compute, Phase::fill}, [&]() -> siyu_status {
            return self.sound(first, last) ? self.figure(handle, first, last, out) : SIYU_BAD_CALL;
        });
    }
    static siyu_status split(siyu_context* context, siyu_measure handle, siyu_text column, std::int32_t first,
                             std::int32_t last, const siyu_part** out, std::uint64_t* count) {
        Table& self = host(context);
        return self.serve("split", {Phase::compute, Phase::fill}, [&]() -> siyu_status {
            if (!self.sound(first, last)) return SIYU_BAD_CALL;
            const auto* parts = self.figures_.split(self.described(handle), words(column));
            if (!parts)
                return self.bad_call("the test does not divide " + self.described(handle) + " by " + words(column));
            *out = parts->data(), *count = parts->size();
            return SIYU_OK;
        });
    }
    static siyu_status roster(siyu_context* context, siyu_text name, const siyu_text* columns,
                              std::uint32_t column_count, std::int32_t day, const siyu_text** out,
                              std::uint64_t* count) {
        Table& self = host(context);
        return self.serve("roster", {Phase::compute, Phase::fill}, [&]() -> siyu_status {
            if (!self.sound(day, day)) return SIYU_BAD_CALL;
            RosterRow::Columns names;
            for (std::uint32_t i = 0; i < column_count; ++i) names.push_back(words(columns[i]));
            const auto* cells = self.figures_.roster(words(name), names);
            if (!cells) return self.bad_call("the test gives no roster " + words(name) + ", or not all its columns");
            *out = cells->data(), *count = cells->size() / std::max<std::size_t>(1, names.size());
            return SIYU_OK;
        });
    }
    static siyu_status tell_period(siyu_context* context, siyu_period* out) {
        Table& self = host(context);
        return self.serve("period", {Phase::compute, Phase::fill}, [&]() -> siyu_status {
            if (!out || out->size < sizeof *out) return self.bad_call("siyu_period does not say its size");
            out->rhythm = self.rhythm_, out->first = self.first_, out->last = self.last_;
            return SIYU_OK;
        });
    }

    bool declared(const std::string& key) const {
        for (const std::string& known : filling_->keys)
            if (known == key) return true;
        return false;
    }
    static siyu_status put_text(siyu_context* context, siyu_text key, siyu_text text) {
        Table& self = host(context);
        return self.serve("put_text", {Phase::fill}, [&]() -> siyu_status {
            if (!self.declared(words(key))) return self.bad_call("the section did not declare the key " + words(key));
            self.filled_.keys[words(key)] = Put(words(text));
            return SIYU_OK;
        });
    }
    static siyu_status put_figure(siyu_context* context, const siyu_cell* cell) {
        Table& self = host(context);
        return self.serve("put_figure", {Phase::fill}, [&]() -> siyu_status {
            const std::string key = words(cell->key);
            if (!self.declared(key)) return self.bad_call("the section did not declare the key " + key);
            self.filled_.keys[key] = Put(*cell);
            return SIYU_OK;
        });
    }
    static siyu_status put_row(siyu_context* context, siyu_text list, const siyu_cell* cells, std::uint32_t count) {
        Table& self = host(context);
        return self.serve("put_row", {Phase::fill}, [&]() -> siyu_status {
            Filled::Row row;
            for (std::uint32_t i = 0; i < count; ++i) {
                const std::string key = words(cells[i].key), whole = words(list) + "." + key;
                if (!self.declared(whole)) return self.bad_call("the section did not declare the key " + whole);
                if (!row.emplace(key, Put(cells[i])).second) return self.bad_call(whole + " is put twice in a row");
            }
            self.filled_.lists[words(list)].push_back(std::move(row));
            return SIYU_OK;
        });
    }
    static std::int32_t is_cancelled(siyu_context* context) { return host(context).cancelled_ ? 1 : 0; }
    static const void* extension(siyu_context*, siyu_text) { return nullptr; }

    siyu_host table_{0,
                     0,
                     fail,
                     write_log,
                     read_setting,
                     read_number,
                     extend,
                     set,
                     measure,
                     declare_kpi,
                     redefine_kpi,
                     declare_lines,
                     declare_staffing,
                     declare_role,
                     declare_section,
                     value,
                     tell_period,
                     put_text,
                     is_cancelled,
                     extension,
                     value_over,
                     split,
                     roster,
                     put_figure,
                     put_row};
    bool cancelled_ = false;
    bool told_ = false;  // the host knows why the entry that is running fails
    Phase phase_ = Phase::outside;
    std::size_t calls_ = 0, failing_ = 0;

    std::map<std::string, std::string> settings_;
    std::vector<std::string> extended_, sets_, measures_;  // expressions as text, in the order of their handles
    std::vector<DeclaredKpi> kpis_;
    std::vector<DeclaredSection> sections_;
    std::vector<DeclaredRole> roles_;
    std::map<std::string, DeclaredLines> lines_;
    DeclaredStaffing staffing_;
    std::map<std::string, std::pair<Compute, void*>> computes_;
    std::map<std::string, std::pair<Fill, void*>> fills_;

    std::uint32_t rhythm_ = SIYU_WEEKLY;
    std::int32_t first_ = day_of({2026, 11, 16}), last_ = day_of({2026, 11, 22});
    Figures figures_;

    const DeclaredSection* filling_ = nullptr;
    Filled filled_;
    std::string failure_;
    std::vector<LogLine> log_;
    std::vector<std::string> faults_;
};

}  // namespace detail
}  // namespace testing
}  // namespace contract_v1
}  // namespace siyu
