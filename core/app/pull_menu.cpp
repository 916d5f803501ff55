// SPDX-License-Identifier: Apache-2.0
#include "core/app/pull_menu.hpp"

#include "core/app/command_menu.hpp"

namespace siyu {

void PullMenu::add_to(CommandMenu& menu) {
    CLI::App* all = menu.add(menu.app(), "pull", "pull", nullptr);
    CLI::App* wecom = menu.add(*all, "wecom", "pull_wecom", [this](Session& s) { return pull_wecom(s, pull_); });
    menu.text(wecom, "--tenant", pull_.tenant, "tenant_id", "ID")->required();
    menu.text(wecom, "--from", pull_.from, "pull_from", "D");
    menu.text(wecom, "--to", pull_.to, "pull_to", "D");
    const auto several = [&](const char* name, std::vector<std::string>& into, const char* help, const char* type) {
        return wecom->add_option(name, into, menu.say()(help))->type_name(type)->expected(1)->take_all();
    };
    CLI::Option* guides = several("--guide", pull_.guides, "help.pull_guide", "ID");
    wecom->add_flag("--all", pull_.all, menu.say()("help.pull_all"))->excludes(guides);
    several("--only", pull_.facts, "help.pull_only", "FACT")
        ->check(CLI::IsMember({"guide_days", "group_days"}).description(""));
    wecom->add_flag("--dry-run", pull_.dry_run, menu.say()("help.pull_dry_run"));
    menu.with_json(wecom, pull_.json);
}

}  // namespace siyu
