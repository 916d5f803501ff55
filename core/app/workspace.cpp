// SPDX-License-Identifier: Apache-2.0
#include "core/app/workspace.hpp"

#include <toml++/toml.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "core/base/error.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view settings = "siyu.toml";
constexpr std::string_view default_store = "sqlite:siyu.db";

fs::path beside_program() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return program.parent_path().parent_path() / "lib" / "siyu" / "plugins";
}

Limits read_limits(const toml::node_view<toml::node>& said, const fs::path& file) {
    Limits limits;
    const auto take = [&](const char* key, int least, int most, int& into) {
        if (!said[key]) return;
        const auto value = said[key].value<std::int64_t>();
        if (!value || *value < least || *value > most)
            throw Error(Error::refused, "app.bad_limit",
                        {{"file", file.string()},
                         {"key", std::string("worker.") + key},
                         {"least", std::to_string(least)},
                         {"most", std::to_string(most)}});
        into = static_cast<int>(*value);
    };
    take("seconds", 1, 3600, limits.seconds);
    take("memory_mib", 128, 1 << 20, limits.memory_mib);
    take("at_once", 0, 1024, limits.at_once);
    return limits;
}

}  // namespace

Workspace Workspace::make(const fs::path& folder, const std::string& store) {
    Workspace workspace;
    workspace.folder_ = fs::absolute(folder).lexically_normal();
    workspace.store_ = store.empty() ? std::string(default_store) : store;
    check_store(workspace.store_);
    const fs::path file = workspace.folder_ / settings;
    if (fs::exists(file)) throw Error(Error::refused, "app.workspace_there", {{"folder", workspace.folder_.string()}});
    std::error_code error;
    for (const char* name : {"", "tenants", "profiles", "plugins", "reports"}) {
        fs::create_directories(workspace.folder_ / name, error);
        if (error)
            throw Error(Error::unreachable, "app.cannot_write",
                        {{"file", (workspace.folder_ / name).string()}, {"words", error.message()}});
    }
    workspace.database_ = open_database(workspace.store_, workspace.folder_, OpenFor::create);
    toml::table table;
    table.insert("store", workspace.store_);
    std::ostringstream text;
    text << table << "\n";
    write_file(file, text.str());
    return workspace;
}

Workspace Workspace::open(const std::string& folder) {
    fs::path at = fs::absolute(folder.empty() ? fs::current_path() : fs::path(folder)).lexically_normal();
    if (folder.empty())
        while (!fs::is_regular_file(at / settings) && at.has_relative_path()) at = at.parent_path();
    const fs::path file = at / settings;
    if (!fs::is_regular_file(file))
        throw Error(Error::wrong_use, "app.no_workspace",
                    {{"folder", folder.empty() ? fs::current_path().string() : folder}});
    Workspace workspace;
    workspace.folder_ = at;
    try {
        auto table = toml::parse_file(file.string());
        workspace.store_ = table["store"].value_or(std::string(default_store));
        workspace.limits_ = read_limits(table["worker"], file);
    } catch (const toml::parse_error& error) {
        throw Error(Error::refused, "app.bad_settings",
                    {{"file", file.string()},
                     {"line", std::to_string(error.source().begin.line)},
                     {"words", std::string(error.description())}});
    }
    return workspace;
}

Database& Workspace::database() {
    if (!database_) database_ = open_database(store_, folder_, OpenFor::use);
    return *database_;
}

std::vector<fs::path> Workspace::plugin_folders() const {
    std::vector<fs::path> folders = common_plugin_folders();
    folders.insert(folders.begin(), folder_ / "plugins");
    return folders;
}

std::vector<fs::path> Workspace::common_plugin_folders() {
    std::vector<fs::path> folders;
    if (const char* path = std::getenv("SIYU_PLUGIN_PATH")) {
        std::istringstream parts(path);
        for (std::string part; std::getline(parts, part, ':');)
            if (!part.empty()) folders.push_back(fs::absolute(part));
    }
    folders.push_back(beside_program());
    folders.emplace_back("/usr/lib/siyu/plugins");
    return folders;
}

void write_file(const fs::path& path, std::string_view text) {
    const fs::path beside = path.string() + ".part" + std::to_string(getpid());
    const auto fail = [&path, &beside](const char* words) {
        std::error_code ignored;
        fs::remove(beside, ignored);
        throw Error(Error::unreachable, "app.cannot_write", {{"file", path.string()}, {"words", words}});
    };
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    errno = 0;
    std::ofstream file(beside, std::ios::binary);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    if (!file) fail(std::strerror(errno ? errno : EIO));
    fs::rename(beside, path, error);
    if (error) fail(error.message().c_str());
}

}  // namespace siyu
