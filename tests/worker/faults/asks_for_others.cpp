// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cstring>
#include <string>

#include "fault.hpp"

// Goes round the host and asks the program itself, on the worker's own line, for what tenant 1 has.
FAULT(asks_for_others) {
    const auto sized = [](std::uint32_t size) { return std::string(reinterpret_cast<const char*>(&size), 4); };
    const std::string sql = "SELECT text FROM word WHERE tenant = ?";
    const std::int64_t tenant = 1;
    const std::string body = sized(static_cast<std::uint32_t>(sql.size())) + sql + "n" +
                             std::string(reinterpret_cast<const char*>(&tenant), 8);
    const std::string asked = sized(static_cast<std::uint32_t>(body.size())) + "s" + body;
    char answer[4096];
    const bool sent = ::write(3, asked.data(), asked.size()) == static_cast<ssize_t>(asked.size());
    const ssize_t got = sent ? ::read(3, answer, sizeof answer) : -1;
    throw siyu::Failure(SIYU_FAILED, got > 5 && answer[4] == 'r' ? "was given another tenant's words" : "was refused");
}
