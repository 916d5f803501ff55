// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <regex>
#include <sstream>

#include "core/app/commands.hpp"
#include "core/store/copy.hpp"
#include "core/store/tables.hpp"

namespace siyu {

namespace {

// Puts the store into siyu.toml and leaves everything else there as somebody wrote it.
void write_store(const std::filesystem::path& file, const std::string& url) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    bool told = false, inner = false;
    static const std::regex setting(R"(^\s*store\s*=.*)");
    for (std::string line; std::getline(stream, line);) {
        inner = inner || line.starts_with('[');
        if (!told && !inner && std::regex_match(line, setting)) {
            line = "store = '" + url + "'";
            told = true;
        }
        text << line << "\n";
    }
    write_file(file, told ? text.str() : "store = '" + url + "'\n" + text.str());
}

}  // namespace

int store_copy(Session& session, const CopyOptions& options) {
    Workspace& workspace = session.workspace();
    check_store(options.from);
    check_store(options.to);
    if (options.from == options.to) throw Error(Error::wrong_use, "store.same_store", {{"store", options.to}});
    session.tell("store.copying", {{"from", options.from}, {"to", options.to}});
    const auto from = open_database(options.from, workspace.folder(), OpenFor::use);
    const auto to = open_database(options.to, workspace.folder(), OpenFor::copy_into);
    const std::int64_t rows =
        copy_store(*from, options.from, *to, options.to, [&session](std::string_view table, std::int64_t count) {
            session.tell("store.copied_table", {{"table", std::string(table)}, {"rows", std::to_string(count)}});
        });
    session.tell("store.copied", {{"from", options.from},
                                  {"to", options.to},
                                  {"tables", std::to_string(store_tables().size())},
                                  {"rows", std::to_string(rows)}});
    if (options.switches) write_store(workspace.folder() / "siyu.toml", options.to);
    session.tell(options.switches ? "store.switched" : "store.copied_switch", {{"to", options.to}});
    return 0;
}

}  // namespace siyu
