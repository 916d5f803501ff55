// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/check/check.hpp"
#include "core/engine/engine.hpp"
#include "core/host/plugins.hpp"
#include "core/worker/sandbox.hpp"
#include "tenants/history.hpp"

// What a worker is told to do, and what comes back: plain values that travel as bytes.
namespace siyu {

// A rendering of a scorecard.
struct Page {
    // kpi_table and forecast_table are for the terminal, quality is what the data want to say, a line each; document is
    // what mails and workbooks are made of (reports/document_bytes.hpp).
    enum class Format { html, text, json, kpi_table, forecast_table, quality, document };

    Format format = Format::html;
    Audience audience = Audience::brand;
    std::string bytes = {};
};

struct Job {
    enum class Task {
        report,    // the pages of one brand for one period
        describe,  // what the plugin declares with the tenant's settings, as text and as JSON
        declare,   // the same as a blueprint, to be computed by a clerk
        identify,  // which plugin and version the file holds
        check,     // whether the plugin keeps one rule of the contract
    };

    Task task = Task::report;
    Language language = Language::zh;
    std::vector<std::filesystem::path> places;  // where plugins are looked for
    PluginChoice plugin;
    Plugins::Settings settings;
    Limits limits;
    std::string check;  // check: its id
    // False only to check a plugin that was built with AddressSanitizer, which no wall lets through.
    bool walls = true;
    // report, check: without the blueprint, which the worker makes.
    std::optional<Assignment> assignment;
    // report by a clerk: what the plugin declared, write_blueprint.
    std::string blueprint;
    std::vector<Page> pages;
    std::vector<Formulas> history;  // of the brand's reports
};

struct Outcome {
    struct Fault {
        Error::Code code;
        Note note;
    };

    std::optional<Fault> fault;             // then there is nothing else but remarks
    std::vector<Note> remarks;              // settings that nobody asks for
    std::vector<std::string> log;           // what plugins said
    std::vector<Page> pages;                // as asked for; their bytes travel before the outcome
    bool held = false, incomplete = false;  // the report, for days without required data
    bool not_ready = false;                 // one of its figures
    std::string plugin, version;            // which were used
    std::optional<Formulas> formulas;       // to be kept with the report
    std::string blueprint;                  // declare: write_blueprint; empty where it has code
    std::string text, json;                 // describe
    std::vector<std::string> kpis;          // describe: their ids, in the order of the report
    std::optional<Verdict> verdict;         // check, where nothing was found: that is the fault
    std::optional<Note> stage;              // check: what it was at when it was last heard of

    // Throws the fault as Error.
    const Outcome& or_throw() const {
        if (fault) throw Error(fault->code, fault->note);
        return *this;
    }
};

// Where a store is, for a process that knows nothing of the workspace and has no environment.
struct StorePlace {
    std::string url;
    std::filesystem::path workspace;
    std::string password;  // $SIYU_STORE_PASSWORD
};

std::string write(const StorePlace& place);
StorePlace read_store_place(std::string_view bytes);
std::string write(const Job& job);
Job read_job(std::string_view bytes);
std::string write(const Outcome& outcome);
// Throws Error (refused, worker.bad_message) for what is no outcome.
Outcome read_outcome(std::string_view bytes);
std::string write(const Note& note);
// Throws Error (refused, worker.bad_message) for what is no note.
Note read_note(std::string_view bytes);

}  // namespace siyu
