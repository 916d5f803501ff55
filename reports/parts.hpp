// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/document.hpp"
#include "reports/view.hpp"

// The parts of a report in the order in which they stand there. A part with nothing to show says so in a sentence.
namespace siyu {

Part kpi_part(const View& view);
Part movement_part(const View& view);
Part traffic_part(const View& view);
Part forecast_part(const View& view);
Part service_part(const View& view);
Part result_part(const View& view);
Part staffing_part(const View& view);
// One for each section of the plugin that this rhythm and audience get. Throws Error (refused) for a template that does
// not parse, asks for a key that nobody provides or brings HTML that is not allowed.
std::vector<Part> section_parts(const View& view);
Part quality_part(const View& view);
Part definition_part(const View& view);

// The course of a KPI over the 30 days up to the last one. No items where the scorecard has no series.
Chart course_of(const View& view, const View::Entry& entry, Chart::Kind kind);

}  // namespace siyu
