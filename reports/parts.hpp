// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "reports/document.hpp"
#include "reports/view.hpp"

// The parts of a report in the order in which they stand there. A part with nothing to show says so in a sentence.
namespace siyu {

// The KPIs whose formula has changed, with both values (口径变更); nothing where none has.
std::optional<PagePart> change_part(const View& view);
PagePart kpi_part(const View& view);
PagePart movement_part(const View& view);
PagePart traffic_part(const View& view);
PagePart forecast_part(const View& view);
PagePart service_part(const View& view);
PagePart result_part(const View& view);
PagePart staffing_part(const View& view);
// One for each section of the plugin that this rhythm and audience get. Throws Error (refused) for a template that does
// not parse, asks for a key that nobody provides or brings HTML that is not allowed.
std::vector<PagePart> section_parts(const View& view);
PagePart quality_part(const View& view);
PagePart definition_part(const View& view);

// The course of a KPI over the 30 days up to the last one. No items where the scorecard has no series.
Chart course_of(const View& view, const View::Entry& entry, Chart::Kind kind);

}  // namespace siyu
