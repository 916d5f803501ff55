// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <nlohmann/json.hpp>

#include "core/blueprint/blueprint.hpp"

// Expressions as JSON: two lists of nodes, `sets` and `measures`, in which a node names those that stand before it.
namespace siyu {

// Nodes in the order in which they are met from the top, so that equal trees give equal texts wherever they stand in
// their arenas. What a node does not use is not written, so that later members change no text.
class ExpressionWriter {
  public:
    explicit ExpressionWriter(const Blueprint& blueprint) : blueprint_(blueprint) {}

    // Its place in the list; `none` for none.
    int set(SetId id);
    int measure(MeasureId id);
    // The lists.
    nlohmann::json done() { return std::move(out_); }

  private:
    const Blueprint& blueprint_;
    std::map<MeasureId, int> measures_;
    std::map<SetId, int> sets_;
    nlohmann::json out_ = nlohmann::json::object();
};

// Puts what was written behind what the arenas hold. Throws nlohmann::json::exception for what is not of the form; that
// the nodes mean anything is not looked at.
class ExpressionReader {
  public:
    ExpressionReader(const nlohmann::json& json, Blueprint& blueprint);
    // The node that stands in that place; none for none.
    MeasureId measure(int place) const;

  private:
    SetNode read_set(const nlohmann::json& json) const;
    MeasureNode read_measure(const nlohmann::json& json) const;

    Blueprint& blueprint_;
    int sets_, measures_;  // where they begin
};

// The number as one of the values up to the last one. Throws nlohmann::json::exception.
template <class Enum>
Enum enum_of(const nlohmann::json& json, Enum last) {
    const int number = json.get<int>();
    if (number < 0 || number > static_cast<int>(last))
        throw nlohmann::json::out_of_range::create(401, "unknown number", &json);
    return static_cast<Enum>(number);
}

}  // namespace siyu
