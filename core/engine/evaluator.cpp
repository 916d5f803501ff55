// SPDX-License-Identifier: Apache-2.0
#include "core/engine/evaluator.hpp"

#include <algorithm>
#include <array>

#include "core/base/error.hpp"

namespace siyu {

namespace {

// Sets of long windows are large; the memory that they take stays bounded.
constexpr std::size_t sets_kept_at_most = 512;

Window trailing(const Window& window, int days) {
    return days > 0 ? Window{window.last - (days - 1), window.last} : window;
}

Fact fact_of(const std::string& name) {
    const auto fact = parse_fact(name);
    if (!fact) throw Error(Error::refused, "kpi.unknown_fact", {{"fact", name}});
    return *fact;
}

// Shows a compute callback its measures over the window.
class WindowEvaluation final : public Evaluation {
  public:
    WindowEvaluation(Evaluator& evaluator, const Window& window)
        : evaluator_(evaluator), window_(window), period_{rhythm(window), window.first, window.last} {}
    Value measure(MeasureId id) override { return evaluator_.measure(id, window_); }
    const Period& period() const override { return period_; }

  private:
    // A month to date is as much of a month as there is.
    static Rhythm rhythm(const Window& days) {
        if (days.first == days.last) return Rhythm::daily;
        const bool week = period_of(Rhythm::weekly, days.first) == Period{Rhythm::weekly, days.first, days.last};
        return week ? Rhythm::weekly : Rhythm::monthly;
    }

    Evaluator& evaluator_;
    Window window_;
    Period period_;
};

}  // namespace

Evaluator::Evaluator(const Blueprint& blueprint, Ledger& ledger, const Staff& staff, const Agreement& agreement,
                     Day terms_of, Batches& batches)
    : blueprint_(blueprint),
      ledger_(ledger),
      staff_(staff),
      agreement_(agreement),
      terms_of_(terms_of),
      first_event_(ledger.first_event()) {
    for (const std::string& name : agreement.required(terms_of)) {
        const Fact fact = fact_of(name);
        required_.push_back(fact);
        coverage_[fact] = batches.coverage(fact);
    }
}

std::vector<Fact> Evaluator::not_covered(Day day) {
    std::vector<Fact> found;
    for (const Fact fact : required_) {
        const auto& spans = coverage_[fact];
        if (std::none_of(spans.begin(), spans.end(),
                         [day](const DaySpan& span) { return span.first <= day && day <= span.last; }))
            found.push_back(fact);
    }
    return found;
}

int Evaluator::longest_window_of_set(SetId id) const {
    if (id == none) return 0;
    const SetNode& node = blueprint_.sets[static_cast<std::size_t>(id)];
    return std::max({node.trailing_days, longest_window_of_set(node.left), longest_window_of_set(node.right)});
}

int Evaluator::longest_window(MeasureId id) const {
    if (id == none) return 0;
    const MeasureNode& node = blueprint_.measures[static_cast<std::size_t>(id)];
    return std::max(
        {node.trailing_days, longest_window_of_set(node.set), longest_window(node.left), longest_window(node.right)});
}

bool Evaluator::ready(const Kpi& kpi, const Window& window) {
    if (required_.empty()) return true;
    const auto facts = blueprint_.facts_of(kpi);
    Day first =
        std::min(window.first, trailing(window, std::max(longest_window(kpi.above), longest_window(kpi.below))).first);
    // Before its first event the brand had nothing to cover.
    if (first_event_ && first < *first_event_) first = std::min(*first_event_, window.last);
    for (Day day = first; day <= window.last; ++day)
        for (const Fact fact : not_covered(day))
            if (kpi.compute || std::find(facts.begin(), facts.end(), to_string(fact)) != facts.end()) return false;
    return true;
}

Value Evaluator::kpi(const Kpi& kpi, const Window& window) {
    if (!ready(kpi, window)) return Gap::not_ready;
    if (kpi.compute) {
        WindowEvaluation evaluation(*this, window);
        return kpi.compute(evaluation);
    }
    const Value above = measure(kpi.above, window);
    return kpi.below == none ? above : ratio(above, measure(kpi.below, window));
}

Value Evaluator::measure(MeasureId id, const Window& window) {
    const auto key = std::pair{id, window};
    if (const auto known = measures_.find(key); known != measures_.end()) return known->second;
    return measures_.emplace(key, compute_measure(blueprint_.measures[static_cast<std::size_t>(id)], window))
        .first->second;
}

Value Evaluator::compute_measure(const MeasureNode& node, const Window& window) {
    const Window days = trailing(window, node.trailing_days);
    switch (node.op) {
        case MeasureNode::Op::constant: return node.constant;
        case MeasureNode::Op::total:
            return ledger_.total(fact_of(node.name), node.column, days.first, days.last, node.filters);
        case MeasureNode::Op::distinct:
            return ledger_.distinct(fact_of(node.name), node.column, days.first, days.last, node.filters);
        case MeasureNode::Op::size: return static_cast<std::int64_t>(set(node.set, window).cardinality());
        case MeasureNode::Op::quantity: return quantity(node, window);
        case MeasureNode::Op::plus:
        case MeasureNode::Op::minus: {
            Value left = measure(node.left, window);
            Value right = measure(node.right, window);
            if (!left) return left;
            if (!right) return right;
            return node.op == MeasureNode::Op::plus ? *left + *right : *left - *right;
        }
    }
    return Gap::not_applicable;
}

Customers Evaluator::set(SetId id, const Window& window) {
    const auto key = std::pair{id, window};
    if (const auto known = sets_.find(key); known != sets_.end()) return known->second;
    const SetNode& node = blueprint_.sets[static_cast<std::size_t>(id)];
    const Window days = trailing(window, node.trailing_days);
    const Day edge = node.at_end ? days.last : days.first - 1;
    Customers found;
    switch (node.op) {
        case SetNode::Op::members: found = ledger_.members(edge); break;
        case SetNode::Op::group_members: found = ledger_.group_members(edge); break;
        case SetNode::Op::joined:
            found = ledger_.who(Fact::joins, days.first, days.last, node.filters, node.at_least);
            break;
        case SetNode::Op::arrived: found = ledger_.arrived(days.first, days.last, node.filters); break;
        case SetNode::Op::left: found = ledger_.who(Fact::leaves, days.first, days.last, node.filters); break;
        case SetNode::Op::interacted:
            found = ledger_.who(Fact::interactions, days.first, days.last, node.filters, node.at_least);
            break;
        case SetNode::Op::bought:
            found = ledger_.who(Fact::orders, days.first, days.last, node.filters, node.at_least);
            break;
        case SetNode::Op::both: found = set(node.left, window) & set(node.right, window); break;
        case SetNode::Op::either: found = set(node.left, window) | set(node.right, window); break;
        case SetNode::Op::without: found = set(node.left, window) - set(node.right, window); break;
    }
    if (sets_.size() >= sets_kept_at_most) sets_.clear();
    return sets_.emplace(key, std::move(found)).first->second;
}

Value Evaluator::quantity(const MeasureNode& node, const Window& window) {
    const Window days = trailing(window, node.trailing_days);
    const std::string& name = node.name;
    if (name == "refunds_booked") {
        if (node.filters.empty()) return ledger_.refunded(days.first, days.last, window.last);
        const auto tests = ledger_.tests(Fact::orders, node.filters);
        const FactKind& kind = kind_of(Fact::orders);
        std::vector<std::int64_t> row(kind.columns.size() + 1, absent);
        Wide sum = 0;
        for (const Booking& booking : ledger_.refunds(days.first, days.last, window.last)) {
            row[kind.place("customer_id")] = booking.customer;
            row[kind.place("channel")] = booking.channel;
            row[kind.place("guide_id")] = booking.guide;
            row[kind.place("path")] = booking.path;
            row[kind.place("category")] = booking.category;
            if (Ledger::passes(row, tests)) sum += booking.amount;
        }
        return exact(sum);
    }
    if (name.starts_with("tickets_")) return tickets(node, days);
    if (name == "surveys_satisfied") return surveys_satisfied(days);
    if (name == "chats_replied") return chats_replied(days);
    if (name == "guide_days_reaching") return guide_days_reaching(node, days);

    Fraction sum;
    for (Day day = days.first; day <= days.last; ++day) {
        if (name == "guide_days_allocated") {
            sum += static_cast<std::int64_t>(staff_.guides(day).size());
        } else if (name == "full_time_guides") {
            sum += staff_.full_time(day);
        } else if (name == "guide_cost") {
            Value cost = staff_.cost(day);
            if (!cost) return cost;
            sum += *cost;
        } else if (name == "service_fee") {
            sum += Fraction(agreement_.monthly_fee(day), days_in_month(day));
        } else {
            throw Error(Error::refused, "kpi.unknown_quantity", {{"quantity", name}});
        }
    }
    return name == "full_time_guides" ? sum / Fraction(days.last - days.first + 1) : sum;
}

Fraction Evaluator::tickets(const MeasureNode& node, const Window& window) {
    const FactKind& kind = kind_of(Fact::tickets);
    const std::size_t opened_at = kind.place("opened_at"), answered_at = kind.place("first_response_at"),
                      resolved_at = kind.place("resolved_at");
    const Zone& zone = ledger_.zone();
    const std::int64_t begin = zone.start_of(window.first).micros, end = zone.start_of(window.last + 1).micros;
    const std::int64_t argument = node.arguments.at(0);
    const bool answered = node.name == "tickets_answered";
    const bool overdue = node.name == "tickets_overdue";
    const std::int64_t allowed = argument * (answered ? micros_per_minute : micros_per_hour);
    // A ticket that falls due in the window was opened up to `allowed` before it.
    const Day first = answered ? window.first : std::max(earliest_day, zone.day_of({begin - allowed}));
    std::int64_t count = 0;
    for (Day day = first; day <= window.last; ++day) {
        const Rows& rows = ledger_.rows(Fact::tickets, day);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::int64_t limit = rows[i][opened_at] + allowed;
            if (answered) {
                // An answer after the end of the window does not exist yet.
                const std::int64_t at = rows[i][answered_at];
                if (at != absent && at <= limit && at < end) ++count;
            } else if (limit >= begin && limit < end) {
                const std::int64_t at = rows[i][resolved_at];
                if (!overdue || at == absent || at > limit) ++count;
            }
        }
    }
    return count;
}

Fraction Evaluator::surveys_satisfied(const Window& window) {
    const std::size_t score = kind_of(Fact::surveys).place("score");
    const Fraction bar = agreement_.satisfaction_bar(terms_of_);
    std::map<std::int64_t, bool> satisfied;  // by word
    std::int64_t count = 0;
    for (Day day = window.first; day <= window.last; ++day) {
        const Rows& rows = ledger_.rows(Fact::surveys, day);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::int64_t word = rows[i][score];
            auto known = satisfied.find(word);
            if (known == satisfied.end()) {
                const auto value = Fraction::parse_exact(ledger_.words().text(Space::word, word));
                known = satisfied.emplace(word, value && *value >= bar).first;
            }
            if (known->second) ++count;
        }
    }
    return count;
}

Fraction Evaluator::chats_replied(const Window& window) {
    const FactKind& kind = kind_of(Fact::guide_days);
    const std::size_t chats = kind.place("chats"), replied = kind.place("reply_percentage");
    Fraction sum;
    for (Day day = window.first; day <= window.last; ++day) {
        const Rows& rows = ledger_.rows(Fact::guide_days, day);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i][replied] == absent || rows[i][chats] == absent) continue;
            if (const auto percent = Fraction::parse_exact(ledger_.words().text(Space::word, rows[i][replied])))
                sum += Fraction(rows[i][chats]) * *percent / Fraction(100);
        }
    }
    return sum;
}

Fraction Evaluator::guide_days_reaching(const MeasureNode& node, const Window& window) {
    const FactKind& kind = kind_of(Fact::guide_actions);
    const std::size_t guide = kind.place("guide_id"), what = kind.place("kind"), times = kind.place("count");
    Words& words = ledger_.words();
    const std::array<std::int64_t, 3> kinds{words.find(Space::word, "moment"), words.find(Space::word, "private_chat"),
                                            words.find(Space::word, "group_message")};
    std::int64_t reached = 0;
    for (Day day = window.first; day <= window.last; ++day) {
        std::map<std::int64_t, std::array<Wide, 3>> done;  // by guide
        const Rows& rows = ledger_.rows(Fact::guide_actions, day);
        for (std::size_t i = 0; i < rows.size(); ++i)
            for (std::size_t k = 0; k < kinds.size(); ++k)
                if (rows[i][what] == kinds[k]) done[rows[i][guide]][k] += rows[i][times];
        for (const std::string& id : staff_.guides(day)) {
            const auto found = done.find(words.find(Space::word, id));
            if (found == done.end()) continue;
            bool all = true;
            for (std::size_t k = 0; k < kinds.size(); ++k) all = all && found->second[k] >= node.arguments.at(k);
            if (all) ++reached;
        }
    }
    return reached;
}

}  // namespace siyu
