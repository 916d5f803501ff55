// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "core/app/session.hpp"

namespace siyu {

// The folders `inbox/TENANT` of the workspace, and `inbox/agency`. A file that is put there is taken in once nobody has
// written into it for ten seconds, and moved: to `done/DAY`, or, refused, to `rejected/DAY` with a text beside it that
// says why. Rows that were set aside lie in `rejected/DAY` as a CSV to be mended and put into the inbox again. What the
// store could not take for a while stays.
class FileInbox {
  public:
    explicit FileInbox(Session& session);
    ~FileInbox();
    FileInbox(const FileInbox&) = delete;
    FileInbox& operator=(const FileInbox&) = delete;

    // Takes in what lies there and is as it was at the last look. The exit status: 1 where something was refused or set
    // aside. Does nothing while another process watches the same inbox.
    int look();
    // Files are there that may still be growing.
    bool waits() const;

  private:
    struct Seen {
        std::uintmax_t size = 0;
        std::filesystem::file_time_type time;
        bool told = false;  // that the store was away
    };

    int look(const std::string& owner);
    int take(const std::string& owner, const std::filesystem::path& file);

    Session& session_;
    std::filesystem::path folder_;
    int lock_ = -1;
    std::map<std::filesystem::path, Seen> seen_;
    std::set<std::string> told_;  // folders of no tenant, and what went wrong in those of tenants
    bool busy_ = false;           // another process has it, as was told
};

}  // namespace siyu
