// SPDX-License-Identifier: Apache-2.0
#include "core/app/import_menu.hpp"

#include "core/app/command_menu.hpp"

namespace siyu {

void ImportMenu::add_to(CommandMenu& menu) {
    menu_ = &menu;
    importing();
    profiles();
    CLI::App* watching = menu.add(menu.app(), "inbox", "inbox", [this](Session& s) { return inbox(s, inbox_); });
    watching->add_flag("--once", inbox_.once, menu.say()("help.inbox_once"));
    watching->add_flag("--beside", inbox_.beside)->group("");  // for siyu serve
}

void ImportMenu::importing() {
    const Catalogue& say = menu_->say();
    CLI::App* all = menu_->add(menu_->app(), "import", "import", [this](Session& s) {
        if (command_) return command_(s);
        if (import_.files.empty() && import_.each.empty())
            throw Error(Error::wrong_use, "app.missing", {{"words", "FILE"}});
        import_.json = json_;
        return import_files(s, import_);
    });
    CLI::Option* files = all->add_option("FILE", import_.files, say("help.files"))->type_name("");
    CLI::Option* owner = menu_->text(all, "--tenant", import_.tenant, "tenant_id", "ID");
    menu_->text(all, "--each", import_.each, "import_each", "FOLDER")->excludes(files)->excludes(owner);
    CLI::Option* as = menu_->text(all, "--as", import_.fact, "import_as", "FACT");
    menu_->text(all, "--profile", import_.profile, "import_profile", "NAME")->excludes(as);
    all->add_option("--with", import_.given, say("help.import_with"))->type_name("NAME=VALUE")->allow_extra_args(false);
    menu_->text(all, "--covers", import_.covers, "import_covers", "FROM..TO");
    all->add_flag("--dry-run", import_.dry_run, say("help.import_dry_run"));
    menu_->with_json(all, json_);
    const auto inner = [this, all, &say](const std::string& name, const std::string& help,
                                         std::function<int(Session&)> command) {
        CLI::App* added = all->add_subcommand(name, say("help." + help))->group(say("help.commands_title"));
        added->get_help_ptr()->group(say("help.options_title"));
        added->callback([this, command = std::move(command)] { command_ = command; });
        return added;
    };
    inner("list", "import_list", [this](Session& s) { return import_list(s, import_.tenant, json_); });
    menu_
        ->text(inner("undo", "import_undo", [this](Session& s) { return import_undo(s, batch_); }), "BATCH", batch_,
               "batch", "")
        ->required();
    menu_
        ->text(inner("rejects", "import_rejects", [this](Session& s) { return import_rejects(s, batch_); }), "BATCH",
               batch_, "batch", "")
        ->required();
}

void ImportMenu::profiles() {
    CLI::App* all = menu_->add(menu_->app(), "profile", "profile", nullptr);
    menu_->with_json(menu_->add(*all, "list", "profile_list", [this](Session& s) { return profile_list(s, profile_); }),
                     profile_.json);
    CLI::App* showing =
        menu_->add(*all, "show", "profile_show", [this](Session& s) { return profile_show(s, profile_); });
    menu_->text(showing, "NAME", profile_.name, "profile_name", "")->required();
    CLI::App* making = menu_->add(*all, "new", "profile_new", [this](Session& s) { return profile_new(s, profile_); });
    menu_->text(making, "FILE", profile_.file, "profile_sample", "")->required();
    menu_->text(making, "--name", profile_.name, "profile_name", "NAME");
    menu_->text(making, "--as", profile_.fact, "import_as", "FACT");
}

}  // namespace siyu
