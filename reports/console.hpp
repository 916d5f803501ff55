// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/catalogue.hpp"
#include "core/engine/scorecard.hpp"

// A scorecard for the terminal; for the agency's eyes.
namespace siyu {

// Every KPI of the period, a line each.
std::string kpi_table(const Scorecard& card, const Catalogue& say);
// The KPIs that the forecast table has, against it; a sentence where it has none.
std::string forecast_table(const Scorecard& card, const Catalogue& say);
// What should be known about the data, a line each.
std::string quality_lines(const Scorecard& card, Audience audience, const Catalogue& say);

// A figure rounded once: percent and multiples two places, money in yuan.
std::string console_figure(const Value& value, Unit unit);

}  // namespace siyu
