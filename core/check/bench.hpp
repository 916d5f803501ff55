// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/check/check.hpp"
#include "core/intake/import.hpp"

namespace siyu {

// A store of its own in a folder of its own, gone with it: where a plugin is tried on facts.
class Bench {
  public:
    Bench();
    ~Bench();
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;

    Database& database() { return *database_; }

    // Tenants with the facts that checks want, made when they are first asked for. The assignment is for the week.
    std::optional<Assignment> assignment(Check::Facts facts, const std::string& plugin);
    // A file as `siyu import` takes it in, to the agency where it belongs there. Throws Error (refused).
    ImportResult take(const std::filesystem::path& file, Fact fact, const Tenant& tenant, const RowRules& rules = {},
                      const BadRowLimits& limits = {});

  private:
    Tenant made(Check::Facts facts, const std::string& plugin);

    std::filesystem::path folder_;
    std::unique_ptr<Database> database_;
    Profiles profiles_;
};

}  // namespace siyu
