// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/net/stand_in.hpp"
#include "tests/support/program.hpp"

namespace siyu {

// A workspace whose brand t has facts of one day, two readers and a PM, and a mail account on a server of its own.
class Mailroom : public Program {
  protected:
    void SetUp() override {
        Program::SetUp();
        open_server({});
        done(
            {"import", "--tenant", "t", "--as", "joins",
             file("joins.csv", "joined_at,customer_id,channel\n2026-10-05 10:00,c1,天猫\n2026-10-05 11:00,c2,天猫\n")});
        done({"import", "--tenant", "t", "--as", "orders",
              file("orders.csv", "order_id,paid_at,amount,customer_id\no1,2026-10-05 12:00,100,c1\n")});
        done({"tenant", "set", "t", "domains=brand.example", "approval=auto", "--from", "2026-10-01"});
        done({"recipient", "add", "--tenant", "t", "wang@brand.example", "--name", "王芳"});
        done({"recipient", "add", "--tenant", "t", "smith@brand.example", "--name", "Smith", "--language", "en"});
        done({"recipient", "add", "--tenant", "t", "pm@agency.example", "--name", "李雷", "--role", "pm"});
    }

    // The account is with a server that fails as told from now on.
    void open_server(const std::vector<std::string>& faults, const std::string& more = "") {
        std::vector<std::string> words;
        for (const std::string& fault : faults) words.insert(words.end(), {"--fault", fault});
        server_.reset();
        server_.emplace("mail_server.py", words);
        set_account(server_->port(), more);
    }
    void set_account(int port, const std::string& more) {
        std::ofstream(folder_ / "w/siyu.toml")
            << "store = '" << store_.url() << "'\n[jobs]\npause_seconds = 0\nlongest_pause_seconds = 0\n"
            << "[delivery]\nspread_minutes = 0\n"
            << "[mail]\nfrom = 'reports@agency.example'\nfrom_name = '某代运营'\nurl = 'https://c.agency.example'\n"
            << "host = '127.0.0.1'\nport = " << port << "\nsecurity = 'none'\nper_minute = 100000\n"
            << "timeout_seconds = 2\n"
            << more;
    }
    Ended done(const std::vector<std::string>& words) {
        Ended ended = in(words);
        EXPECT_LE(ended.status, 1) << words[0] << " " << words[1] << ": " << ended.err;
        return ended;
    }
    // The daily report of the day with facts, on its way.
    void make(const std::string& tenant = "t") {
        done({"send", "make", "daily", "--tenant", tenant, "--date", "2026-10-05"});
    }

    struct Arrived {
        std::string from, to, message;
    };
    std::vector<Arrived> arrived() const {
        std::vector<Arrived> all;
        for (int i = 1; std::filesystem::exists(server_->file(std::to_string(i) + ".eml")); ++i) {
            std::istringstream envelope(slurp(server_->file(std::to_string(i) + ".envelope")));
            Arrived one;
            envelope >> one.from >> one.to;
            one.message = slurp(server_->file(std::to_string(i) + ".eml"));
            all.push_back(one);
        }
        return all;
    }
    int arrived_for(const std::string& address) const {
        int count = 0;
        for (const Arrived& one : arrived()) count += one.to == address;
        return count;
    }
    // What the outbox has of it: `"state": "…"` of each mail, by address, without notices.
    std::map<std::string, std::string> states() {
        std::map<std::string, std::string> found;
        std::istringstream lines(in({"outbox", "list", "--state", "all", "--json"}).out);
        std::string about, address;
        for (std::string line; std::getline(lines, line);) {
            const auto value = [&](const char* key) -> std::optional<std::string> {
                const std::string begin = std::string("\"") + key + "\": \"";
                const std::size_t at = line.find(begin);
                if (at == std::string::npos) return std::nullopt;
                return line.substr(at + begin.size(), line.rfind('"') - at - begin.size());
            };
            if (auto found_about = value("about")) about = *found_about;
            if (auto found_address = value("address")) address = *found_address;
            if (auto state = value("state"); state && !about.starts_with("notice:")) found[address] = *state;
        }
        return found;
    }

    std::optional<StandIn> server_;
};

}  // namespace siyu
