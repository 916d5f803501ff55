// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <utility>

#include "core/app/session.hpp"

namespace siyu {

// What sub-commands and their options are made with: help in the language of the session, and which one was chosen.
class CommandMenu {
  public:
    explicit CommandMenu(Language language) : say_(catalogue(language)), app_(say_("help.siyu"), "siyu") {
        app_.option_defaults()->group(say_("help.options_title"));
        app_.set_help_flag("-h,--help", say_("help.help"));
        app_.set_version_flag("--version", "siyu " SIYU_VERSION, say_("help.version"));
        app_.require_subcommand(1);
        app_.fallthrough();
        app_.add_option("-C", folder_, say_("help.folder"))->type_name("DIR");
        app_.add_option("--lang", lang_, say_("help.lang"))
            ->check(CLI::IsMember({"zh", "en"}, CLI::ignore_case).description(""))
            ->type_name("zh|en");
        for (const auto& [label, id] : {std::pair{"SUBCOMMAND", "help.command"},
                                        {"OPTIONS", "help.options"},
                                        {"Usage", "help.usage"},
                                        {"Positionals", "help.arguments"},
                                        {"REQUIRED", "help.required"}})
            app_.get_formatter()->label(label, say_(id));
        app_.get_formatter()->column_width(34);
    }

    CLI::App& app() { return app_; }
    const Catalogue& say() const { return say_; }
    CLI::App* add(CLI::App& to, const std::string& name, const std::string& help,
                  std::function<int(Session&)> command) {
        CLI::App* added = to.add_subcommand(name, say_("help." + help))->group(say_("help.commands_title"));
        added->get_help_ptr()->group(say_("help.options_title"));
        if (command)
            added->callback([this, command = std::move(command)] { chosen_ = command; });
        else
            added->require_subcommand(1);
        return added;
    }
    CLI::Option* text(CLI::App* to, const std::string& name, std::string& into, const std::string& help,
                      const char* type) {
        return to->add_option(name, into, say_("help." + help))->type_name(type);
    }
    CLI::App* with_json(CLI::App* command, bool& json) {
        command->add_flag("--json", json, say_("help.json"));
        return command;
    }

  protected:
    const Catalogue& say_;
    CLI::App app_;
    std::function<int(Session&)> chosen_;
    std::string folder_, lang_;
};

}  // namespace siyu
