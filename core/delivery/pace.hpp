// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "core/store/database.hpp"

namespace siyu {

// Keeps mails apart, whoever sends them on whatever machine: providers throttle and block who comes too fast.
class Pace {
  public:
    explicit Pace(Database& database) : database_(database) {}
    // Takes the next turn of that name, so many of which there are a minute. Until when to wait: milliseconds since
    // 1970 UTC. Nobody else gets the same turn. Throws Error (unreachable), store.conflict among them.
    std::int64_t turn(const std::string& name, int per_minute, std::int64_t now_ms);

  private:
    Database& database_;
};

}  // namespace siyu
