// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/workspace.hpp"
#include "core/base/catalogue.hpp"
#include "core/base/zone.hpp"
#include "core/facts/fact.hpp"
#include "core/worker/crew.hpp"
#include "tenants/tenants.hpp"

namespace siyu {

// What every command works with: the language, the workspace, and what is asked of both again and again.
class Session {
  public:
    Session(Language language, std::string folder) : say(catalogue(language)), folder_(std::move(folder)) {}

    const Catalogue& say;

    Workspace& workspace();
    Database& database() { return workspace().database(); }
    // Every brand's figures and pages are made by workers (core/worker).
    Crew& crew();
    // A job about the tenant's plugin, with the settings and pins that hold on the day.
    Job plugin_job(const Tenant& tenant, const Agreement& agreement, Day day);
    // What one report on the period needs; which pages of it is for the caller to say.
    Job report_job(const Tenant& tenant, const Period& period, bool with_series);
    // A job about the plugin by itself.
    Job plugin_job(const PluginChoice& plugin);
    // The tenants named, or all of them.
    std::vector<Tenant> tenants(const std::vector<std::string>& ids);

    // Messages and progress go to stderr, data to stdout.
    void tell(const Note& note) const;
    void tell(std::string id, std::vector<std::pair<std::string, std::string>> with = {}) const {
        tell(Note{std::move(id), std::move(with)});
    }
    // What the plugin had to say by the way.
    void tell(const Outcome& outcome) const;
    static void print(std::string_view data);

  private:
    std::string folder_;
    std::optional<Workspace> workspace_;
    std::optional<Crew> crew_;
};

// The period that `--date` means: the one that holds the day, or the latest complete one. Throws Error (wrong use) for
// what is no date and for a period that is not over.
Period chosen_period(Rhythm rhythm, const std::string& date, const Zone& zone);
// Throws Error (wrong use).
Day chosen_day(const std::string& text);
Rhythm chosen_rhythm(const std::string& text);
// By its canonical or Chinese name; says which there are.
Fact chosen_fact(const std::string& text);

}  // namespace siyu
