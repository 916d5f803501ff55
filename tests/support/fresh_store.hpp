// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "core/store/database.hpp"

// The tests of the store run on both stores: as they are on SQLite, with SIYU_TEST_STORE=mysql on a server that the
// test starts itself, with SIYU_TEST_STORE=mysql@FILE on the one whose port stands in the file
// (tests/support/server.cpp).
namespace siyu {

bool on_mysql();

// A store that nothing was written to yet, gone with this object.
class FreshStore {
  public:
    FreshStore();
    ~FreshStore();
    FreshStore(const FreshStore&) = delete;
    FreshStore& operator=(const FreshStore&) = delete;
    const std::string& url() const { return url_; }

  private:
    std::string url_;
};

// The URL of a database of the tests' server, and a connection to it that finds no schema there.
std::string server_url(const std::string& database);
std::unique_ptr<Database> server_connection(const std::string& database = "mysql");

}  // namespace siyu
