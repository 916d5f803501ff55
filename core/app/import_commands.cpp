// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/app/batch_name.hpp"
#include "core/app/commands.hpp"
#include "core/base/text_table.hpp"
#include "core/intake/import.hpp"
#include "core/store/retry.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct NamedBatch {
    std::int64_t tenant = agency_tenant;
    std::string id = agency_name, zone = agency_zone;
    std::int64_t number = 0;
};

NamedBatch find_batch(Session& session, const std::string& name) {
    const std::size_t colon = name.rfind(':');
    NamedBatch found;
    const std::string digits = colon == std::string::npos ? "" : name.substr(colon + 1);
    if (digits.empty() || digits.size() > 12 || digits.find_first_not_of("0123456789") != std::string::npos)
        throw Error(Error::wrong_use, "import.bad_batch", {{"batch", name}});
    found.number = std::stoll(digits);
    if (name.substr(0, colon) != agency_name) {
        const Tenant tenant = Tenants(session.database()).find(name.substr(0, colon));
        found = {tenant.number, tenant.id, tenant.timezone, found.number};
    }
    return found;
}

}  // namespace

int import_list(Session& session, const std::string& tenant, bool json) {
    std::vector<std::pair<std::string, std::int64_t>> owners;
    if (tenant.empty()) owners.emplace_back(agency_name, agency_tenant);
    for (const Tenant& known : Tenants(session.database()).list())
        if (tenant.empty() || tenant == known.id) owners.emplace_back(known.id, known.number);
    if (owners.empty()) Tenants(session.database()).find(tenant);  // says which there are

    const Catalogue& say = session.say;
    const Zone zone(agency_zone);
    TextTable table(
        {say("import.column.batch"), say("import.column.made_at"), say("import.column.file"), say("import.column.fact"),
         say("import.column.rows"), say("import.column.added"), say("import.column.replaced"),
         say("import.column.rejected"), say("import.column.days"), say("import.column.state")},
        {false, false, false, false, true, true, true, true, false, false});
    Json list = Json::array();
    for (const auto& [id, number] : owners)
        for (const Batch& batch : Batches(session.database(), number).list()) {
            const std::string at = zone.text({batch.made_at * micros_per_second});
            for (const BatchFact& fact : batch.facts) {
                const bool dated = fact.covers.first <= fact.covers.last;
                table.add({batch_name(id, batch.number), at, batch.file, fact_title(fact.fact, say),
                           std::to_string(fact.taken), std::to_string(fact.added), std::to_string(fact.replaced),
                           std::to_string(batch.rejected),
                           dated ? to_string(fact.covers.first) + ".." + to_string(fact.covers.last) : "",
                           batch.undone ? say("import.state.undone")
                                        : (fact.added + fact.replaced == 0 ? say("import.state.no_change") : "")});
                list.push_back({{"batch", batch_name(id, batch.number)},
                                {"file", batch.file},
                                {"fact", std::string(kind_of(fact.fact).name)},
                                {"rows", fact.taken},
                                {"added", fact.added},
                                {"replaced", fact.replaced},
                                {"rejected", batch.rejected},
                                {"first", dated ? Json(to_string(fact.covers.first)) : Json(nullptr)},
                                {"last", dated ? Json(to_string(fact.covers.last)) : Json(nullptr)},
                                {"made_at", at},
                                {"undone", batch.undone}});
            }
        }
    Session::print(json ? list.dump(1, ' ', false, Json::error_handler_t::replace) + "\n" : table.text());
    return 0;
}

int import_undo(Session& session, const std::string& name) {
    const NamedBatch named = find_batch(session, name);
    const Zone zone(named.zone);
    const Batch batch = retrying([&] { return undo_batch(session.database(), named.tenant, zone, named.number); });
    session.tell("import.undone", {{"batch", name}, {"file", batch.file}});
    return 0;
}

int import_rejects(Session& session, const std::string& name) {
    const NamedBatch named = find_batch(session, name);
    Batches batches(session.database(), named.tenant);
    const auto all = batches.list();
    const auto found =
        std::find_if(all.begin(), all.end(), [&named](const Batch& batch) { return batch.number == named.number; });
    if (found == all.end()) throw Error(Error::wrong_use, "import.no_batch", {{"batch", name}});
    const auto rows = batches.rejects(named.number);
    if (rows.empty()) {
        session.tell("import.no_rejects", {{"batch", name}});
        return 0;
    }
    // The rows as they stood, under their header: mended, they can be imported again as they are. Why stands on stderr.
    // Without the mark a spreadsheet on a Chinese Windows takes them for GBK.
    Session::print("\uFEFF" + found->header + "\n");
    for (const RejectedRow& row : rows) {
        if (!row.record.empty()) Session::print(row.record + "\n");
        session.tell("import.rejected_row", {{"line", std::to_string(row.line)},
                                             {"column", row.column},
                                             {"value", row.value},
                                             {"reason", session.say.say(row.reason)}});
    }
    return 0;
}

}  // namespace siyu
