// SPDX-License-Identifier: Apache-2.0
#include "core/app/incoming_files.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/intake/export_name.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 8> endings{".csv",   ".tsv",    ".xlsx", ".json",
                                                  ".jsonl", ".ndjson", ".xml",  ".zip"};

[[noreturn]] void unreadable(const std::string& folder, const std::error_code& error) {
    throw Error(Error::unreachable, "import.unreadable_folder", {{"folder", folder}, {"words", error.message()}});
}

std::vector<fs::path> files_in(const std::vector<std::string>& names) {
    std::vector<fs::path> files;
    for (const std::string& name : names) {
        std::error_code error;
        if (!fs::is_directory(name, error)) {
            files.emplace_back(name);  // what is wrong with it is said when it is opened
            continue;
        }
        std::vector<fs::path> found;
        fs::directory_iterator entries(name, error);
        if (error) unreadable(name, error);
        for (const auto& entry : entries) {
            std::error_code dangling;
            if (entry.is_regular_file(dangling) && may_hold_tables(entry.path())) found.push_back(entry.path());
        }
        std::sort(found.begin(), found.end());
        if (found.empty()) throw Error(Error::wrong_use, "import.empty_folder", {{"folder", name}});
        files.insert(files.end(), found.begin(), found.end());
    }
    return files;
}

}  // namespace

bool may_hold_tables(const fs::path& file) {
    const std::string name = file.filename().string();
    if (name.starts_with('.') || name.starts_with("~$")) return false;  // hidden, or open in a spreadsheet
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::ranges::find(endings, ending) != endings.end();
}

std::vector<IncomingFile> incoming_files(Session& session, const ImportOptions& options) {
    std::vector<IncomingFile> found;
    const auto add = [&found](const std::shared_ptr<const Tenant>& owner, std::vector<fs::path> files) {
        order_by_writing(files, [](const fs::path& file) { return file.filename().string(); });
        for (const fs::path& file : files) found.push_back({owner, file});
    };
    if (options.each.empty()) {
        std::shared_ptr<const Tenant> owner;
        if (!options.tenant.empty())
            owner = std::make_shared<const Tenant>(Tenants(session.database()).find(options.tenant));
        add(owner, files_in(options.files));
        return found;
    }
    // A folder of folders, each named as a tenant. Which are there is known before the first file is taken.
    std::set<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(options.each, error))
        if (entry.is_directory()) names.insert(entry.path().filename().string());
    if (error) unreadable(options.each, error);
    if (names.empty()) throw Error(Error::wrong_use, "import.no_folders", {{"folder", options.each}});
    for (const Tenant& tenant : Tenants(session.database()).list())
        if (names.erase(tenant.id) > 0)
            add(std::make_shared<const Tenant>(tenant), files_in({(fs::path(options.each) / tenant.id).string()}));
    if (!names.empty()) Tenants(session.database()).find(*names.begin());  // says which there are
    return found;
}

}  // namespace siyu
