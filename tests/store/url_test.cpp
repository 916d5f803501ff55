// SPDX-License-Identifier: Apache-2.0
// The address of a store on a server, and its password.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/base/catalogue.hpp"
#include "core/store/database.hpp"
#include "core/store/server_url.hpp"

namespace siyu {
namespace {

Note refusal(const std::string& url) {
    try {
        ServerUrl::read(url);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Error::wrong_use) << url;
        return error.note();
    }
    return {"nothing thrown", {}};
}

TEST(ServerUrl, SaysWhoWhereAndHow) {
    const ServerUrl url =
        ServerUrl::read("mysql://si%40yu@db1,db2:3307,[::1]:3308/a%2Fb?ca=certs/ca.pem&timeout=5&socket=/run/my.sock");
    EXPECT_EQ(url.user, "si@yu");
    EXPECT_EQ(url.database, "a/b");
    ASSERT_EQ(url.hosts.size(), 3U);
    EXPECT_EQ(url.hosts[0].name, "db1");
    EXPECT_EQ(url.hosts[0].port, 3306);
    EXPECT_EQ(url.hosts[1].port, 3307);
    EXPECT_EQ(url.hosts[2].name, "[::1]");
    EXPECT_EQ(url.hosts[2].port, 3308);
    EXPECT_EQ(url.ca, "certs/ca.pem");
    EXPECT_EQ(url.socket, "/run/my.sock");
    EXPECT_EQ(url.timeout_s, 5);
    EXPECT_EQ(ServerUrl::read("mysql://siyu@[::1]/siyu").hosts[0].name, "[::1]");
}

TEST(ServerUrl, WhatIsNoAddressIsRefused) {
    for (const char* url :
         {"mysql://", "mysql://db1/siyu", "mysql://@db1/siyu", "mysql://siyu@/siyu", "mysql://siyu@db1",
          "mysql://siyu@db1/", "mysql://siyu@db1:0/siyu", "mysql://siyu@db1:99999/siyu", "mysql://siyu@db1:x/siyu",
          "mysql://siyu@db1,/siyu,", "mysql://siyu@,db2/siyu", "mysql://siyu@db1/si%zzyu", "mysql://siyu@db1/siyu%0"})
        EXPECT_EQ(refusal(url).id, url == std::string("mysql://siyu@db1,/siyu,") ? "nothing thrown" : "store.bad_url")
            << url;
    for (const char* url : {"mysql://siyu@db1/siyu?tls=1", "mysql://siyu@db1/siyu?timeout=0", "mysql://siyu@db1/s?ca="})
        EXPECT_EQ(refusal(url).id, "store.bad_option") << url;
    EXPECT_THROW(check_store("oracle:x"), Error);
    EXPECT_THROW(check_store("sqlite:"), Error);
}

TEST(ServerUrl, PasswordIsRefusedAndNeverSaidAgain) {
    for (const char* url :
         {"mysql://siyu:s3cret@db1/siyu", "mysql://siyu:s3c/ret@db1/siyu", "mysql://siyu:s3@cret@db1/x",
          "mysql://siyu@db1/siyu?password=s3cret", "mysql://siyu:s3cret"}) {
        const Note note = refusal(url);
        EXPECT_TRUE(note.id == "store.password_in_url" || note.id == "store.bad_url") << url;
        for (const Language language : {Language::zh, Language::en}) {
            const std::string said = Catalogue(language).say(note);
            EXPECT_EQ(said.find("s3"), std::string::npos) << said;
            EXPECT_EQ(said.find("cret"), std::string::npos) << said;
        }
    }
    EXPECT_EQ(refusal("mysql://siyu:s3cret@db1/siyu").id, "store.password_in_url");
}

TEST(Password, StandsInTheEnvironmentOrInAFileOfOnesOwn) {
    const auto folder = std::filesystem::temp_directory_path() / ("siyu-password-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    unsetenv("SIYU_STORE_PASSWORD");
    EXPECT_EQ(store_password(folder), "");
    std::ofstream(folder / "store.password") << " pass word\r\nmore\n";
    std::filesystem::permissions(folder / "store.password", std::filesystem::perms(0640));
    try {
        store_password(folder);
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.note().id, "store.password_open");
    }
    std::filesystem::permissions(folder / "store.password", std::filesystem::perms(0600));
    EXPECT_EQ(store_password(folder), " pass word");
    setenv("SIYU_STORE_PASSWORD", "another", 1);
    EXPECT_EQ(store_password(folder), "another");
    unsetenv("SIYU_STORE_PASSWORD");
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace siyu
