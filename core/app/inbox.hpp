// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/session.hpp"

namespace siyu {

// In a tenant's folder of the inbox: where a file is while it is taken in, and where it comes then.
inline constexpr std::string_view inbox_taking = "taking", inbox_done = "done", inbox_rejected = "rejected";
inline constexpr std::array<std::string_view, 3> inbox_folders{inbox_taking, inbox_done, inbox_rejected};

// The folders `inbox/TENANT` of the workspace, and `inbox/agency`. A file that is put there is taken in once nobody has
// written into it for ten seconds, and moved: to `done/DAY`, or, refused, to `rejected/DAY` with a text beside it that
// says why. Rows that were set aside lie in `rejected/DAY` as a CSV to be mended and put into the inbox again. What the
// store could not take for a while stays, and so does all where the workspace itself is wrong. A file that goes on
// growing after all comes back.
class FileInbox {
  public:
    // `at_once`: a file that by its own time has not changed for ten seconds is not waited for.
    FileInbox(Session& session, bool at_once);
    ~FileInbox();
    FileInbox(const FileInbox&) = delete;
    FileInbox& operator=(const FileInbox&) = delete;

    // Takes in what lies there and is as it was at the last look. The exit status: 1 where something was refused or set
    // aside. Does nothing while another process watches the same inbox.
    int look();
    // Files are there that may still be growing.
    bool waits() const;

  private:
    using Clock = std::chrono::steady_clock;
    struct Seen {
        std::uintmax_t size = 0;
        std::filesystem::file_time_type time = {};  // by the clock of whoever wrote it
        Clock::time_point since = {};               // by ours
        bool told = false;                          // why it stays

        bool same_as(const Seen& other) const { return size == other.size && time == other.time; }
    };
    struct Moved {
        std::filesystem::path from, to;
        Seen seen;  // when it was taken in
    };

    // As the file is now; nothing where it is gone.
    static std::optional<Seen> see(const std::filesystem::path& file);
    int look(const std::string& owner);
    int take(const std::string& owner, const std::filesystem::path& file);
    void bring_back_what_grew();
    void tell_once(const Note& note);

    Session& session_;
    bool at_once_;
    std::filesystem::path folder_;
    int lock_ = -1;
    std::map<std::filesystem::path, Seen> seen_;
    std::vector<Moved> moved_;    // lately
    std::set<std::string> told_;  // what lies wrong, and what went wrong
    bool busy_ = false;           // another process has it, as was told
};

}  // namespace siyu
