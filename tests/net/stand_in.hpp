// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/slurp.hpp"

namespace siyu {

// A folder for one test, gone with it.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

// Certificates of an authority of the tests: for localhost and 127.0.0.1, for another host, and one that has expired.
// Made once, gone with the program.
class Certificates {
  public:
    static const Certificates& get();
    std::string authority() const { return file("authority.pem"); }
    std::string key() const { return file("key.pem"); }
    std::string good() const { return file("good.pem"); }
    std::string other_host() const { return file("other.pem"); }
    std::string expired() const { return file("expired.pem"); }

  private:
    Certificates();
    std::string file(const char* name) const { return (folder_.path() / name).string(); }

    Folder folder_;
};

// One of the servers of this folder, written in Python. It ends with this object, and with the tests at the latest.
class StandIn {
  public:
    StandIn(const std::string& script, std::vector<std::string> words);
    ~StandIn();
    StandIn(const StandIn&) = delete;
    StandIn& operator=(const StandIn&) = delete;

    int port() const { return port_; }
    std::filesystem::path file(const std::string& name) const { return folder_.path() / name; }
    // How often the server passed that point.
    int passed(const std::string& point) const;

  private:
    Folder folder_;
    pid_t process_ = 0;
    int input_ = -1, port_ = 0;
};

}  // namespace siyu
