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
    // How many days to read from this one on: 1, and four times as many each time that the last run was used up.
    int days(const Key& key, Day day) {
        Run& run = runs_[key];
        run.days = run.next == day ? std::min(run.days * 4, longest) : 1;
        run.next = day + run.days;
        return run.days;
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
    static constexpr int longest = 32;
    struct Run {
        Day next;
        int days = 1;
    };
    std::map<Key, Run> runs_;
    std::map<std::pair<Key, Day>, Thing> things_;
};

// No run is longer than this, whatever it holds.
inline constexpr std::size_t read_ahead_bytes = std::size_t{4} << 20;

}  // namespace siyu
