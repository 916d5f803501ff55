// SPDX-License-Identifier: Apache-2.0
#include "core/worker/doubt.hpp"

#include <gtest/gtest.h>

#include "core/blueprint/blueprint_bytes.hpp"

namespace siyu {
namespace {

Day on(unsigned day) { return *day_of(2026, 10, day); }

Job report() {
    Job job;
    job.pages = {{Page::Format::html, Audience::brand, {}}, {Page::Format::json, Audience::agency, {}}};
    job.assignment.emplace();
    job.assignment->period = {Rhythm::daily, on(5), on(5)};
    return job;
}
Outcome outcome() {
    Outcome made;
    made.pages = {{Page::Format::html, Audience::brand, "<p>"}, {Page::Format::json, Audience::agency, "{}"}};
    made.formulas = Formulas{on(5), {}, {}, {}};
    return made;
}

TEST(Doubt, TakesWhatWasAskedFor) {
    Outcome made = outcome();
    EXPECT_NO_THROW(doubt(report(), made));
    EXPECT_EQ(made.pages[0].bytes, "<p>");
    EXPECT_TRUE(is_plain_cbor(write(made)));
    EXPECT_TRUE(is_plain_cbor(write(Note{"a.b", {{"c", "d"}}, {{"e.f", {}}}})));
}

TEST(Doubt, RefusesWhatIsNotOfThisJob) {
    Outcome fewer = outcome(), more = outcome(), other = outcome(), day = outcome(), json = outcome(), code = outcome();
    fewer.pages.pop_back();
    more.pages.push_back(more.pages[0]);
    other.pages[1].audience = Audience::brand;
    day.formulas->since = on(6);
    json.pages[1].bytes = "[]";
    code.fault = Outcome::Fault{static_cast<Error::Code>(0), {"worker.failed", {}}};
    for (Outcome* one : {&fewer, &more, &other, &day, &json, &code}) EXPECT_THROW(doubt(report(), *one), Error);
}

// What comes back from a sealed process is computed where everybody's facts can be read.
TEST(Doubt, RefusesABlueprintThatNoPluginCanDeclare) {
    Job job;
    job.task = Job::Task::declare;
    Blueprint declared;
    MeasureNode orders;
    orders.op = MeasureNode::Op::total;
    orders.name = "orders";
    declared.measures = {orders};
    Outcome sound, unsound, broken, nested;
    sound.blueprint = write_blueprint(declared);
    EXPECT_NO_THROW(doubt(job, sound));
    declared.measures[0].column = "nowhere";
    unsound.blueprint = write_blueprint(declared);
    broken.blueprint = sound.blueprint.substr(1);
    nested.blueprint = std::string(100'000, '\x81') + '\x80';
    for (Outcome* one : {&unsound, &broken, &nested}) EXPECT_THROW(doubt(job, *one), Error);
}

TEST(Doubt, WhatFailedHasNothingToKeep) {
    Outcome failed = outcome();
    failed.fault = Outcome::Fault{Error::refused, {"worker.failed", {}}};
    doubt(report(), failed);
    EXPECT_TRUE(failed.pages.empty());
    EXPECT_FALSE(failed.formulas);
}

TEST(Doubt, NothingSteersTheTerminal) {
    Outcome made = outcome();
    made.log = {"a\x1b[2Jb\nThe report of t was made", "\xff\xe4\xbd\xa0\xc2\x9b"};
    doubt(report(), made);
    EXPECT_EQ(made.log, (std::vector<std::string>{"a [2Jb The report of t was made", "?你  "}));
}

TEST(PlainCbor, EndsWhereItSaysAndIsFlat) {
    using namespace std::string_literals;
    for (const std::string& bytes :
         {""s, "\x81"s, "\x61"s, "\x80\x80"s, "\x9f\xff"s, "\x7f\xff"s, "\xc0\x80"s,
          "\x5b\xff\xff\xff\xff\xff\xff\xff\xff"s, "\x9b\xff\xff\xff\xff\xff\xff\xff\xff"s,
          std::string(1000, '\x81') + '\x80', "\x9a\x00\x1e\x84\x80"s + std::string(2'000'000, '\0')})
        EXPECT_FALSE(is_plain_cbor(bytes)) << bytes.size();
    for (const std::string& bytes : {"\x80"s, "\xf6"s, "\x82\x18\x64\x61x"s, "\xa1\x61k\xf5"s})
        EXPECT_TRUE(is_plain_cbor(bytes)) << bytes.size();
}

}  // namespace
}  // namespace siyu
