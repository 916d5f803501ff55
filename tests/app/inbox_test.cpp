// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>

#include <functional>

#include "tests/support/program.hpp"

namespace siyu {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// The folders where PMs put files, and what becomes of these.
class Inbox : public Program {
  protected:
    std::string batches() { return in({"import", "list", "--json"}).out; }
    std::string profile(const std::string& name, const std::string& text) {
        fs::create_directories(folder_ / "w" / "profiles");
        return file("w/profiles/" + name, text);
    }
    // What lies in a file somewhere below a folder of the inbox.
    std::string text_of(const std::string& owner, const std::string& name) {
        for (const auto& entry : fs::recursive_directory_iterator(inbox(owner)))
            if (entry.path().filename() == name) return slurp(entry.path());
        return "none";
    }
    // In fen.
    long gmv() {
        const auto value = nlohmann::json::parse(figures())["kpis"]["gmv"]["value"];
        return value["num"].get<long>() / value["den"].get<long>();
    }
    // Until it is so, or far too late.
    static bool comes(const std::function<bool()>& so) {
        for (int i = 0; i < 1200 && !so(); ++i) ::usleep(50'000);
        return so();
    }
    // As if nobody had written into it for a while.
    static void age(const fs::path& file) {
        fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::minutes(1));
    }
    fs::path inbox(const std::string& inside = "") { return folder_ / "w" / "inbox" / inside; }
    void drop(const std::string& owner, const std::string& name, const std::string& text) {
        fs::create_directories(inbox(owner));
        std::ofstream(inbox(owner) / name, std::ios::binary) << text;
        age(inbox(owner) / name);
    }
    // The files below a folder of the inbox, without the days.
    std::vector<std::string> lie_in(const std::string& owner, const std::string& where) {
        std::vector<std::string> names;
        if (fs::exists(inbox(owner) / where))
            for (const auto& entry : fs::recursive_directory_iterator(inbox(owner) / where))
                if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
        std::ranges::sort(names);
        return names;
    }
};

const std::string orders = "订单号,付款时间,金额,退款金额\no1,2026-10-01 10:00,10.50,\no2,2026-10-03,20,1.25\n";

TEST_F(Inbox, TheInboxTakesWhatIsGoodAndSaysWhatIsNot) {
    drop("t", "订单.csv", orders);
    drop("t", "好坏.csv", "joined_at,customer_id\n2026-10-02,c1\nnever,c2\n");
    drop("t", "unknown.csv", "甲,乙\n1,2\n");
    drop("t", "旧.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    drop("t", "~$订单.xlsx", "x");
    drop("t", "half.csv.part", "订单号");
    drop("agency", "guides.csv", "guide_id,name,type,monthly_cost\ng1,某人,general,8000\n");
    drop("nobody", "订单.csv", orders);
    fs::create_symlink(folder_ / "w" / "siyu.toml", inbox("t") / "link.csv");
    const Ended ended = in({"inbox", "--once"});
    EXPECT_EQ(ended.status, 1) << ended.err;
    EXPECT_EQ(lie_in("t", "done"), (std::vector<std::string>{"好坏.csv", "订单.csv"}));
    EXPECT_THAT(lie_in("t", "rejected"),
                testing::UnorderedElementsAre("unknown.csv", "unknown.csv.txt", "好坏-1-待修改.txt", "旧.xls",
                                              "旧.xls.txt", "好坏-1-待修改.csv"));
    EXPECT_EQ(lie_in("agency", "done"), (std::vector<std::string>{"guides.csv"}));
    EXPECT_THAT(ended.err, HasSubstr("nobody 不是任何租户的文件夹"));
    for (const char* left : {"~$订单.xlsx", "half.csv.part", "link.csv"})
        EXPECT_TRUE(fs::exists(inbox("t") / left)) << left;
    EXPECT_TRUE(fs::exists(inbox("nobody") / "订单.csv"));
    EXPECT_THAT(text_of("t", "旧.xls.txt"), HasSubstr("另存为"));
    // By the name that it had.
    EXPECT_THAT(text_of("t", "旧.xls.txt") + ended.err, Not(HasSubstr("taking")));
    EXPECT_THAT(text_of("t", "好坏-1-待修改.txt"), HasSubstr("第 3 行 joined_at“never”"));
    std::string mended = text_of("t", "好坏-1-待修改.csv");
    EXPECT_EQ(mended, "\uFEFFjoined_at,customer_id\nnever,c2\n");
    // The same name again has a name of its own, and what was taken before is no change.
    drop("t", "订单.csv", orders);
    EXPECT_EQ(in({"inbox", "--once"}).status, 0);
    EXPECT_EQ(lie_in("t", "done"), (std::vector<std::string>{"好坏.csv", "订单 (2).csv", "订单.csv"}));
    mended.replace(mended.find("never"), 5, "2026-10-02");
    drop("t", "好坏-1-待修改.csv", mended);
    const Ended again = in({"inbox", "--once"});
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_THAT(again.err, HasSubstr("加粉：1 行，新增 1"));
}

std::string order_of(const std::string& amount) { return "订单号,付款时间,金额\no1,2026-10-01 10:00," + amount + "\n"; }

TEST_F(Inbox, ALaterDownloadOfTheSameNameCounts) {
    for (const char* later : {"orders (1).csv", "orders(2).csv", "orders - 副本.csv"}) {
        drop("t", "orders.csv", order_of("10"));
        drop("t", later, order_of("25"));
        EXPECT_EQ(in({"inbox", "--once"}).status, 0);
        EXPECT_EQ(gmv(), 2500) << later;
        const fs::path folder = folder_ / later;
        fs::create_directories(folder);
        const std::string first = file(std::string(later) + "/orders.csv", order_of("10"));
        const std::string second = file(std::string(later) + "/" + later, order_of("30"));
        EXPECT_EQ(in({"import", "--tenant", "t", folder.string()}).status, 0);
        EXPECT_EQ(gmv(), 3000) << later;
        EXPECT_EQ(in({"import", "--tenant", "t", file("back.csv", order_of("10"))}).status, 0);
        EXPECT_EQ(in({"import", "--tenant", "t", second, first}).status, 0);
        EXPECT_EQ(gmv(), 3000) << later;
    }
}

TEST_F(Inbox, AFolderIsTakenWholeOrWhatIsLeftIsTold) {
    const fs::path folder = folder_ / "exports";
    fs::create_directories(folder / "九月");
    file("exports/orders_ok.csv", orders);
    file("exports/加粉.TXT", "joined_at,customer_id\n2026-10-02,c1\n");
    file("exports/抖店订单.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    file("exports/旧.rar", "Rar!");
    for (const char* own : {".DS_Store", "~$orders.xlsx", "Thumbs.db"}) file(std::string("exports/") + own, "x");
    const Ended taken = in({"import", "--tenant", "t", folder.string()});
    EXPECT_EQ(taken.status, 1);
    for (const char* said : {"订单：2 行", "加粉：1 行", "抖店订单.xls", "另存为", "2 项：九月/, 旧.rar。"})
        EXPECT_THAT(taken.err, HasSubstr(said));
    for (const char* own : {".DS_Store", "~$", "Thumbs"}) EXPECT_THAT(taken.err, Not(HasSubstr(own)));
    // A picture is no data: it is named, and that is all.
    for (const char* one : {"抖店订单.xls", "旧.rar", "九月"}) fs::remove(folder / one);
    file("exports/截图.png", "x");
    const Ended again = in({"import", "--tenant", "t", folder.string()});
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_THAT(again.err, HasSubstr("截图.png"));
    // What the inbox keeps in its own folders is done with.
    fs::create_directories(inbox("t") / "done");
    drop("t", "orders.csv", orders);
    const Ended own = in({"import", "--tenant", "t", inbox("t").string()});
    EXPECT_EQ(own.status, 0) << own.err;
    EXPECT_THAT(own.err, Not(HasSubstr("done")));
}

TEST_F(Inbox, OfFoldersForEachTheEmptyOneKeepsNoOtherOut) {
    ASSERT_EQ(in({"tenant", "add", "a", "--name", "另一品牌"}).status, 0);
    for (const char* owner : {"each/a", "each/t", "each/.git"}) fs::create_directories(folder_ / owner);
    file("each/a/说明.pdf", "x");
    const Ended none = in({"import", "--each", (folder_ / "each").string()});
    EXPECT_EQ(none.status, 3) << none.err;
    file("each/t/orders.csv", orders);
    const Ended taken = in({"import", "--each", (folder_ / "each").string()});
    EXPECT_EQ(taken.status, 1) << taken.err;
    EXPECT_THAT(taken.err, HasSubstr("each/a 里没有可读的文件"));
    EXPECT_THAT(taken.err, HasSubstr("订单：2 行"));
}

TEST_F(Inbox, AWrongProfileKeepsOutOnlyWhatItIsAskedFor) {
    const fs::path wrong = profile("mine.toml", "draft = true\nname = [\n");
    const Ended taken = in({"import", "--tenant", "t", file("orders.csv", orders)});
    EXPECT_EQ(taken.status, 0) << taken.err;
    EXPECT_THAT(taken.err, HasSubstr("mine.toml"));
    EXPECT_THAT(in({"profile", "list"}).err, HasSubstr("mine.toml"));
    EXPECT_THAT(in({"doctor"}).out, HasSubstr("mine.toml"));
    // What it may be for stays where it is, and comes in once the profile is right.
    drop("t", "mine.csv", "号,价\n1,2\n");
    EXPECT_THAT(in({"inbox", "--once"}).err, HasSubstr("mine.toml"));
    EXPECT_TRUE(fs::exists(inbox("t") / "mine.csv"));
    EXPECT_THAT(lie_in("t", "rejected"), IsEmpty());
    fs::remove(inbox("t") / "mine.csv");
    const Ended named = in({"import", "--tenant", "t", "--profile", "mine", file("orders.csv", orders)});
    EXPECT_EQ(named.status, 3);
    EXPECT_THAT(named.err, HasSubstr("不是正确的 TOML"));
    // In the place of one that is built in it is asked for by every file.
    fs::rename(wrong, wrong.parent_path() / "tmall_order_report.toml");
    EXPECT_EQ(in({"import", "--tenant", "t", file("orders.csv", orders)}).status, 3);
    drop("t", "订单.csv", orders);
    const Ended waits = in({"inbox", "--once"});
    EXPECT_EQ(waits.status, 1);
    EXPECT_THAT(waits.err, HasSubstr("tmall_order_report.toml"));
    EXPECT_TRUE(fs::exists(inbox("t") / "订单.csv"));
    EXPECT_THAT(lie_in("t", "rejected"), IsEmpty());
    fs::remove(wrong.parent_path() / "tmall_order_report.toml");
    EXPECT_EQ(in({"inbox", "--once"}).status, 0);
    EXPECT_EQ(lie_in("t", "done"), (std::vector<std::string>{"订单.csv"}));
}

TEST_F(Inbox, WhatIsWrittenSlowlyOrByAnotherClockIsTakenWhole) {
    fs::create_directories(inbox("t") / "十月");
    std::ofstream writer(inbox("t") / "订单.csv", std::ios::binary);
    writer << order_of("10") << std::flush;
    fs::last_write_time(inbox("t") / "订单.csv", fs::file_time_type::clock::now() + std::chrono::hours(8));
    const pid_t watch = start(inside({"inbox"}));
    EXPECT_TRUE(comes([&] { return lie_in("t", "done").size() == 1; })) << slurp(folder_ / "err");
    writer << "o2,2026-10-02 10:00,7\n" << std::flush;
    writer.close();
    EXPECT_TRUE(comes([&] { return fs::exists(inbox("t") / "订单.csv"); })) << slurp(folder_ / "err");
    ::kill(watch, SIGTERM);
    ::waitpid(watch, nullptr, 0);
    const std::string said = slurp(folder_ / "err"), stranger = "十月 不会导入";
    EXPECT_EQ(said.find(stranger), said.rfind(stranger)) << said;
    EXPECT_THAT(said, HasSubstr(stranger));
    age(inbox("t") / "订单.csv");
    EXPECT_EQ(in({"inbox", "--once"}).status, 0);
    EXPECT_EQ(gmv(), 1700);
}

TEST_F(Inbox, ABrandsInboxBringsNothingOfTheAgencys) {
    drop("t", "guides.csv", "guide_id,name,type,monthly_cost\ng1,某人,general,1\n");
    drop("t", "订单.csv", orders);
    EXPECT_EQ(in({"inbox", "--once"}).status, 1);
    EXPECT_THAT(lie_in("t", "rejected"), testing::ElementsAre("guides.csv", "guides.csv.txt"));
    EXPECT_EQ(lie_in("t", "done"), (std::vector<std::string>{"订单.csv"}));
    EXPECT_THAT(batches(), Not(HasSubstr("agency")));
}

TEST_F(Inbox, WhatIsWrongInOneInboxKeepsNoOtherOut) {
    ASSERT_EQ(in({"tenant", "add", "z", "--name", "另一品牌"}).status, 0);
    fs::create_directories(inbox());
    std::ofstream(inbox() / "t") << "a file";
    drop("z", "订单.csv", orders);
    EXPECT_EQ(in({"inbox", "--once"}).status, 1);
    EXPECT_EQ(lie_in("z", "done"), (std::vector<std::string>{"订单.csv"}));
}

TEST_F(Inbox, AFileWhoseTakerDiedIsTakenAgain) {
    drop("t/taking", "订单.csv", orders);
    EXPECT_EQ(in({"inbox", "--once"}).status, 0);
    EXPECT_EQ(lie_in("t", "done"), (std::vector<std::string>{"订单.csv"}));
}

TEST_F(Inbox, AnInboxIsWatchedByOneProcessAtATime) {
    drop("t", "订单.csv", orders);
    const int lock = ::open((inbox() / ".lock").c_str(), O_RDWR | O_CREAT, 0600);
    ASSERT_EQ(::flock(lock, LOCK_EX), 0);
    EXPECT_EQ(in({"inbox", "--once"}).status, 0);
    EXPECT_THAT(lie_in("t", "done"), IsEmpty());
    ::close(lock);
    EXPECT_EQ(in({"inbox", "--once"}).status, 0);
    EXPECT_EQ(lie_in("t", "done"), (std::vector<std::string>{"订单.csv"}));
}

}  // namespace
}  // namespace siyu
