// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <siyu/plugin.hpp>
#include <string>
#include <vector>

// Who the agents are, who stands above whom, and what they take in and sell.

using ByValue = std::map<std::string, siyu::Fraction>;

inline constexpr std::size_t most_rows = 10;

struct Stock {
    siyu::Asked stocked, sold, on_hand;
};

// What was taken in and sold over some days, by agent.
struct Movement {
    ByValue stocked, sold;
};
Movement movement(const siyu::Evaluation& e, const Stock& stock, std::int32_t first, std::int32_t last);

// 0 where there is none.
siyu::Fraction at(const ByValue& figures, const std::string& value);
siyu::Fraction whole(std::size_t number);
// One row of the list, left, where more were found than are shown.
void put_left(const siyu::Texts& texts, const char* list, std::size_t found);

struct Agent {
    std::string id, name, level, upline;  // the name, or the id where it has none
    std::int32_t since = 0;               // 0 where nobody knows
};

// The agents on the period's last day, in the order of their ids.
class Team {
  public:
    explicit Team(const siyu::Evaluation& e);

    const std::vector<Agent>& agents() const { return agents_; }
    // Null for one who is not there.
    const Agent* find(const std::string& id) const;
    std::string name(const std::string& id) const;
    // Who stands at the top of the agent's line: themselves where nobody does. A ring of uplines ends where it began.
    std::string head(const std::string& id) const;
    // The levels from the top down: as told, then by how few they are.
    std::vector<std::string> levels(const std::vector<std::string>& told) const;

  private:
    std::vector<Agent> agents_;
    std::map<std::string, std::size_t> places_;
};
