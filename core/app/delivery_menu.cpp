// SPDX-License-Identifier: Apache-2.0
#include "core/app/delivery_menu.hpp"

#include "core/app/command_menu.hpp"

namespace siyu {

void DeliveryMenu::add_to(CommandMenu& menu) {
    menu_ = &menu;
    sending();
    outbox();
    recipients();
    follow_ups();
    CLI::App* serving = menu_->add(menu_->app(), "serve", "serve", [this](Session& s) { return serve(s, listen_); });
    menu_->text(serving, "--listen", listen_, "listen", "ADDRESS");
}

CLI::App* DeliveryMenu::with_report(CLI::App* command) {
    menu_->text(command, "REPORT", send_.report, "send_report", "")->required();
    return command;
}

CLI::App* DeliveryMenu::with_tenants(CLI::App* command) {
    command->add_option("--tenant", send_.tenants, menu_->say()("help.tenant_or_all"))
        ->type_name("ID")
        ->expected(1)
        ->take_all();
    return command;
}

void DeliveryMenu::sending() {
    CLI::App* all = menu_->add(menu_->app(), "send", "send", nullptr);
    CLI::App* listing = menu_->with_json(
        with_tenants(menu_->add(*all, "list", "send_list", [this](Session& s) { return send_list(s, send_); })),
        send_.json);
    listing->add_flag("--all", send_.all, menu_->say()("help.send_all"));
    menu_->with_json(
        with_report(menu_->add(*all, "show", "send_show", [this](Session& s) { return send_show(s, send_); })),
        send_.json);
    CLI::App* making =
        with_tenants(menu_->add(*all, "make", "send_make", [this](Session& s) { return send_make(s, send_); }));
    menu_->text(making, "PERIOD", send_.period, "report_period", "")->required();
    menu_->text(making, "--date", send_.date, "date", "D");
    CLI::App* noting =
        with_report(menu_->add(*all, "note", "send_note", [this](Session& s) { return send_note(s, send_); }));
    menu_->text(noting, "TEXT", send_.text, "send_text", "")->required();
    menu_->text(noting, "--by", send_.by, "send_by", "NAME");
    CLI::App* approving =
        menu_->add(*all, "approve", "send_approve", [this](Session& s) { return send_approve(s, send_); });
    approving->add_option("REPORT", send_.reports, menu_->say()("help.send_report"))->required()->type_name("");
    menu_->text(approving, "--by", send_.by, "send_by", "NAME");
    menu_->text(approving, "--hash", send_.hash, "send_hash", "HASH");
    with_report(
        menu_->add(*all, "go", "send_go", [this](Session& s) { return send_decide(s, send_, SendDecision::go); }));
    with_report(menu_->add(*all, "cancel", "send_cancel",
                           [this](Session& s) { return send_decide(s, send_, SendDecision::cancel); }));
    CLI::App* correcting =
        with_report(menu_->add(*all, "correct", "send_correct", [this](Session& s) { return send_correct(s, send_); }));
    menu_->text(correcting, "--why", send_.text, "send_why", "TEXT")->required();
    menu_->text(correcting, "--by", send_.by, "send_by", "NAME");
    CLI::App* preview =
        with_report(menu_->add(*all, "preview", "send_preview", [this](Session& s) { return send_preview(s, send_); }));
    menu_->text(preview, "--out", send_.out, "send_out", "FILE");
    menu_->text(preview, "--audience", send_.audience, "audience", "brand|agency");
    CLI::App* testing =
        with_report(menu_->add(*all, "test", "send_test", [this](Session& s) { return send_preview(s, send_); }));
    menu_->text(testing, "--to", send_.to, "send_to", "ADDRESS")->required();
    menu_->text(testing, "--audience", send_.audience, "audience", "brand|agency");
    CLI::App* schedule = with_tenants(
        menu_->add(*all, "schedule", "send_schedule", [this](Session& s) { return send_schedule(s, send_); }));
    schedule->add_option("--days", send_.days, menu_->say()("help.send_days"))
        ->check(CLI::Range(1, 366).description(""))
        ->type_name("N");
    menu_->add(*all, "run", "send_run", [](Session& s) { return send_run(s); });
}

void DeliveryMenu::outbox() {
    CLI::App* all = menu_->add(menu_->app(), "outbox", "outbox", nullptr);
    CLI::App* out = menu_->with_json(
        menu_->add(*all, "list", "outbox_list", [this](Session& s) { return outbox_list(s, outbox_); }), outbox_.json);
    menu_->text(out, "--tenant", outbox_.tenant, "tenant_or_all", "ID");
    menu_->text(out, "--state", outbox_.state, "outbox_state", "STATE");
    const auto with_delivery = [this](CLI::App* command) {
        command->add_option("DELIVERY", outbox_.deliveries, menu_->say()("help.delivery"))->required()->type_name("");
        return command;
    };
    with_delivery(menu_->add(*all, "show", "outbox_show", [this](Session& s) { return outbox_show(s, outbox_); }));
    with_delivery(menu_->add(*all, "retry", "outbox_retry", [this](Session& s) {
        return outbox_retry(s, outbox_);
    }))->add_flag("--again", outbox_.again, menu_->say()("help.outbox_again"));
    with_delivery(
        menu_->add(*all, "cancel", "outbox_cancel", [this](Session& s) { return outbox_cancel(s, outbox_); }));
}

void DeliveryMenu::recipients() {
    CLI::App* all = menu_->add(menu_->app(), "recipient", "recipient", nullptr);
    const auto person = [&](const char* name, int (*command)(Session&, const PersonOptions&)) {
        CLI::App* added = menu_->add(*all, name, std::string("recipient_") + name,
                                     [this, command](Session& s) { return command(s, person_); });
        menu_->text(added, "--tenant", person_.tenant, "tenant_id", "ID")->required();
        menu_->text(added, "ADDRESS", person_.address, "address", "")->required();
        return added;
    };
    CLI::App* setting = person("set", recipient_set);
    for (CLI::App* one : {person("add", recipient_add), setting}) {
        menu_->text(one, "--name", person_.name, "recipient_name", "NAME");
        menu_->text(one, "--role", person_.role, "recipient_role", "brand|agency|pm");
        one->add_option("--language", person_.language, menu_->say()("help.recipient_language"))
            ->check(CLI::IsMember({"zh", "en"}).description(""))
            ->type_name("zh|en");
        menu_->text(one, "--reports", person_.reports, "recipient_reports", "daily,weekly,monthly|none");
    }
    setting->add_flag("--subscribe", person_.subscribe, menu_->say()("help.recipient_subscribe"));
    person("remove", recipient_remove);
    menu_->text(menu_->with_json(menu_->add(*all, "list", "recipient_list",
                                            [this](Session& s) { return recipient_list(s, person_); }),
                                 person_.json),
                "--tenant", person_.tenant, "tenant_or_all", "ID");
}

void DeliveryMenu::follow_ups() {
    const auto follow_up = [this](CLI::App& to, const char* name, const char* help,
                                  int (*command)(Session&, const StepOptions&)) {
        CLI::App* added = menu_->add(to, name, help, [this, command](Session& s) { return command(s, step_); });
        menu_->text(added, "--tenant", step_.tenant, "tenant_or_all", "ID");
        return added;
    };
    CLI::App* steps = menu_->add(menu_->app(), "step", "step", nullptr);
    CLI::App* adding = follow_up(*steps, "add", "step_add", step_add);
    menu_->text(adding, "TEXT", step_.text, "step_text", "")->required();
    menu_->text(adding, "--owner", step_.owner, "step_owner", "NAME");
    menu_->text(adding, "--due", step_.due, "step_due", "DATE")->required();
    CLI::App* ending = follow_up(*steps, "done", "step_done", step_done);
    ending->add_option("NUMBER", step_.number, menu_->say()("help.number"))->required()->type_name("");
    menu_->text(ending, "--on", step_.due, "step_on", "DATE");
    menu_->with_json(follow_up(*steps, "list", "step_list", step_list), step_.json);
    CLI::App* objections = menu_->add(menu_->app(), "objection", "objection", nullptr);
    CLI::App* answering = follow_up(*objections, "answer", "objection_answer", objection_answer);
    answering->add_option("NUMBER", step_.number, menu_->say()("help.number"))->required()->type_name("");
    menu_->text(answering, "TEXT", step_.text, "objection_text", "")->required();
    answering->add_flag("--settled", step_.settled, menu_->say()("help.objection_settled"));
    menu_->with_json(follow_up(*objections, "list", "objection_list", objection_list), step_.json);
}

}  // namespace siyu
