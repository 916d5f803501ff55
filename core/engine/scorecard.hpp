// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/period.hpp"
#include "core/base/value.hpp"
#include "core/blueprint/blueprint.hpp"

// Everything that one report says, as exact values: what the engine makes and reports/ shows. Money in fen.
namespace siyu {

enum class Line { fail, normal, good, excess };  // 不及格 正常 优良 超额

std::string_view to_string(Line line);

// How a KPI stands against the forecast table, month to date (kpis.md, Forecast table).
struct Standing {
    Day month;  // its first day
    // Without a row in the table there are only lines of the plugin, and forecast to agency_gap are gaps.
    bool in_table = false;
    Value forecast, adjusted, due, actual, attainment;
    bool floor_breached = false;
    Value client_gap, agency_gap;  // parts of the shortfall: positive is a shortfall
    std::optional<Line> line;
    Value projection;                              // month's end
    std::optional<Fraction> normal, good, excess;  // the lines as they were compared: scaled for adding KPIs
};

struct Figure {
    std::string kpi;
    Value value, prev;
    std::optional<Standing> standing;
    std::vector<Value> series;  // one-day values of the 30 days up to `last`, oldest first; empty unless asked for
};

// KPI id -> dimension (channel, guide, group, origin, path, category) -> value -> figure. "" is the unknown value.
using Breakdowns = std::map<std::string, std::map<std::string, std::map<std::string, Fraction>>>;

struct Movement {
    std::int64_t opening = 0, in = 0, out = 0, closing = 0;
    bool adds_up() const { return opening + in - out == closing; }
};

// Promised by the brand for the month, and what came of it so far.
struct Commitment {
    std::string resource, channel;  // channel "" for none
    Fraction promised;              // of the whole month
    Value due;                      // touches: promised x d / D
    Value delivered;                // touches: counted; the rest: as said in the table
    std::string delivered_text;     // as written there (a number, yes or no), where it is not counted
};

struct StaffingView {
    std::int64_t members = 0, required_guides = 0, operators = 0, content_editors = 0;
    Value allocated;  // full-time guides on the last day
    struct Role {
        std::string id, title_zh, title_en;
        Value required;
    };
    std::vector<Role> roles;
};

// One guide who works for the brand in the period.
struct GuideRow {
    std::string id, name, type;  // type: general, category, brand; "" when not in the roster
    Fraction share;              // mean of the days of the period
    std::int64_t new_users = 0;
    Fraction gmv;
    std::int64_t days_allocated = 0, days_333 = 0;
    Value cost;  // of the period; for the agency's eyes only
};

struct KocRow {
    std::string id, name;
    std::int64_t posts = 0, new_users = 0;
};

// Where something is seen, as far as that is known: a file that was taken in, a row and a column of it.
struct DataPlace {
    std::string batch, file;          // `aurora:12`
    std::int64_t line = 0;            // in the file; 0: not known
    std::string column = {};          // as the file calls it
    std::string row = {};             // what names the row where its line is not known: an order's number
    std::optional<Note> reason = {};  // why it was set aside
    bool before = false;              // the last file that brought what is missing now
};

// Something about the data that the reader should know (facts.md, rule 5 and Ready or not). What to do about it is the
// sentence `quality.do.` with the rest of its id.
struct Quality {
    enum class Weight { note, warning, hold };
    Weight weight = Weight::note;
    Note note;  // sentence in the catalogue
    Audience audience = Audience::brand;
    std::string fact = {};               // canonical name
    std::optional<Day> day = {};         // the first one concerned
    std::vector<DataPlace> places = {};  // the agency's own business
};

struct RejectedRows {
    std::string batch, file, fact;
    std::int64_t rows = 0;
    std::vector<DataPlace> first = {};  // the first few
    std::optional<DaySpan> days = {};   // of the file
    bool maybe_mended = false;          // a later small file of the same form may have brought them
};

// A KPI whose formula is another one than in the reports before (口径变更).
struct FormulaChange {
    Kpi before;   // the formula stands in the scorecard's blueprint; without one it was the plugin's own code
    Value value;  // of the period, by the formula before; not applicable where it cannot be computed again
};

struct Scorecard {
    std::string tenant, tenant_name, timezone;
    std::string plugin, plugin_version;
    Period period, compared_with;
    Blueprint blueprint;          // titles, units, formulas, sections
    std::vector<Figure> figures;  // in the blueprint's order
    std::vector<FormulaChange> changes;
    Breakdowns breakdowns;
    Movement movement;
    Value delivery_factor;
    std::vector<Commitment> commitments;
    StaffingView staffing;
    std::vector<GuideRow> guides;
    std::vector<KocRow> kocs;
    Value labour_cost, service_fee, bonus;  // of the period; bonus only on a closed month with a rule. Agency only
    std::vector<Quality> quality;
    std::vector<RejectedRows> rejected;
    std::vector<std::string> looked;  // the checks of the data that had something to look at, see quality_checks()
    std::vector<Day> missing_days;    // days of the period on which a required fact is not covered
    bool held = false;                // required data are missing and the contract says hold
    // What the plugin's sections put, by section id.
    std::map<std::string, SectionContent> sections;

    const Figure* figure(std::string_view kpi) const;
};

}  // namespace siyu
