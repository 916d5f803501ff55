// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/period.hpp"
#include "core/base/value.hpp"

// What one brand wants measured, staffed and shown, as plain values: what a plugin declares and the engine computes.
// Expressions are trees in two arenas; a handle is an index into its arena.
namespace siyu {

enum class Group { traffic, service, result };
enum class Unit { count, ratio, money, multiple };  // money is in fen
enum class Better { higher, lower, neither };
enum class Audience { brand, agency };  // who may see it: `brand` is for both, `agency` for the agency alone

// Keeps the rows of a fact whose column passes the test. Columns by their canonical names (facts.md); `group_id.tier`
// is looked up: the tier of the row's group in the roster that `group_id` is the key of (rosters()).
struct Filter {
    enum class Test { equals, present, lacking };

    std::string column;
    Test test = Test::equals;
    std::string value;  // for equals; "" is the unknown value

    bool operator==(const Filter&) const = default;
};

using SetId = int;
using MeasureId = int;
inline constexpr int none = -1;

// A set of customers (kpis.md, Sets of customers).
struct SetNode {
    enum class Op {
        members,        // M at the start (the eve of the first day) or the end of the window
        group_members,  // G, likewise
        joined,         // J: a join in the window
        arrived,        // New: joined and no member at the start; filters look at the earliest join of the window
        left,           // a leave in the window
        interacted,     // I
        bought,         // B
        both,           // left and right
        either,         // left or right
        without,        // left, not right
        spent,          // whose orders in the window come together to at_least fen, and to less than `below`
        basket,         // whose mean order in the window is of at_least fen, and of less than `below`
        listed,         // named by a row of the roster `name` that holds on the window's last day
        followed,  // with a row of left and a later one of right at most within_days x 24 hours after it, both in the
                   // window; left and right are joined, interacted or bought
    };

    Op op = Op::members;
    bool at_end = false;          // members, group_members
    int trailing_days = 0;        // the window: 0 is the period, n the n days up to its last one
    std::int64_t at_least = 1;    // interacted, bought: so many rows of the customer in the window; spent, basket: fen
    std::vector<Filter> filters;  // on the rows of the fact or roster; of members on guide_id, of group_members on
                                  // group_id: on relationships. All must pass
    SetId left = none, right = none;  // both, either, without, followed
    std::string name = {};            // listed: the roster
    std::int64_t below = 0;           // spent, basket: fen; 0 is without bound
    int within_days = 0;              // followed
    int days_ago = 0;                 // a trailing window ends so many days before the period's last day

    bool operator==(const SetNode&) const = default;
};

// A number, exact; money in fen.
struct MeasureNode {
    enum class Op {
        constant,
        total,  // sum of a column over the rows of a fact in the window; rows where the column is empty: the number of
                // rows. Of a roster the rows that hold on the window's last day
        distinct,  // number of different values of a column in the window, the unknown one not counted
        size,      // size of a set
        quantity,  // what the host knows by name, see quantities()
        plus,
        minus,
        begun,  // number of rows of a roster whose first day falls in the window
    };

    Op op = Op::constant;
    Fraction constant;
    std::string name;                     // total, distinct: the fact; quantity: its name
    std::string column;                   // total, distinct
    std::vector<Filter> filters;          // total, distinct; quantity where it has rows
    int trailing_days = 0;                // total, distinct, quantity: the window, as in SetNode
    std::vector<std::int64_t> arguments;  // quantity
    SetId set = none;                     // size; total, distinct, refunds_booked: only rows whose customer is in it
    MeasureId left = none, right = none;  // plus, minus

    bool operator==(const MeasureNode&) const = default;
};

// A quantity that is more than a sum: its name, how many arguments it takes, and whether it counts money.
struct Quantity {
    const char* name;
    int arguments;
    bool filters;  // whether it takes filters
};

// refunds_booked            money given back, booked in the window; filters: channel, guide_id, path, category of its
//                           order
// tickets_answered M        opened in the window and first answered within M minutes and before its end
// tickets_due H             whose opened_at + H hours falls in the window
// tickets_overdue H         those of them that were not resolved by then
// surveys_satisfied         answers in the window with a score at or above the contract's bar
// chats_replied             sum of chats x reply_percentage over guide_days
// guide_days_allocated      days x guides with an allocation covering the day
// guide_days_reaching A B C those of them with at least A moments, B private chats, C group messages
// full_time_guides          sum of shares allocated, mean over the days of the window
// guide_cost                cost of the allocated guides, by days (money)
// service_fee               the contract's monthly fee, by days (money)
// sales_at_origin           amount of orders paid in the window whose channel is the one that their customer first came
//                           through, as known at the end (money)
// sales_elsewhere           the same of customers who first came through another channel than the order's (money)
// reply_minutes             sum of chats x avg_reply_minutes over the rows of guide_days that have it
// memberships_due D         memberships whose last day + D days falls in the window
// memberships_renewed D     those of them whose customer has another one that begins after this one's first day and at
//                           most D days after its last
// store_guide_days          days x guides of stores (store_guides) on the day
// store_guide_days_reaching A B C  those of them with at least A moments, B private chats, C group messages
const std::vector<Quantity>& quantities();

class Blueprint;

// What a callback may ask while it runs: figures of measures that its plugin declared, and the rosters.
class Evaluation {
  public:
    using Parts =
        std::vector<std::pair<std::string, Value>>;       // by value of the column, in order; "" is the unknown one
    using Table = std::vector<std::vector<std::string>>;  // rows of cells

    virtual ~Evaluation() = default;
    virtual const Period& period() const = 0;
    // For the period being computed.
    virtual Value measure(MeasureId id) = 0;
    // For any run of days that does not end after the period.
    virtual Value measure(MeasureId id, Day first, Day last) = 0;
    // Throws Error (refused) where the measure cannot be divided by the column.
    virtual Parts split(MeasureId id, const std::string& column, Day first, Day last) = 0;
    // The rows of a roster that hold on the day. Throws Error (refused) for a name or column that is not there.
    virtual Table roster(const std::string& name, const std::vector<std::string>& columns, Day day) = 0;
};

// What a section's fill puts: texts, and figures that the page writes in the reader's language.
struct Shown {
    std::string text;
    std::optional<std::pair<Value, Unit>> figure;
    bool operator==(const Shown&) const = default;
};
struct SectionContent {
    using Row = std::map<std::string, Shown>;
    Row keys;
    std::map<std::string, std::vector<Row>> lists;
    bool not_ready = false;  // ended early, as data are missing: what is not here may be there all the same
    bool operator==(const SectionContent&) const = default;
};

struct Kpi {
    std::string id;  // lower-case letters, digits, _
    std::string title_zh, title_en;
    Group group = Group::result;
    Unit unit = Unit::count;
    Better better = Better::higher;
    Audience audience = Audience::brand;
    MeasureId above = none, below = none;       // below none: the value is above alone
    bool adding = false;                        // adds up over days: due so far is A x d / D
    bool scales_with_traffic = false;           // A = F x delivery factor
    bool projected = false;                     // has a projection for the month's end (adding ones only)
    bool headline = false;                      // gets a tile at the top of the report
    std::function<Value(Evaluation&)> compute;  // the exception: instead of above and below
    std::string declared_by;                    // plugin id
};

// The plugin's own lines for a KPI whose forecast row gives none, in the KPI's unit, for a whole month where it adds.
struct Lines {
    std::optional<Fraction> normal, good, excess;
};

struct Staffing {
    Fraction members_per_guide{25000};
    Fraction guides_per_operator{20};

    // One more role: driver / per_person, rounded up, at least at_least.
    struct Role {
        std::string id, title_zh, title_en;
        MeasureId driver = none;
        Fraction per_person{1};
        std::int64_t at_least = 0;
    };
    std::vector<Role> roles;
};

// A part of the report that the plugin brings. The template is Mustache over the keys of reports.md: every KPI by id.
struct Section {
    std::string id, title_zh, title_en;
    std::string template_zh, template_en;
    bool daily = true, weekly = true, monthly = true;
    bool stands_in(Rhythm rhythm) const {
        return rhythm == Rhythm::daily ? daily : rhythm == Rhythm::weekly ? weekly : monthly;
    }
    Audience audience = Audience::brand;
    // What fill puts, by key; `guides.name` is the key `name` in the rows of the list `guides`.
    std::vector<std::string> keys;
    // Asked once for each report.
    std::function<SectionContent(Evaluation&)> fill;
};

class Blueprint {
  public:
    std::string plugin, version;                  // the client's plugin
    std::map<std::string, std::string> versions;  // of it and of those that it extends, by plugin
    std::vector<SetNode> sets;
    std::vector<MeasureNode> measures;
    std::vector<Kpi> kpis;                             // in the order of the report
    std::vector<std::pair<std::string, Lines>> lines;  // by KPI id
    Staffing staffing;
    std::vector<Section> sections;

    // Whether a figure or a section is made by the plugin's own code, and not by what it declared alone.
    bool has_code() const;
    const Kpi* kpi(std::string_view id) const;
    const Lines* lines_of(std::string_view id) const;
    // The facts that a KPI is computed from, by canonical name, sorted; for whether it is ready (facts.md).
    std::vector<std::string> facts_of(const Kpi& kpi) const;
    std::vector<std::string> facts_of(MeasureId measure) const;
};

}  // namespace siyu
