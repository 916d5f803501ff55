// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/engine/engine.hpp"
#include "core/engine/import_notes.hpp"
#include "tests/support/workshop.hpp"

namespace siyu {

// Long before any clock: nothing is in the future. A Monday.
inline const Day monday = date(2024, 6, 3);

inline std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// So many orders of 10 yuan, spread over the day from eight until an hour.
inline std::string orders_of(Day day, int count, int until = 23, int yuan = 10) {
    std::string rows;
    for (int i = 0; i < count; ++i) {
        const int minute = 8 * 60 + i * (until - 8) * 60 / std::max(count, 1);
        rows += to_string(day) + "-" + std::to_string(i) + "," + to_string(day) + " " + two(minute / 60) + ":" +
                two(minute % 60) + "," + std::to_string(yuan) + "\n";
    }
    return rows;
}

class DataOfABrand : public testing::Test {
  protected:
    static constexpr const char* order_header = "order_id,paid_at,amount\n";

    // Eight weeks of so many orders a day, up to the Sunday before `monday`; on Sundays none where the shop is closed.
    void open_for_eight_weeks(int orders = 40, bool closed_on_sundays = false) {
        std::string rows;
        for (Day day = monday - 56; day < monday; ++day)
            if (!closed_on_sundays || weekday(day) != 6) rows += orders_of(day, orders);
        take(Fact::orders, order_header + rows);
    }
    ImportResult take(Fact fact, const std::string& csv) { return shop_.take(fact, csv); }
    void take_orders(Day day, int count, int until = 23, int yuan = 10) {
        take(Fact::orders, order_header + orders_of(day, count, until, yuan));
    }
    Scorecard look(Day first, Day last) {
        return examine(shop_.database(), {1, "t", "某品牌", "standard", "Asia/Shanghai"}, agreement_,
                       staff_of(shop_.database(), "t"), {first, last});
    }
    Scorecard look(Day day) { return look(day, day); }
    std::vector<Quality> look_at(const ImportResult& result) {
        return look_at_import(shop_.database(), "t", 1, shop_.zone(), result.batch);
    }

    Workshop shop_;
    Agreement agreement_;
};

inline std::vector<std::string> ids(const std::vector<Quality>& found) {
    std::vector<std::string> ids;
    for (const Quality& quality : found) ids.push_back(quality.note.id.substr(8));
    return ids;
}
inline std::vector<std::string> ids(const Scorecard& card) { return ids(card.quality); }

inline std::string value(const Quality& quality, const std::string& name) {
    for (const auto& [key, text] : quality.note.with)
        if (key == name) return text;
    return "no " + name;
}

inline const Quality& found(const Scorecard& card, const std::string& id) {
    for (const Quality& quality : card.quality)
        if (quality.note.id == "quality." + id) return quality;
    static const Quality nothing{};
    ADD_FAILURE() << "no " << id;
    return nothing;
}

}  // namespace siyu
