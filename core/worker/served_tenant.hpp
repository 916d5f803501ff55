// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/store/database.hpp"
#include "core/worker/message.hpp"

// A worker has no store of its own: it asks the program, which reads for it what one tenant has and nothing else.
namespace siyu {

// Whether the statement reads one table by `tenant = ?` first and does nothing else.
bool reads_one_tenant(std::string_view sql);

// The program's end: runs what a worker asks for, for one tenant.
class ServedTenant {
  public:
    ServedTenant(Database& database, std::int64_t tenant) : database_(database), tenant_(tenant) {}

    // The answer to a `run` or `more`, framed: rows, or why there are none.
    std::string answer(const Message& message);

  private:
    // Rows up to some size, or to the last one.
    static std::string rows(Statement& statement);

    Database& database_;
    std::int64_t tenant_;
    std::map<std::string, std::unique_ptr<Statement>, std::less<>> statements_;
};

// The worker's end: a store that can be read and nothing else. The line must outlive it.
std::unique_ptr<Database> served_database(Wire& wire);

}  // namespace siyu
