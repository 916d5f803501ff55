// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "core/engine/window_evaluation.hpp"
#include "tests/support/workshop.hpp"

namespace siyu {

inline Filter is(const std::string& column, const std::string& value) { return {column, Filter::Test::equals, value}; }
inline Filter has(const std::string& column) { return {column, Filter::Test::present, ""}; }
inline Filter lacks(const std::string& column) { return {column, Filter::Test::lacking, ""}; }

// A blueprint made by hand, and what a callback of its plugin would be told.
class Bench {
  public:
    using Op = SetNode::Op;
    using Figure = MeasureNode::Op;

    SetId set(SetNode node) {
        blueprint.sets.push_back(std::move(node));
        return static_cast<SetId>(blueprint.sets.size()) - 1;
    }
    SetId set(Op op, std::vector<Filter> filters = {}, std::int64_t at_least = 1, std::int64_t below = 0) {
        SetNode node;
        node.op = op;
        node.filters = std::move(filters);
        node.at_least = at_least;
        node.below = below;
        return set(std::move(node));
    }
    SetId members(bool at_end, std::vector<Filter> filters = {}, Op op = Op::members) {
        const SetId id = set(op, std::move(filters));
        blueprint.sets.back().at_end = at_end;
        return id;
    }
    SetId pair(Op op, SetId left, SetId right, int within_days = 0) {
        SetNode node;
        node.op = op;
        node.left = left;
        node.right = right;
        node.within_days = within_days;
        return set(std::move(node));
    }
    SetId listed(const std::string& roster, std::vector<Filter> filters = {}) {
        const SetId id = set(Op::listed, std::move(filters));
        blueprint.sets.back().name = roster;
        return id;
    }
    MeasureId measure(MeasureNode node) {
        blueprint.measures.push_back(std::move(node));
        return static_cast<MeasureId>(blueprint.measures.size()) - 1;
    }
    MeasureId of_rows(Figure op, const std::string& fact, const std::string& column = "",
                      std::vector<Filter> filters = {}, SetId among = none) {
        MeasureNode node;
        node.op = op;
        node.name = fact;
        node.column = column;
        node.filters = std::move(filters);
        node.set = among;
        return measure(std::move(node));
    }
    MeasureId total(const std::string& fact, const std::string& column = "", std::vector<Filter> filters = {},
                    SetId among = none) {
        return of_rows(Figure::total, fact, column, std::move(filters), among);
    }
    MeasureId size(SetId set) {
        MeasureNode node;
        node.op = Figure::size;
        node.set = set;
        return measure(std::move(node));
    }
    MeasureId quantity(const std::string& name, std::vector<std::int64_t> arguments = {}, SetId among = none) {
        const MeasureId id = of_rows(Figure::quantity, name, "", {}, among);
        blueprint.measures.back().arguments = std::move(arguments);
        return id;
    }
    MeasureId both(Figure op, MeasureId left, MeasureId right) {
        MeasureNode node;
        node.op = op;
        node.left = left;
        node.right = right;
        return measure(std::move(node));
    }
    MeasureId constant(Fraction value) {
        MeasureNode node;
        node.constant = std::move(value);
        return measure(std::move(node));
    }

    template <class Ask>
    auto ask(Day first, Day last, Ask question) {
        Ledger ledger = shop.ledger();
        Batches batches(shop.database(), 1);
        Evaluator evaluator(blueprint, ledger, staff, agreement, last, batches);
        WindowEvaluation evaluation(evaluator, period_of(Window{first, last}));
        return question(static_cast<Evaluation&>(evaluation));
    }

    // What a callback is told that computes the run of days as its period.
    Value value(MeasureId id, Day first, Day last) {
        return ask(first, last, [&](Evaluation& evaluation) { return evaluation.measure(id); });
    }
    Value count(SetId id, Day first, Day last) { return value(size(id), first, last); }
    // `value=figure` for each part.
    std::string split(MeasureId id, const std::string& column, Day first, Day last) {
        return ask(first, last, [&](Evaluation& evaluation) {
            std::string text;
            for (const auto& [name, part] : evaluation.split(id, column, first, last))
                text += name + "=" + (part ? (part->den() == "1" ? part->num() : part->exact_text()) : "-") + " ";
            return text;
        });
    }
    // The cells of a row with bars between them, the rows with blanks.
    std::string roster(const std::string& name, const std::vector<std::string>& columns, Day day) {
        return ask(day, day, [&](Evaluation& evaluation) {
            std::string text;
            for (const auto& row : evaluation.roster(name, columns, day)) {
                for (std::size_t i = 0; i < row.size(); ++i) text += (i ? "|" : "") + row[i];
                text += " ";
            }
            return text;
        });
    }
    Workshop shop;
    Blueprint blueprint;
    Staff staff;
    Agreement agreement;
};

// The id of the sentence that the call is refused with; empty where it is not.
template <class Call>
std::string refused(Call call) {
    try {
        call();
    } catch (const Error& error) {
        return error.note().id;
    }
    return {};
}

}  // namespace siyu
