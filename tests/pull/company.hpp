// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/ledger/ledger.hpp"
#include "tenants/tenants.hpp"
#include "tests/net/stand_in.hpp"
#include "tests/support/program.hpp"

namespace siyu {

// A workspace whose brand t has the guides zhang and li, and a company in WeCom on a server of its own.
class Company : public Program {
  protected:
    static constexpr const char* secret = "the-secret/1";

    void SetUp() override {
        for (const char* name : {"SIYU_WECOM_SECRET", "SIYU_WECOM_SECRET_T"}) unsetenv(name);
        Program::SetUp();
        allocate("zhang,t,1,,\nli,t,0.5,,\n");
        say_secret("wecom_secret = '" + std::string(secret) + "'\n");
        open();
    }
    void TearDown() override {
        expect_no_secret(Ended{});
        Program::TearDown();
    }

    // The company answers as told from now on.
    void open(const std::vector<std::string>& words = {}, const std::string& more = "") {
        server_.reset();
        server_.emplace("../pull/wecom_server.py", words);
        settle("http://127.0.0.1:" + std::to_string(server_->port()), more);
    }
    void open_to_fail(const std::vector<std::string>& actions) {
        std::vector<std::string> words;
        for (const std::string& action : actions) words.insert(words.end(), {"--do", action});
        open(words);
    }
    void settle(const std::string& url, const std::string& more = "") {
        std::ofstream(folder_ / "w/siyu.toml") << "store = '" << store_.url() << "'\n[wecom]\nurl = '" << url
                                               << "'\ncorp_id = 'ww-tests'\ntimeout_seconds = 1\npause_seconds = 0\n"
                                               << more;
    }
    void tell(const std::string& name, const std::string& text) const { std::ofstream(server_->file(name)) << text; }
    void say_secret(const std::string& text) const {
        const auto path = folder_ / "w/secrets.toml";
        std::ofstream(path) << text;
        std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    void allocate(const std::string& rows) {
        ASSERT_EQ(in({"import", file("allocations.csv", "guide_id,tenant,share,from,to\n" + rows)}).status, 0);
    }

    Ended pull(std::vector<std::string> words = {}) {
        words.insert(words.begin(), {"pull", "wecom", "--tenant", "t"});
        Ended ended = in(words);
        expect_no_secret(ended);
        return ended;
    }
    // Neither secret nor token is anywhere but in secrets.toml.
    void expect_no_secret(const Ended& ended) const {
        std::vector<std::pair<std::string, std::string>> places{{"stdout", ended.out}, {"stderr", ended.err}};
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_))
            if (entry.is_regular_file() && entry.path().filename() != "secrets.toml")
                places.emplace_back(entry.path().string(), slurp(entry.path()));
        for (const auto& [place, text] : places)
            for (const char* hidden : {secret, "the-secret%2F1", "the-token"})
                EXPECT_EQ(text.find(hidden), std::string::npos) << hidden << " stands in " << place;
    }

    // What the store has.
    std::int64_t total(Fact fact, const char* column, const std::string& first, const std::string& last) const {
        const auto database = open_database(store_.url(), folder_ / "w", OpenFor::use);
        Ledger ledger(*database, Tenants(*database).find("t").number, Zone("Asia/Shanghai"));
        std::int64_t sum = 0;
        const std::size_t place = kind_of(fact).place(column);
        ledger.each(fact, *parse_day(first), *parse_day(last), {},
                    [&](std::span<const std::int64_t> row) { sum += row[place] == absent ? 0 : row[place]; });
        return sum;
    }
    std::int64_t rows(Fact fact) const {
        const auto database = open_database(store_.url(), folder_ / "w", OpenFor::use);
        Ledger ledger(*database, Tenants(*database).find("t").number, Zone("Asia/Shanghai"));
        std::int64_t count = 0;
        ledger.each(fact, earliest_day, latest_day, {}, [&](std::span<const std::int64_t>) { ++count; });
        return count;
    }
    nlohmann::json batches() { return nlohmann::json::parse(in({"import", "list", "--tenant", "t", "--json"}).out); }
    // What the company was asked, without the signing in.
    std::vector<std::string> questions() const {
        std::istringstream log(slurp(server_->file("log")));
        std::vector<std::string> found;
        for (std::string line; std::getline(log, line);)
            if (line != "gettoken") found.push_back(line);
        return found;
    }

    std::optional<StandIn> server_;
};

}  // namespace siyu
