// SPDX-License-Identifier: Apache-2.0
#include "core/app/inbox.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "core/app/batch_name.hpp"
#include "core/app/commands.hpp"
#include "core/app/import_result.hpp"
#include "core/app/stop_signal.hpp"
#include "core/intake/export_name.hpp"
#include "core/intake/parcel.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;

constexpr int look_ms = 2000;
// Who writes a file pauses no longer than this.
constexpr std::chrono::seconds rest{10};
// Or no longer than this, at the worst.
constexpr std::chrono::minutes long_rest{10};
constexpr std::size_t longest_stem = 120;  // bytes: what is added to a name leaves it short enough for a file system

// What a spreadsheet, a browser or a copy over the network still writes into.
bool is_unfinished(const fs::path& file) {
    constexpr std::array<std::string_view, 5> endings{".part", ".tmp", ".crdownload", ".download", ".filepart"};
    const std::string name = file.filename().string(), ending = folded(file.extension().string());
    return name.starts_with('.') || name.starts_with("~$") || std::ranges::find(endings, ending) != endings.end();
}

// A name that nothing has yet: `orders (2).csv`.
fs::path free_name(const fs::path& folder, const fs::path& name) {
    fs::path free = folder / name;
    for (int n = 2; fs::exists(free); ++n)
        free = folder / (name.stem().string() + " (" + std::to_string(n) + ")" + name.extension().string());
    return free;
}

// What is wrong there is no fault of the file that was to be taken in.
bool is_of_the_workspace(const Note& note) {
    constexpr std::array<std::string_view, 3> rooms{"intake.profile.", "plugin.", "worker."};
    return std::ranges::any_of(rooms, [&](std::string_view room) { return note.id.starts_with(room); });
}

// The file under the name that whoever put it there knows.
Note as_named(Note note, const fs::path& taken) {
    const std::string from = taken.string(), to = taken.filename().string();
    for (auto& [key, value] : note.with)
        if (const std::size_t at = value.find(from); at != std::string::npos) value.replace(at, from.size(), to);
    for (Note& part : note.parts) part = as_named(std::move(part), taken);
    return note;
}

// The rows that were set aside, as they stood, under their header. Without the mark in front a spreadsheet on a Chinese
// Windows takes them for GBK.
std::string set_aside(Database& database, const Parcel& parcel) {
    std::string text = "\uFEFF" + parcel.result->batch.header + "\n";
    for (const RejectedRow& row : Batches(database, parcel.order.tenant).rejects(parcel.result->batch.number))
        if (!row.record.empty()) text += row.record + "\n";
    return text;
}

}  // namespace

FileInbox::FileInbox(Session& session, bool at_once)
    : session_(session), at_once_(at_once), folder_(session.workspace().folder() / "inbox") {
    fs::create_directories(folder_);
    lock_ = ::open((folder_ / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0)
        throw Error(Error::unreachable, "import.unreadable_folder",
                    {{"folder", folder_.string()}, {"words", std::generic_category().message(errno)}});
}

FileInbox::~FileInbox() { ::close(lock_); }

bool FileInbox::waits() const {
    return std::ranges::any_of(seen_, [](const auto& one) { return !one.second.told; });
}

int FileInbox::look() {
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        if (!std::exchange(busy_, true)) session_.tell("import.inbox_busy", {{"folder", folder_.string()}});
        return 0;
    }
    busy_ = false;
    const std::shared_ptr<void> unlocked(nullptr, [this](void*) { ::flock(lock_, LOCK_UN); });
    std::set<std::string> owners{agency_name};
    for (const Tenant& tenant : Tenants(session_.database()).list()) owners.insert(tenant.id);
    int status = 0;
    for (const std::string& owner : owners) try {
            status = std::max(status, look(owner));
        } catch (const fs::filesystem_error& error) {
            // What is wrong in one brand's folder keeps no other brand out.
            status = 1;
            tell_once({"import.inbox_failed", {{"folder", error.path1().string()}, {"words", error.code().message()}}});
        }
    for (const auto& entry : fs::directory_iterator(folder_)) {
        const std::string name = entry.path().filename().string();
        if (entry.is_directory() && !owners.contains(name))
            tell_once({"import.inbox_stranger", {{"folder", entry.path().string()}}});
    }
    bring_back_what_grew();
    std::erase_if(seen_, [](const auto& one) { return !fs::exists(one.first); });
    return status;
}

std::optional<FileInbox::Seen> FileInbox::see(const fs::path& file) {
    std::error_code gone;
    const auto size = fs::file_size(file, gone);
    if (gone) return std::nullopt;
    const auto time = fs::last_write_time(file, gone);
    if (gone) return std::nullopt;
    return Seen{size, time, Clock::now()};
}

void FileInbox::tell_once(const Note& note) {
    if (told_.insert(session_.say.say(note)).second) session_.tell(note);
}

int FileInbox::look(const std::string& owner) {
    const fs::path folder = folder_ / owner;
    fs::create_directories(folder / inbox_taking);
    // Whoever took these did not get to the end.
    for (const auto& entry : fs::directory_iterator(folder / inbox_taking))
        fs::rename(entry.path(), free_name(folder, entry.path().filename()));
    std::vector<fs::path> ready;
    const auto now = fs::file_time_type::clock::now();
    for (const auto& entry : fs::directory_iterator(folder)) {
        const fs::path& path = entry.path();
        const std::string name = path.filename().string();
        if (is_unfinished(path) || std::ranges::find(inbox_folders, name) != inbox_folders.end()) continue;
        std::error_code gone;
        // A link may lead to anything, another brand's file too.
        if (const auto type = entry.symlink_status(gone).type(); type != fs::file_type::regular) {
            if (type != fs::file_type::not_found) tell_once({"import.inbox_no_file", {{"file", path.string()}}});
            continue;
        }
        const auto as_now = see(path);
        if (!as_now) continue;
        Seen& before = seen_[path];
        if (!before.same_as(*as_now))
            before = *as_now;
        else if (as_now->since - before.since >= rest || (at_once_ && now - as_now->time >= rest))
            ready.push_back(path);
    }
    std::ranges::sort(ready);
    order_by_writing(ready, [](const fs::path& file) { return file.string(); });
    int status = 0;
    for (const fs::path& file : ready)
        if (!StopSignal::came()) status = std::max(status, take(owner, file));
    return status;
}

int FileInbox::take(const std::string& owner, const fs::path& file) {
    const fs::path folder = file.parent_path(), day = to_string(Zone(agency_zone).today());
    const fs::path rejected = folder / inbox_rejected / day;
    fs::path to = folder / inbox_done / day;
    for (const fs::path& needed : {rejected, to}) fs::create_directories(needed);
    // Out of the way first: what comes under its name meanwhile is another file.
    const fs::path taken = folder / inbox_taking / file.filename();
    const Seen seen = seen_[file];
    fs::rename(file, taken);
    ImportOptions options;
    options.from_inbox = true;
    if (owner != agency_name) options.tenant = owner;
    options.files = {taken.string()};
    std::vector<std::pair<std::string, std::string>> left;  // name, text: for the person who mends it
    const std::string stem = shortened(file.stem().string(), longest_stem);
    const auto keep = [&](const Parcel& parcel) {
        if (parcel.refused || parcel.result->batch.rejected == 0) return;
        const std::string name =
            stem + "-" + std::to_string(parcel.result->batch.number) + session_.say("import.inbox_rows_to_mend");
        if (parcel.source->mends_by_rows()) left.emplace_back(name + ".csv", set_aside(session_.database(), parcel));
        std::string why;
        for (const Note& note : result_notes(parcel, session_.say)) why += session_.say.say(note) + "\n";
        left.emplace_back(name + ".txt", why);
    };
    int status = 1;
    try {
        status =
            import_files(session_, options, {.parcel = keep, .warning = [this](const Note& note) { tell_once(note); }});
    } catch (const Error& error) {
        const Note why = as_named(error.note(), taken);
        // What could not be reached may be there at the next look; that is told once.
        const bool stays = error.code() == Error::unreachable || is_of_the_workspace(why);
        if (!stays || !std::exchange(seen_[file].told, true)) session_.tell(why);
        if (stays) {
            fs::rename(taken, free_name(folder, file.filename()));
            return 1;
        }
        left.emplace_back(
            stem + file.extension().string() + ".txt",
            session_.say.say(why) + "\n" +
                session_.say("import.inbox_or_by_hand", {{"owner", owner}, {"file", file.filename().string()}}) + "\n");
        to = rejected;
    }
    for (const auto& [name, text] : left) {
        const fs::path mended = free_name(rejected, name);
        write_file(mended, text);
        session_.tell("import.inbox_left", {{"file", mended.string()}});
    }
    const fs::path moved = free_name(to, file.filename());
    fs::rename(taken, moved);
    session_.tell("import.inbox_moved", {{"file", file.filename().string()}, {"to", moved.string()}});
    moved_.push_back({file, moved, {seen.size, seen.time, Clock::now()}});
    return status;
}

// Whoever writes slowly goes on in the file that was moved. Taken in again, it changes nothing but what is new.
void FileInbox::bring_back_what_grew() {
    std::erase_if(moved_, [this](const Moved& one) {
        const auto now = see(one.to);
        if (!now) return true;
        // A scanner or a copying program sets the time alone.
        if (now->size == one.seen.size) return now->since - one.seen.since > long_rest;
        const fs::path back = free_name(one.from.parent_path(), one.from.filename());
        std::error_code gone;
        fs::rename(one.to, back, gone);
        if (gone) return true;
        seen_[back] = {};
        session_.tell("import.inbox_grew", {{"file", one.to.string()}, {"to", back.string()}});
        return true;
    });
}

int inbox(Session& session, const InboxOptions& options) {
    const StopSignal signal;
    const pid_t parent = ::getppid();
    FileInbox box(session, options.once);
    if (!options.beside && !options.once)
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
