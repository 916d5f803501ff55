// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "core/app/commands.hpp"
#include "core/app/terminal.hpp"
#include "reports/explain.hpp"

namespace siyu {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

int plugin_list(Session& session, bool json) {
    const Catalogue& say = session.say;
    const auto all = session.plugins().list();
    bool fault = false;
    Json list = Json::array();
    TextTable table({say("app.plugin.id"), say("app.plugin.version"), say("app.plugin.file"), say("app.plugin.state")});
    for (const auto& plugin : all) {
        const std::string state = plugin.fault ? say.say(*plugin.fault) : say("app.plugin.usable");
        fault = fault || plugin.fault;
        table.add({plugin.id, plugin.version, plugin.file.string(), state});
        list.push_back({{"id", plugin.id},
                        {"version", plugin.version},
                        {"file", plugin.file.string()},
                        {"fault", plugin.fault ? Json(state) : Json(nullptr)}});
    }
    Session::print(json ? list.dump(1) + "\n" : table.text());
    return fault ? 1 : 0;
}

int plugin_show(Session& session, const std::string& id, bool json) {
    const Catalogue& say = session.say;
    const Blueprint blueprint = session.plugins().blueprint(id);
    const bool chinese = say.language() == Language::zh;
    if (json) {
        Json kpis = Json::array();
        for (const Kpi& kpi : blueprint.kpis)
            kpis.push_back({{"id", kpi.id},
                            {"title", chinese ? kpi.title_zh : kpi.title_en},
                            {"formula", explain(kpi, blueprint, say)},
                            {"declared_by", kpi.declared_by}});
        Session::print(Json{{"id", blueprint.plugin}, {"version", blueprint.version}, {"kpis", kpis}}.dump(1) + "\n");
        return 0;
    }
    Session::print(blueprint.plugin + " " + blueprint.version + "\n");
    for (const Kpi& kpi : blueprint.kpis)
        Session::print((chinese ? kpi.title_zh : kpi.title_en) + "  " + kpi.id + "\n    " +
                       explain(kpi, blueprint, say) + "\n");
    return 0;
}

}  // namespace siyu
