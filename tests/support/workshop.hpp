// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/intake/import.hpp"
#include "core/ledger/ledger.hpp"
#include "tests/support/fresh_store.hpp"

namespace siyu {

// A store of its own in a folder of its own, gone with the test, that takes in facts as text.
class Workshop {
  public:
    explicit Workshop(const std::string& zone = "Asia/Shanghai") : zone_(zone) {
        static int number = 0;
        folder_ = std::filesystem::temp_directory_path() /
                  ("siyu-test-" + std::to_string(getpid()) + "-" + std::to_string(++number));
        std::filesystem::create_directories(folder_);
        database_ = open_database(store_.url(), folder_, OpenFor::create);
    }
    ~Workshop() {
        database_.reset();
        std::filesystem::remove_all(folder_);
    }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;

    ImportResult take(Fact fact, const std::string& csv, std::int64_t tenant = 1) {
        const auto file = folder_ / "facts.csv";
        std::ofstream(file, std::ios::binary) << csv;
        FactSource source(file, {fact, ""}, profiles_);
        ImportOrder order;
        order.tenant = tenant;
        order.file = "facts.csv";
        return import_file(*database_, zone_, source, order);
    }
    void undo(std::int64_t batch, std::int64_t tenant = 1) { undo_batch(*database_, tenant, zone_, batch); }
    Database& database() { return *database_; }
    const std::string& url() const { return store_.url(); }
    const Zone& zone() const { return zone_; }
    const std::filesystem::path& folder() const { return folder_; }
    Ledger ledger(std::int64_t tenant = 1) { return Ledger(*database_, tenant, zone_); }

  private:
    Zone zone_;
    Profiles profiles_;
    std::filesystem::path folder_;
    FreshStore store_;
    std::unique_ptr<Database> database_;
};

inline Day date(int year, unsigned month, unsigned day) { return *day_of(year, month, day); }

}  // namespace siyu
