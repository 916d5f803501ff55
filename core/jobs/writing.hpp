// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/database.hpp"

namespace siyu {

// A transaction on jobs and what comes of them. They are not the tenant's data, so that its revision stays as it is.
class Writing {
  public:
    explicit Writing(Database& database) : database_(database) { database_.begin(); }
    ~Writing() {
        if (open_) database_.rollback();
    }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    void commit() {
        open_ = false;
        try {
            database_.commit();
        } catch (...) {
            database_.rollback();
            throw;
        }
    }

  private:
    Database& database_;
    bool open_ = true;
};

}  // namespace siyu
