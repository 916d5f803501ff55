// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/workspace.hpp"
#include "core/base/catalogue.hpp"
#include "core/base/zone.hpp"
#include "core/engine/engine.hpp"
#include "core/host/plugins.hpp"
#include "tenants/tenants.hpp"

namespace siyu {

// What every command works with: the language, the workspace, and what is asked of both again and again.
class Session {
  public:
    Session(Language language, std::string folder) : say(language), folder_(std::move(folder)) {}

    const Catalogue say;

    Workspace& workspace();
    Database& database() { return workspace().database(); }
    const Plugins& plugins();
    // The tenants named, or all of them.
    std::vector<Tenant> tenants(const std::vector<std::string>& ids);
    Blueprint blueprint(const Tenant& tenant, const Agreement& agreement, Day day);
    // What one report on the period needs. Remarks of the plugin go to stderr.
    Assignment assignment(const Tenant& tenant, const Period& period, bool with_series);

    // Messages and progress go to stderr, data to stdout.
    void tell(const Note& note) const;
    void tell(std::string id, std::vector<std::pair<std::string, std::string>> with = {}) const {
        tell(Note{std::move(id), std::move(with)});
    }
    static void print(std::string_view data);

  private:
    std::string folder_;
    std::optional<Workspace> workspace_;
    std::optional<Plugins> plugins_;
};

// The period that `--date` means: the one that holds the day, or the latest complete one. Throws Error (wrong use) for
// what is no date and for a period that is not over.
Period chosen_period(Rhythm rhythm, const std::string& date, const Zone& zone);
// Throws Error (wrong use).
Day chosen_day(const std::string& text);
Rhythm chosen_rhythm(const std::string& text);

}  // namespace siyu
