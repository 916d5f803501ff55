// SPDX-License-Identifier: Apache-2.0
#include "core/intake/export_name.hpp"

#include <gtest/gtest.h>

namespace siyu {
namespace {

TEST(ExportName, HasTheTimeAtWhichItWasWritten) {
    const auto written = [](const char* file) {
        const auto name = export_name(file);
        return name ? name->series + " " + name->written : "none";
    };
    EXPECT_EQ(written("1791430000_订单.csv"), "# 1791430000");
    EXPECT_EQ(written("ExportOrderList202611201530.csv"), "ExportOrderList#.csv 202611201530");
    EXPECT_EQ(written("orders-20261120153059-2.csv"), "orders-#-2.csv 20261120153059");
    EXPECT_EQ(written("ExportOrderList202611201530 (1).csv"), "ExportOrderList#.csv 202611201530");
    EXPECT_EQ(written("orders-20261120.csv"), "none");      // a day, not when it was written
    EXPECT_EQ(written("orders-202613201530.csv"), "none");  // no such month
    EXPECT_EQ(written("orders-1791430000_.csv"), "none");   // not in front
    EXPECT_EQ(written("9999999999_orders.csv"), "none");    // no seconds of our time
    EXPECT_EQ(written("1791430000.csv"), "none");
}

TEST(ExportName, OfOneSeriesTheLaterComesLater) {
    std::vector<std::string> files{"b20261122153000.csv", "other.csv",           "b20261120153000.csv",
                                   "1795276800_x.csv",    "b20261121153000.csv", "1795190400_y.csv"};
    order_by_writing(files, [](const std::string& file) { return file; });
    EXPECT_EQ(files, (std::vector<std::string>{"b20261120153000.csv", "other.csv", "b20261121153000.csv",
                                               "1795190400_y.csv", "b20261122153000.csv", "1795276800_x.csv"}));
}

TEST(ExportName, ACopyIsTheLaterOneOfWhatItIsACopyOf) {
    const auto ordered = [](std::vector<std::string> files) {
        order_by_writing(files, [](const std::string& file) { return file; });
        return files;
    };
    using Files = std::vector<std::string>;
    EXPECT_EQ(ordered({"orders (10).csv", "orders (9).csv", "x.csv", "orders.csv"}),
              (Files{"orders.csv", "orders (9).csv", "x.csv", "orders (10).csv"}));
    for (const char* later : {"orders(1).csv", "orders（1）.csv", "orders - 副本.csv", "orders - 副本 (2).csv",
                              "orders的副本.csv", "orders - Copy.csv", "orders copy.csv"})
        EXPECT_EQ(ordered({later, "orders.csv"}), (Files{"orders.csv", later}));
    // Of one moment, and of another.
    EXPECT_EQ(ordered({"b202611221530(1).csv", "b202611221530.csv", "b202611211530 (2).csv"}),
              (Files{"b202611211530 (2).csv", "b202611221530.csv", "b202611221530(1).csv"}));
    // No copies of it: a year, no number, another folder, nothing before it.
    for (const char* other : {"orders (2026).csv", "orders (a).csv", "orders ().csv", "x/orders (1).csv", "(1).csv"})
        EXPECT_EQ(ordered({other, "orders.csv"}), (Files{other, "orders.csv"}));
}

}  // namespace
}  // namespace siyu
