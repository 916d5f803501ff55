// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "core/app/commands.hpp"
#include "core/base/text_table.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

int plugin_list(Session& session, bool json) {
    const Catalogue& say = session.say;
    const auto files = Plugins::files(session.workspace().plugin_folders());
    std::vector<Job> jobs;
    for (const auto& file : files) {
        jobs.push_back(session.plugin_job({file.stem().string(), "", "", file}));
        jobs.back().task = Job::Task::identify;
    }
    bool fault = false;
    Json list = Json::array();
    TextTable table({say("app.plugin.id"), say("app.plugin.version"), say("app.plugin.file"), say("app.plugin.state")});
    session.crew().run(std::move(jobs), [&](std::size_t number, const Outcome& outcome) {
        const std::string file = files[number].string();
        const std::string id = outcome.fault ? files[number].stem().string() : outcome.plugin;
        const std::string state = outcome.fault ? say.say(outcome.fault->note) : say("app.plugin.usable");
        fault = fault || outcome.fault;
        table.add({id, outcome.version, file, state});
        list.push_back({{"id", id},
                        {"version", outcome.version},
                        {"file", file},
                        {"fault", outcome.fault ? Json(state) : Json(nullptr)}});
    });
    Session::print(json ? list.dump(1) + "\n" : table.text());
    return fault ? 1 : 0;
}

int plugin_show(Session& session, const std::string& id, bool json) {
    const Outcome outcome = session.crew().run(session.plugin_job(id));
    session.tell(outcome);
    outcome.or_throw();
    Session::print(json ? outcome.json : outcome.text);
    return 0;
}

}  // namespace siyu
