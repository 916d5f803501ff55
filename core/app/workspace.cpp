// SPDX-License-Identifier: Apache-2.0
#include "core/app/workspace.hpp"

#include <fcntl.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

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

// The numbers of one table of siyu.toml.
class Numbers {
  public:
    Numbers(const char* table, const toml::node_view<toml::node>& said, const fs::path& file)
        : table_(table), said_(said), file_(file) {}

    void take(const char* key, int least, int most, int& into) const {
        if (!said_[key]) return;
        const auto value = said_[key].value<std::int64_t>();
        if (!value || *value < least || *value > most)
            throw Error(Error::refused, "app.bad_limit",
                        {{"file", file_.string()},
                         {"key", table_ + "." + key},
                         {"least", std::to_string(least)},
                         {"most", std::to_string(most)}});
        into = static_cast<int>(*value);
    }

  private:
    std::string table_;
    toml::node_view<toml::node> said_;
    const fs::path& file_;
};

Limits read_limits(const Numbers& numbers) {
    Limits limits;
    numbers.take("seconds", 1, 3600, limits.seconds);
    numbers.take("memory_mib", 128, 1 << 20, limits.memory_mib);
    numbers.take("at_once", 0, 1024, limits.at_once);
    return limits;
}

JobRules read_job_rules(const Numbers& numbers) {
    JobRules rules;
    numbers.take("attempts", 1, 1000, rules.attempts);
    numbers.take("pause_seconds", 0, 86'400, rules.pause_seconds);
    numbers.take("longest_pause_seconds", 0, 7 * 86'400, rules.longest_pause_seconds);
    numbers.take("lease_seconds", 1, 3600, rules.lease_seconds);
    numbers.take("keep_days", 1, 3660, rules.keep_days);
    return rules;
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
        workspace.limits_ = read_limits({"worker", table["worker"], file});
        workspace.job_rules_ = read_job_rules({"jobs", table["jobs"], file});
    } catch (const toml::parse_error& error) {
        throw Error(Error::refused, "app.bad_settings",
                    {{"file", file.string()},
                     {"line", std::to_string(error.source().begin.line)},
                     {"words", std::string(error.description())}});
    }
    return workspace;
}

Database& Workspace::database() {
    if (!database_) database_ = connect();
    return *database_;
}

std::unique_ptr<Database> Workspace::connect() const { return open_database(store_, folder_, OpenFor::use); }

StorePlace Workspace::store_place() const {
    const char* password = std::getenv("SIYU_STORE_PASSWORD");
    return {store_, folder_, password ? password : ""};
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
    write_file(path, text, path.string() + ".part" + std::to_string(getpid()), false);
}

void write_file(const fs::path& path, std::string_view text, const fs::path& beside, bool lasting) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    fs::create_directories(beside.parent_path(), error);
    int file = -1;
    const auto must = [&](bool well) {
        if (well) return;
        const int code = errno ? errno : EIO;
        if (file >= 0) ::close(file);
        fs::remove(beside, error);
        throw Error(Error::unreachable, "app.cannot_write", {{"file", path.string()}, {"words", std::strerror(code)}});
    };
    must((file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) >= 0);
    for (std::string_view rest = text; !rest.empty();) {
        const ssize_t written = ::write(file, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        must(written > 0);
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    must(!lasting || ::fsync(file) == 0);
    must(::close(std::exchange(file, -1)) == 0);
    if (::rename(beside.c_str(), path.c_str()) == 0) return;
    must(errno == EXDEV && beside.parent_path() != path.parent_path());
    // A brand's folder may lie on another disk.
    fs::remove(beside, error);
    write_file(path, text, path.string() + ".part" + std::to_string(getpid()), lasting);
}

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace siyu
