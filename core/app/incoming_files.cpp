// SPDX-License-Identifier: Apache-2.0
#include "core/app/incoming_files.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/app/inbox.hpp"
#include "core/intake/export_name.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;

// What a reader reads, or says how to save as something that it reads.
constexpr std::array<std::string_view, 12> tables{".csv", ".txt",  ".tsv",   ".xls",    ".xlsx", ".xlsm",
                                                  ".et",  ".json", ".jsonl", ".ndjson", ".xml",  ".zip"};
// Pictures and letters are told, and no reason to look again.
constexpr std::array<std::string_view, 9> no_data{".png", ".jpg", ".jpeg", ".gif", ".md",
                                                  ".pdf", ".doc", ".docx", ".pptx"};
constexpr std::size_t most_named = 20;

template <std::size_t count>
bool ends_as(const fs::path& file, const std::array<std::string_view, count>& endings) {
    return std::ranges::find(endings, folded(file.extension().string())) != endings.end();
}

bool is_folder(const fs::directory_entry& entry) {
    std::error_code unknown;
    return entry.is_directory(unknown);
}

// Hidden, open in a spreadsheet, a desktop's own, or what the inbox leaves.
bool is_nobodys(const fs::directory_entry& entry) {
    const std::string name = folded(entry.path().filename().string());
    if (name.starts_with('.') || name.starts_with("~$") || name == "thumbs.db" || name == "desktop.ini") return true;
    const fs::path around = entry.path().parent_path().parent_path().filename();
    if (is_folder(entry)) return around == "inbox" && std::ranges::find(inbox_folders, name) != inbox_folders.end();
    return around == inbox_rejected && name.ends_with(".txt");
}

// Looks into folders, and tells what it leaves.
class Looking {
  public:
    Looking(Session& session, bool& left_out) : session_(session), left_out_(left_out) {}

    // The files of a folder that may hold tables. Throws Error where there are none.
    std::vector<fs::path> files(const fs::path& folder) {
        std::vector<fs::path> files;
        std::vector<fs::directory_entry> others;
        for (const auto& entry : entries(folder)) {
            std::error_code dangling;
            const bool read = entry.is_regular_file(dangling) && ends_as(entry.path(), tables);
            if (read)
                files.push_back(entry.path());
            else
                others.push_back(entry);
        }
        leave(folder, others);
        if (files.empty()) throw Error(Error::wrong_use, "import.empty_folder", {{"folder", folder.string()}});
        return files;
    }
    // The folders in a folder, by their names.
    std::set<std::string> folders(const fs::path& folder) {
        std::set<std::string> names;
        std::vector<fs::directory_entry> others;
        for (const auto& entry : entries(folder))
            if (is_folder(entry))
                names.insert(entry.path().filename().string());
            else
                others.push_back(entry);
        leave(folder, others);
        return names;
    }

  private:
    // What somebody put there, by name.
    static std::vector<fs::directory_entry> entries(const fs::path& folder) {
        std::error_code error;
        std::vector<fs::directory_entry> entries;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
            if (!is_nobodys(*entry)) entries.push_back(*entry);
        if (error)
            throw Error(Error::unreachable, "import.unreadable_folder",
                        {{"folder", folder.string()}, {"words", error.message()}});
        std::ranges::sort(entries);
        return entries;
    }
    void leave(const fs::path& folder, const std::vector<fs::directory_entry>& others) {
        if (others.empty()) return;
        std::string names;
        for (std::size_t i = 0; i < others.size(); ++i) {
            const bool whole = is_folder(others[i]);
            left_out_ = left_out_ || whole || !ends_as(others[i].path(), no_data);
            if (i < most_named)
                names += (i > 0 ? ", " : "") + others[i].path().filename().string() + (whole ? "/" : "");
        }
        if (others.size() > most_named) names += " …";
        session_.tell("import.left_in_folder",
                      {{"folder", folder.string()}, {"count", std::to_string(others.size())}, {"names", names}});
    }

    Session& session_;
    bool& left_out_;
};

}  // namespace

IncomingFiles incoming_files(Session& session, const ImportOptions& options) {
    IncomingFiles found;
    Looking looking(session, found.left_out);
    const auto add = [&found](const std::shared_ptr<const Tenant>& owner, std::vector<fs::path> files) {
        order_by_writing(files, [](const fs::path& file) { return file.string(); });
        for (const fs::path& file : files) found.files.push_back({owner, file});
    };
    if (options.each.empty()) {
        std::shared_ptr<const Tenant> owner;
        if (!options.tenant.empty())
            owner = std::make_shared<const Tenant>(Tenants(session.database()).find(options.tenant));
        std::vector<fs::path> files;
        for (const std::string& name : options.files) {
            std::error_code unknown;
            if (fs::is_directory(name, unknown))
                std::ranges::move(looking.files(name), std::back_inserter(files));
            else
                files.emplace_back(name);  // what is wrong with it is said when it is opened
        }
        add(owner, std::move(files));
        return found;
    }
    // A folder of folders, each named as a tenant. Which are there is known before the first file is taken.
    std::set<std::string> names = looking.folders(options.each);
    if (names.empty()) throw Error(Error::wrong_use, "import.no_folders", {{"folder", options.each}});
    std::vector<Tenant> owners = Tenants(session.database()).list();
    std::erase_if(owners, [&names](const Tenant& tenant) { return names.erase(tenant.id) == 0; });
    if (!names.empty()) Tenants(session.database()).find(*names.begin());  // says which there are
    for (const Tenant& owner : owners) try {
            add(std::make_shared<const Tenant>(owner), looking.files(fs::path(options.each) / owner.id));
        } catch (const Error& error) {
            session.tell(error.note());
            found.left_out = true;
        }
    if (found.files.empty()) throw Error(Error::refused, "import.none_taken");
    return found;
}

}  // namespace siyu
