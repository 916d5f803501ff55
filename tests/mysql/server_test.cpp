// SPDX-License-Identifier: Apache-2.0
// Servers that are set up otherwise, users who may do little, certificates, restarts.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/blueprint/blueprint.hpp"
#include "core/intake/import.hpp"
#include "core/ledger/ledger.hpp"
#include "core/store/mysql.hpp"
#include "core/store/words.hpp"
#include "tests/mysql/server_fixture.hpp"
#include "tests/support/mariadb.hpp"

namespace siyu {
namespace {

namespace fs = std::filesystem;

fs::path folder(const std::string& name) {
    return fs::temp_directory_path() / ("siyu-" + name + "-" + std::to_string(getpid()));
}

// A server for the test alone, with a database `siyu`.
class OwnServer {
  public:
    explicit OwnServer(const std::vector<std::string>& settings, const std::string& name = "own")
        : server(folder(name), settings) {
        setenv("SIYU_STORE_PASSWORD", Mariadb::password, 1);
        admin()->execute("CREATE DATABASE siyu");
    }
    std::string url(const std::string& database = "siyu", const std::string& user = Mariadb::user) const {
        return "mysql://" + user + "@127.0.0.1:" + std::to_string(server.port()) + "/" + database;
    }
    std::unique_ptr<Database> admin() const { return open_mysql(ServerUrl::read(url("mysql")), Mariadb::password, {}); }
    Mariadb server;
};

std::int64_t import_joins(Database& database, const std::string& customer) {
    const auto file = folder("joins.csv");
    std::ofstream(file) << "joined_at,customer_id\n2026-01-02," << customer << "\n2026-01-03,'b\\'\n";
    const Profiles profiles;
    FactSource source(file, {Fact::joins, ""}, profiles);
    ImportOrder order;
    order.tenant = 1;
    order.file = "joins.csv";
    const ImportResult result = import_file(database, Zone("Asia/Shanghai"), source, order);
    fs::remove(file);
    return result.batch.facts.at(0).taken;
}

TEST(Server, SettingsOfTheServerDoNotMatter) {
    const OwnServer own({"sql-mode=ANSI,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH", "character-set-server=latin1",
                         "transaction-isolation=READ-COMMITTED", "autocommit=0", "default-storage-engine=Aria",
                         "default-time-zone=+09:00", "max-allowed-packet=1M", "completion-type=CHAIN",
                         "innodb-lock-wait-timeout=1", "lower-case-table-names=1"});
    const auto database = open_database(own.url(), {}, OpenFor::create);
    EXPECT_EQ(import_joins(*database, "é😀'\\"), 2);
    EXPECT_GE(Words(*database, 1).find(Space::customer, "é😀'\\"), 0);
    EXPECT_EQ(Words(*database, 1).find(Space::customer, "É😀'\\"), -1);
    EXPECT_EQ(database->check(), "");
    EXPECT_EQ(number(*open_database(own.url(), {}, OpenFor::use), "SELECT COUNT(*) FROM batch"), 1);
    // What is larger than the server takes is said and not sent.
    const std::string large(2 << 20, 'x');
    const auto put = database->prepare("REPLACE INTO ledger (tenant, series, day, data) VALUES (1, 1, 1, ?)");
    EXPECT_EQ(id_of([&] { put->with(std::string_view(large)).run(); }), "store.too_large");
    database->begin();
    put->with(std::string_view(large).substr(0, 900'000)).run();
    EXPECT_EQ(id_of([&] { put->with(std::string_view(large)).run(); }), "store.too_large");
    database->rollback();
    EXPECT_EQ(number(*database, "SELECT COUNT(*) FROM ledger WHERE series = 1 AND day = 1"), 0);
    // Rows that come in bulk are sent in pieces that it takes.
    const auto bulk = database->bulk("REPLACE INTO timeline (tenant, customer, data)", 3);
    for (std::int64_t i = 0; i < 100; ++i) bulk->add(std::int64_t{7}, i, std::string_view(large).substr(0, 100'000));
    bulk->flush();
    EXPECT_EQ(number(*database, "SELECT COUNT(*) FROM timeline WHERE tenant = 7"), 100);
}

TEST(Server, RestartBetweenTwoChangesIsNotNoticed) {
    OwnServer own({});
    const auto database = open_database(own.url(), {}, OpenFor::create);
    EXPECT_EQ(import_joins(*database, "a"), 2);
    database->begin();
    database->execute("DELETE FROM batch");
    own.server.kill();
    EXPECT_EQ(id_of([&] { database->execute("DELETE FROM word"); }), "store.lost");
    database->rollback();
    EXPECT_EQ(id_of([&] { number(*database, "SELECT 1"); }), "store.lost");
    own.server.start();
    EXPECT_EQ(number(*database, "SELECT COUNT(*) FROM batch"), 1);
    EXPECT_EQ(import_joins(*database, "c"), 2);
    EXPECT_EQ(number(*database, "SELECT COUNT(*) FROM batch"), 2);
}

// docs/stores.md
TEST(Server, FewRightsAreEnough) {
    const OwnServer own({});
    const auto admin = own.admin();
    admin->execute("CREATE USER 'daily'@'127.0.0.1' IDENTIFIED BY 'a password of the tests'");
    admin->execute("GRANT SELECT ON siyu.* TO 'daily'@'127.0.0.1'");
    EXPECT_EQ(id_of([&] { open_database(own.url("siyu", "daily"), {}, OpenFor::create); }), "store.denied");
    admin->execute("GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX ON siyu.* TO 'daily'@'127.0.0.1'");
    {
        const auto database = open_database(own.url("siyu", "daily"), {}, OpenFor::create);
        EXPECT_EQ(import_joins(*database, "a"), 2);
        EXPECT_EQ(database->check(), "");
    }
    // Between upgrades even fewer.
    admin->execute("REVOKE CREATE, ALTER, INDEX ON siyu.* FROM 'daily'@'127.0.0.1'");
    {
        const auto database = open_database(own.url("siyu", "daily"), {}, OpenFor::use);
        EXPECT_EQ(import_joins(*database, "b"), 2);
        EXPECT_EQ(database->check(), "");
    }
    admin->execute("REVOKE DELETE ON siyu.* FROM 'daily'@'127.0.0.1'");
    {
        const auto database = open_database(own.url("siyu", "daily"), {}, OpenFor::use);
        EXPECT_EQ(id_of([&] { database->check(); }), "store.denied");
        EXPECT_EQ(id_of([&] { import_joins(*database, "c"); }), "store.denied");
        EXPECT_EQ(number(*database, "SELECT COUNT(*) FROM batch"), 2);
    }
    const auto other = open_mysql(ServerUrl::read(own.url("mysql", "daily")), Mariadb::password, {});
    EXPECT_EQ(id_of([&] { number(*other, "SELECT COUNT(*) FROM mysql.user"); }), "store.denied");
}

TEST(Server, TablesWithoutTransactionsAreNoticed) {
    const OwnServer own({});
    const auto database = open_database(own.url(), {}, OpenFor::create);
    own.admin()->execute("ALTER TABLE siyu.formula ENGINE=MyISAM");
    EXPECT_EQ(id_of([&] { database->check(); }), "store.not_innodb");
}

// A certificate is for the name that the URL says, by who `ca` names; else there is no connection.
TEST(Server, CertificateIsCheckedWhereTheUrlNamesWhoSignsIt) {
    const fs::path certificates = folder("certificates");
    fs::create_directories(certificates);
    std::ofstream(certificates / "make.sh") << R"(set -e
openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=ca -days 2
openssl req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -subj /CN=other -days 2
for name in 127.0.0.1 elsewhere; do
  openssl req -newkey rsa:2048 -nodes -keyout $name.key -out $name.csr -subj /CN=$name
  openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out $name.pem -days 2
done
)";
    ASSERT_EQ(std::system(("cd " + certificates.string() + " && sh make.sh > log 2>&1").c_str()), 0);
    const auto line = [&certificates](const std::string& setting, const std::string& file) {
        return setting + "=" + (certificates / file).string();
    };
    {
        const OwnServer right({line("ssl-cert", "127.0.0.1.pem"), line("ssl-key", "127.0.0.1.key")});
        const auto database = open_database(right.url() + "?ca=ca.pem", certificates, OpenFor::create);
        EXPECT_NE(text(*database,
                       "SELECT VARIABLE_VALUE FROM information_schema.session_status WHERE variable_name = "
                       "'Ssl_cipher'"),
                  "");
        EXPECT_EQ(id_of([&] { open_database(right.url() + "?ca=other.pem", certificates, OpenFor::use); }),
                  "store.denied");
        EXPECT_EQ(id_of([&] { open_database(right.url() + "?ca=none.pem", certificates, OpenFor::use); }),
                  "store.denied");
    }
    {
        const OwnServer wrong({line("ssl-cert", "elsewhere.pem"), line("ssl-key", "elsewhere.key")}, "wrong");
        EXPECT_EQ(id_of([&] { open_database(wrong.url() + "?ca=ca.pem", certificates, OpenFor::create); }),
                  "store.denied");
    }
    {
        const OwnServer plain({"skip-ssl"}, "plain");
        EXPECT_EQ(id_of([&] { open_database(plain.url() + "?ca=ca.pem", certificates, OpenFor::create); }),
                  "store.denied");
        EXPECT_EQ(id_of([&] { open_database(plain.url(), certificates, OpenFor::create); }), "");
    }
    fs::remove_all(certificates);
}

TEST(Server, SocketOfThisMachineIsEnough) {
    const OwnServer own({});
    own.admin()->execute("CREATE USER 'here'@'localhost' IDENTIFIED BY 'a password of the tests'");
    own.admin()->execute("GRANT ALL ON siyu.* TO 'here'@'localhost'");
    const std::string url = "mysql://here@localhost/siyu?socket=" + own.server.socket().string();
    EXPECT_EQ(import_joins(*open_database(url, {}, OpenFor::create), "a"), 2);
}

}  // namespace
}  // namespace siyu
