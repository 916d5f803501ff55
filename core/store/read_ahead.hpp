// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/base/day.hpp"

namespace siyu {

// Things of days that are asked for one after the other: whoever asks for a day and the next one will ask for more, and
// one long answer costs less than many short ones where the store is another process or another machine.
template <class Key, class Thing>
class ReadAhead {
  public:
    // The thing if it was read already; it is handed out once.
    std::optional<Thing> take(const Key& key, Day day) {
        const auto found = things_.find({key, day});
        if (found == things_.end()) return std::nullopt;
        Thing thing = std::move(found->second);
        things_.erase(found);
        return thing;
    }
    // What is asked for on more than so many days will be asked for on all of these.
    void expect(Day first, Day last, int single_days) {
        first_ = first;
        last_ = last;
        single_days_ = single_days;
    }
    // The days to read where this one is asked for: those expected; else this one, and eight times as many each time
    // that the last run was used up.
    std::pair<Day, Day> run(const Key& key, Day day) {
        Run& run = runs_[key];
        if (first_ <= day && day <= last_ && run.asked <= single_days_) {
            if (run.asked++ < single_days_) return {day, day};
            run.next = last_ + 1;
            return {first_, last_};
        }
        run.days = run.next == day ? std::min(run.days * 8, longest) : 1;
        run.next = day + run.days;
        return {day, run.next - 1};
    }
    void keep(const Key& key, Day day, Thing thing) { things_.insert_or_assign({key, day}, std::move(thing)); }
    // Fewer days than wanted were read: the next run begins here.
    void cut(const Key& key, Day next) { runs_[key].next = next; }
    // What was read may be so no more.
    void forget() {
        things_.clear();
        runs_.clear();
    }

  private:
    static constexpr int longest = 64;
    struct Run {
        Day next;
        int days = 1;
        int asked = 0;  // for days expected
    };
    Day first_{1}, last_{0};  // expected; none
    int single_days_ = 0;
    std::map<Key, Run> runs_;
    std::map<std::pair<Key, Day>, Thing> things_;
};

// No run is longer than this, whatever it holds.
inline constexpr std::size_t read_ahead_bytes = std::size_t{4} << 20;

}  // namespace siyu
