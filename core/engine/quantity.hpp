// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>

#include "core/engine/window.hpp"
#include "core/ledger/ledger.hpp"
#include "tenants/agreement.hpp"

namespace siyu {

// Adds up exactly: whole numbers fast, fractions where there are any.
class ExactSum {
  public:
    void add(std::int64_t times, const Fraction* each = nullptr) {
        if (each)
            part_ += Fraction(times) * *each;
        else
            whole_ += times;
    }
    Fraction value() const { return exact(whole_) + part_; }

  private:
    Wide whole_ = 0;
    Fraction part_;
};

// The quantities that are counted row by row (quantities() says what each is), so that they can be divided like sums.
class RowQuantities {
  public:
    // A row that counts, how often, and how much each time; null: 1.
    using Take = std::function<void(std::span<const std::int64_t> row, std::int64_t times, const Fraction* each)>;

    RowQuantities(Ledger& ledger, const Agreement& agreement, Day terms_of)
        : ledger_(ledger), agreement_(agreement), terms_of_(terms_of) {}

    static bool has(const std::string& name);
    // Calls `take` for the days of a report that ends with `seen_until`; of money only the rows of `among`, if given.
    void each(const MeasureNode& node, const Window& days, Day seen_until, const Customers* among, const Take& take);
    // What tells its rows apart by the column; nothing where it does not divide.
    std::optional<Attribute> attribute(const std::string& name, const std::string& column, Day day);

    // Moments, private chats and group messages of each guide on the day, by the guide's word.
    const std::map<std::int64_t, std::array<Wide, 3>>& actions(Day day);

  private:
    void each_refund(const MeasureNode& node, const Window& days, Day seen_until, const Customers* among,
                     const Take& take);
    void each_sale(const MeasureNode& node, const Window& days, const Customers* among, const Take& take);
    void each_ticket(const MeasureNode& node, const Window& days, const Take& take);
    void each_survey(const Window& days, const Take& take);
    void each_chat(std::string_view column, const Fraction& unit, const Window& days, const Take& take);
    void each_membership(const MeasureNode& node, const Window& days, const Take& take);
    void each_store_guide(const MeasureNode& node, const Window& days, const Take& take);

    Ledger& ledger_;
    const Agreement& agreement_;
    Day terms_of_;
    std::map<Day, std::map<std::int64_t, std::array<Wide, 3>>> actions_;
};

// Whether a guide did at least so much of each.
bool reaches(const std::array<Wide, 3>& done, const std::vector<std::int64_t>& wanted);

}  // namespace siyu
