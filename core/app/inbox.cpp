// SPDX-License-Identifier: Apache-2.0
#include "core/app/inbox.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "core/app/batch_name.hpp"
#include "core/app/commands.hpp"
#include "core/app/stop_signal.hpp"
#include "core/intake/parcel.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;

constexpr int look_ms = 2000;

// What a spreadsheet, a browser or a copy over the network still writes into.
bool is_unfinished(const fs::path& file) {
    constexpr std::array<std::string_view, 5> endings{".part", ".tmp", ".crdownload", ".download", ".filepart"};
    const std::string name = file.filename().string();
    return name.starts_with('.') || name.starts_with("~$") ||
           std::ranges::find(endings, file.extension().string()) != endings.end();
}

// A name that nothing has yet: `orders (2).csv`.
fs::path free_name(const fs::path& folder, const fs::path& name) {
    fs::path free = folder / name;
    for (int n = 2; fs::exists(free); ++n)
        free = folder / (name.stem().string() + " (" + std::to_string(n) + ")" + name.extension().string());
    return free;
}

// The rows that were set aside, as they stood, under their header.
std::string set_aside(Database& database, const Parcel& parcel) {
    std::string text = parcel.result->batch.header + "\n";
    for (const RejectedRow& row : Batches(database, parcel.order.tenant).rejects(parcel.result->batch.number))
        if (!row.record.empty()) text += row.record + "\n";
    return text;
}

}  // namespace

FileInbox::FileInbox(Session& session) : session_(session), folder_(session.workspace().folder() / "inbox") {
    fs::create_directories(folder_);
    lock_ = ::open((folder_ / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0)
        throw Error(Error::unreachable, "import.unreadable_folder",
                    {{"folder", folder_.string()}, {"words", std::generic_category().message(errno)}});
}

FileInbox::~FileInbox() { ::close(lock_); }

bool FileInbox::waits() const {
    return std::ranges::any_of(seen_, [](const auto& one) { return !one.second.told && !one.second.stuck; });
}

int FileInbox::look() {
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) return 0;
    const std::shared_ptr<void> unlocked(nullptr, [this](void*) { ::flock(lock_, LOCK_UN); });
    try {
        std::set<std::string> owners{agency_name};
        for (const Tenant& tenant : Tenants(session_.database()).list()) owners.insert(tenant.id);
        int status = 0;
        for (const std::string& owner : owners) status = std::max(status, look(owner));
        for (const auto& entry : fs::directory_iterator(folder_)) {
            const std::string name = entry.path().filename().string();
            if (entry.is_directory() && !owners.contains(name) && strangers_.insert(name).second)
                session_.tell("import.inbox_stranger", {{"folder", entry.path().string()}});
        }
        std::erase_if(seen_, [](const auto& one) { return !fs::exists(one.first); });
        return status;
    } catch (const fs::filesystem_error& error) {
        throw Error(Error::unreachable, "import.unreadable_folder",
                    {{"folder", error.path1().string()}, {"words", error.code().message()}});
    }
}

int FileInbox::look(const std::string& owner) {
    fs::create_directories(folder_ / owner);
    std::vector<fs::path> ready;
    for (const auto& entry : fs::directory_iterator(folder_ / owner)) {
        std::error_code gone;
        // A link may lead to anything, another brand's file too.
        if (entry.symlink_status(gone).type() != fs::file_type::regular || is_unfinished(entry.path())) continue;
        Seen now{entry.file_size(gone), entry.last_write_time(gone)};
        if (gone) continue;
        const auto [before, first] = seen_.try_emplace(entry.path(), now);
        const bool still = !first && before->second.size == now.size && before->second.time == now.time;
        if (still && !before->second.stuck) ready.push_back(entry.path());
        if (!still) before->second = now;
    }
    std::ranges::sort(ready);
    int status = 0;
    for (const fs::path& file : ready)
        if (!StopSignal::came()) status = std::max(status, take(owner, file));
    return status;
}

int FileInbox::take(const std::string& owner, const fs::path& file) {
    ImportOptions options;
    if (owner != agency_name) options.tenant = owner;
    options.files = {file.string()};
    const std::string day = to_string(Zone(agency_zone).today());
    const fs::path rejected = fs::path("rejected") / day;
    std::vector<std::pair<std::string, std::string>> left;  // name, text: for the person who mends it
    const auto keep = [&](const Parcel& parcel) {
        if (parcel.refused || parcel.result->batch.rejected == 0) return;
        const std::string name = file.stem().string() + "-" + std::to_string(parcel.result->batch.number) +
                                 session_.say("import.inbox_rows_to_mend") + ".csv";
        left.emplace_back(name, set_aside(session_.database(), parcel));
    };
    int status = 1;
    fs::path to = fs::path("done") / day;
    try {
        status = import_files(session_, options, {.parcel = keep});
    } catch (const Error& error) {
        // What could not be reached may be there at the next look; that is told once.
        const bool stays = error.code() == Error::unreachable;
        if (!stays || !std::exchange(seen_[file].told, true)) session_.tell(error.note());
        if (stays) return 1;
        left.emplace_back(file.filename().string() + ".txt", session_.say.say(error.note()) + "\n");
        to = rejected;
    }
    seen_[file].stuck = true;  // should it not let itself be moved: it is not taken again and again
    const fs::path moved = free_name(file.parent_path() / to, file.filename());
    fs::create_directories(moved.parent_path());
    fs::rename(file, moved);
    session_.tell("import.inbox_moved", {{"file", file.filename().string()}, {"to", moved.string()}});
    for (const auto& [name, text] : left) {
        const fs::path mended = free_name(file.parent_path() / rejected, name);
        fs::create_directories(mended.parent_path());
        write_file(mended, text);
        session_.tell("import.inbox_left", {{"file", mended.string()}});
    }
    return status;
}

int inbox(Session& session, const InboxOptions& options) {
    const StopSignal signal;
    const pid_t parent = ::getppid();
    FileInbox box(session);
    if (!options.beside)
        session.tell("import.inbox_watched", {{"folder", (session.workspace().folder() / "inbox").string()}});
    int status = 0;
    bool away = false;
    // To see that a file no longer grows takes two looks.
    for (int looks = 0; !StopSignal::came() && !(options.beside && ::getppid() != parent); ++looks) {
        try {
            status = std::max(status, box.look());
            away = false;
        } catch (const Error& error) {
            if (options.once || error.code() != Error::unreachable) throw;
            if (!std::exchange(away, true)) session.tell(error.note());
        }
        if (options.once && looks > 0 && !box.waits()) break;
        StopSignal::rest(look_ms);
    }
    return options.once ? status : 0;
}

}  // namespace siyu
