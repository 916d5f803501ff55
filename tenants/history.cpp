// SPDX-License-Identifier: Apache-2.0
#include "tenants/history.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace siyu {

namespace {

using Texts = std::map<std::string, std::string>;

// KPIs that both have and define in another way, with the formula of the first.
Texts differences(const Texts& before, const Texts& now) {
    Texts found;
    for (const auto& [kpi, formula] : before)
        if (const auto same = now.find(kpi); same != now.end() && same->second != formula) found.emplace(kpi, formula);
    return found;
}

// The last formula of each KPI among those that `holds` is true for: one that was gone for a while is known all the
// same.
template <class Holds>
Texts known(const std::vector<Formulas>& history, Holds holds) {
    Texts found;
    for (const Formulas& one : history)
        if (holds(one))
            for (const auto& [kpi, formula] : one.kpis) found[kpi] = formula;
    return found;
}

}  // namespace

FormulaCheck check_formulas(const std::vector<Formulas>& history, const Period& period, const Formulas& now) {
    FormulaCheck check;
    if (history.empty()) {
        check.keep = true;
        return check;
    }
    const Formulas& newest = history.back();
    // A version says the same whenever it is in use, also after another one.
    for (const auto& [kpi, formula] :
         differences(known(history, [&](const Formulas& one) { return one.same_ground(now); }), now.kpis))
        check.changed_silently.push_back(kpi);
    const auto announce = [&](auto holds) { check.announced = differences(known(history, holds), now.kpis); };
    const bool other = !newest.same_ground(now) || newest.kpis != now.kpis;
    if (period.last < newest.since || (other && period.last == newest.since)) {
        // Two changes on one day: what was kept for the day stays, the second counts from the next report on.
        announce([&](const Formulas& one) { return one.since <= period.last; });
        return check;
    }
    check.keep = other;
    const Day since = check.keep ? period.last : newest.since;
    if (period.first <= since) announce([&](const Formulas& one) { return one.since < since; });
    return check;
}

std::vector<Formulas> FormulaHistory::all() {
    std::vector<Formulas> found;
    const auto statement =
        database_.prepare("SELECT since, plugins, settings, formulas FROM formula WHERE tenant = ? ORDER BY since");
    statement->with(tenant_);
    while (statement->step()) {
        const auto texts = [&](int column) { return nlohmann::json::parse(statement->bytes(column)).get<Texts>(); };
        found.push_back({Day{static_cast<std::int32_t>(statement->number(0))}, texts(1), texts(2), texts(3)});
    }
    return found;
}

void FormulaHistory::keep(const Formulas& formulas) {
    const auto bytes = [](const Texts& texts) {
        return nlohmann::json(texts).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    };
    const std::string plugins = bytes(formulas.plugins), settings = bytes(formulas.settings),
                      kpis = bytes(formulas.kpis);
    database_.prepare("REPLACE INTO formula (tenant, since, plugins, settings, formulas) VALUES (?, ?, ?, ?, ?)")
        ->with(tenant_, std::int64_t{formulas.since.number}, std::string_view(plugins), std::string_view(settings),
               std::string_view(kpis))
        .run();
}

}  // namespace siyu
