// SPDX-License-Identifier: Apache-2.0
#pragma once

// A host for unit tests of a plugin: no shared object, no siyu, no test framework; C++17 and the standard library. The
// test program is built from the plugin's sources and its own.
//
//     #include <siyu/testing.hpp>
//     using namespace siyu;
//
//     int main() {
//         testing::FakeHost host(siyu_plugin_v1);  // the constant that SIYU_PLUGIN makes; plugins in C have it too
//         host.setting("cycle_days", "28");
//         if (!host.declare()) return 1;
//         if (host.kpi("gmv_per_order").above != testing::text(total("orders", "amount"))) return 1;
//         host.give(total("orders", "amount"), 1'000);
//         host.give(rows("orders"), 4);
//         return host.compute("basket").value == Fraction(250) ? 0 : 1;
//     }

#include <stdexcept>
#include <utility>

#include "plugin.hpp"
#include "testing/table.hpp"

namespace siyu {
inline namespace contract_v1 {
namespace testing {

namespace detail {

// Gives out handles for expressions alone, and keeps their texts.
class Writer : Table {
  public:
    Writer() : Table(SIYU_CONTRACT_MINOR) { phase_ = Phase::describe; }
    std::string text(const Measure& measure) {
        return measures_.at(contract_v1::detail::handle(&table_, context(), measure.node()) - measure_mark - 1);
    }
};

}  // namespace detail

// The expression as its author writes it, to compare with what was declared.
inline std::string text(const Measure& measure) { return detail::Writer().text(measure); }

// Takes what one plugin declares, gives it the figures that the test wants, and notes what it does against the
// contract.
class FakeHost : detail::Table {
  public:
    // `minor`: the version of the contract that the host pretends to be of.
    explicit FakeHost(const siyu_plugin& plugin, std::uint32_t minor = SIYU_CONTRACT_MINOR)
        : Table(minor), plugin_(plugin) {}
    FakeHost(const FakeHost&) = delete;
    FakeHost& operator=(const FakeHost&) = delete;
    ~FakeHost() {
        if (created_) plugin_.destroy(self_);
    }

    // ---- before declare ----

    void setting(const std::string& key, const std::string& value) { settings_[key] = value; }

    // Creates and declares. False where the plugin said that it failed; failure() then has its words.
    bool declare() {
        if (created_) throw std::logic_error("declare() is called once");
        if (enter(Phase::create, [&] { return plugin_.create(&table_, context(), &self_); }).status != SIYU_OK)
            return false;
        created_ = true;
        return enter(Phase::declare, [&] { return plugin_.declare(self_, context()); }).status == SIYU_OK;
    }

    // ---- what was declared ----

    const std::vector<std::string>& extended() const { return extended_; }
    const std::vector<DeclaredKpi>& kpis() const { return kpis_; }
    const std::vector<DeclaredSection>& sections() const { return sections_; }
    const std::vector<DeclaredRole>& roles() const { return roles_; }
    const DeclaredStaffing& staffing() const { return staffing_; }
    // Throw std::out_of_range where nothing was declared under the id.
    const DeclaredKpi& kpi(const std::string& id) const { return by_id(kpis_, id); }
    const DeclaredSection& section(const std::string& id) const { return by_id(sections_, id); }
    const DeclaredRole& role(const std::string& id) const { return by_id(roles_, id); }
    const DeclaredLines& lines(const std::string& kpi) const { return at(lines_, kpi, "lines"); }

    // ---- what the plugin is given ----

    // By default the week of 2026-11-16. Days by parse_day or day_of.
    void period(std::uint32_t rhythm, std::int32_t first, std::int32_t last) {
        rhythm_ = rhythm, first_ = first, last_ = last;
    }
    // The figure of a measure: for any run of days, or for one. Nothing is no value.
    void give(const Measure& measure, std::optional<Fraction> figure) { figures_.give(text(measure), answer(figure)); }
    void give(const Measure& measure, std::int32_t first, std::int32_t last, std::optional<Fraction> figure) {
        figures_.give(text(measure), {first, last}, answer(figure));
    }
    // SIYU_NOT_READY or SIYU_NOT_APPLICABLE instead of a figure.
    void give_gap(const Measure& measure, siyu_status status) { figures_.give(text(measure), {status, {}}); }
    // The parts of a measure by a column, as Evaluation::split gives them, for any run of days.
    void give_split(const Measure& measure, const std::string& column, std::vector<Part> parts) {
        figures_.give_split(text(measure), column, std::move(parts));
    }
    // Rows of as many cells as there are columns; the plugin may ask for some of them. For any day.
    void give_roster(const std::string& name, RosterRow::Columns columns, std::vector<std::vector<std::string>> rows) {
        figures_.give_roster(name, std::move(columns), std::move(rows));
    }
    void cancel() { cancelled_ = true; }

    // ---- asking the plugin ----

    // Throw std::out_of_range where no such KPI or section was declared, or it has no compute or fill.
    Computed compute(const std::string& kpi) {
        const auto& [run, data] = at(computes_, kpi, "compute of");
        siyu_fraction out{0, 0};
        Computed done;
        static_cast<Outcome&>(done) =
            enter(Phase::compute, [&, run = run, data = data] { return run(data, context(), &out); });
        if (done.status != SIYU_OK) return done;
        if (out.den > 0)
            done.value = Fraction(out.num, out.den);
        else
            fault("compute of " + kpi + " returned SIYU_OK and a fraction without a denominator");
        return done;
    }
    Filled fill(const std::string& section) {
        const auto& [run, data] = at(fills_, section, "fill of");
        filling_ = &this->section(section);
        filled_ = {};
        static_cast<Outcome&>(filled_) =
            enter(Phase::fill, [&, run = run, data = data] { return run(data, context()); });
        filling_ = nullptr;
        return std::move(filled_);
    }

    // ---- what happened ----

    // The words that the plugin gave last for a failure.
    const std::string& failure() const { return failure_; }
    const std::vector<LogLine>& log() const { return log_; }
    // What the plugin did against the contract, in words.
    const std::vector<std::string>& faults() const { return faults_; }
    // So many calls of host functions that can fail were made; the n-th from now on fails.
    std::size_t calls() const { return calls_; }
    void fail_call(std::size_t n) { failing_ = calls_ + n; }
    // The expression as its author writes it.
    static std::string text_of(const Measure& measure) { return text(measure); }

  private:
    template <class Map>
    static const typename Map::mapped_type& at(const Map& map, const std::string& id, const char* what) {
        const auto found = map.find(id);
        if (found == map.end()) throw std::out_of_range("the plugin declared no " + std::string(what) + " " + id);
        return found->second;
    }
    template <class Declared>
    static const Declared& by_id(const std::vector<Declared>& all, const std::string& id) {
        for (const Declared& declared : all)
            if (declared.id == id) return declared;
        throw std::out_of_range("the plugin declared nothing named " + id);
    }

    const siyu_plugin& plugin_;
    void* self_ = nullptr;
    bool created_ = false;
};

}  // namespace testing
}  // namespace contract_v1
}  // namespace siyu
