// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/blueprint/blueprint.hpp"
#include "core/contract/siyu/abi.h"
#include "core/host/expressions.hpp"
#include "core/host/problems.hpp"

namespace siyu {

class Instance;

// What one plugin declares, while it does: goes into the blueprint, on top of what the plugins that it extends put
// there, and every fault is gathered.
class Draft {
  public:
    // Puts the declarations of a plugin into the blueprint; throws Error where they cannot be had.
    using Extend = std::function<void(const std::string& plugin)>;

    Draft(Blueprint& blueprint, Instance& instance, Extend extend);

    Problems& problems() { return problems_; }
    Expressions& expressions() { return expressions_; }
    const Blueprint& blueprint() const { return blueprint_; }

    void extend(siyu_text plugin);
    void kpi(const siyu_kpi* handed);
    void redefine(const siyu_formula* handed);
    void lines(const siyu_lines* handed);
    void staffing(const siyu_staffing* handed);
    void role(const siyu_role* handed);
    void section(const siyu_section* handed);

    // After declare: what can only be judged when all is said.
    void finish();

  private:
    // A declaration of that kind and id, once a plugin. Notes a bad id and a second one.
    bool first_of(const std::string& kind, const std::string& id);
    template <class Struct>
    std::optional<Struct> whole(const Struct* handed, const char* name);
    std::string text(siyu_text handed, std::size_t most, const std::string& what);
    std::string title(siyu_text handed, const std::string& what);
    void check_number(bool known, const std::string& what, std::int64_t value);
    std::optional<Fraction> positive(siyu_fraction handed, const std::string& what);
    void check_formula(const Kpi& kpi);
    void check_lines(const std::string& kpi, const Lines& lines);
    void check_keys();
    std::vector<std::string> kpi_ids() const;

    Blueprint& blueprint_;
    Instance& instance_;
    Extend extend_;
    Problems problems_;
    Expressions expressions_;
    std::set<std::pair<std::string, std::string>> said_;  // kind and id
};

}  // namespace siyu
