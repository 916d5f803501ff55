// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/delivery/follow_ups.hpp"
#include "core/delivery/outbox.hpp"
#include "core/delivery/people.hpp"
#include "core/delivery/scheduler.hpp"
#include "core/jobs/leases.hpp"
#include "core/jobs/pages.hpp"
#include "reports/document_bytes.hpp"
#include "tests/support/fresh_store.hpp"

namespace siyu {

// A clock that stands until it is put on.
class SetClock : public JobClock {
  public:
    std::int64_t seconds() override { return now; }
    std::int64_t steady_milliseconds() override { return now * 1000; }
    std::int64_t now = 0;
};

// One brand in Shanghai whose reports are sent, schedulers, and a worker that makes its documents of what the test says
// that the figures are.
class Office : public testing::Test {
  protected:
    void SetUp() override {
        folder_ =
            std::filesystem::temp_directory_path() / ("siyu-office-" + std::to_string(getpid()) + "-" +
                                                      testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::create_directories(folder_);
        database_ = open_database(store_.url(), folder_, OpenFor::create);
        tenant = add("aurora", "曙光护肤");
        agree("send_daily", "09:00");
        agree("approval", "auto");
        agree("domains", "aurora.example");
        reader = enlist("wang@aurora.example", Role::brand);
        pm = enlist("pm@agency.example", Role::pm);
        at("2026-11-20 08:00");
    }
    void TearDown() override {
        database_.reset();
        std::filesystem::remove_all(folder_);
    }

    Database& database() { return *database_; }
    std::unique_ptr<Database> connection() { return open_database(store_.url(), folder_, OpenFor::use); }

    Tenant add(const std::string& id, const std::string& name) {
        Transaction transaction(*database_, agency_tenant);
        const Tenant added = Tenants(*database_).add(id, name, "standard", "Asia/Shanghai");
        transaction.commit();
        return added;
    }
    void agree(const std::string& key, const std::string& value) {
        Transaction transaction(*database_, tenant.number);
        Tenants(*database_).agree(tenant, key, earliest_day, value);
        transaction.commit();
    }
    Recipient enlist(const std::string& address, Role role, Language language = Language::zh) {
        Transaction transaction(*database_, tenant.number);
        Recipient one;
        one.address = address;
        one.name = "王芳";
        one.role = role;
        one.language = language;
        if (role == Role::pm) one.reports.clear();
        one = People(*database_, tenant.number).add(one);
        transaction.commit();
        return one;
    }
    void at(const std::string& local) { clock.now = Zone("Asia/Shanghai").parse(local)->micros / micros_per_second; }

    // The brand's data change: what its reports say from now on.
    void facts(const std::string& gmv, bool incomplete = false, bool adds_up = true) {
        Transaction transaction(*database_, tenant.number);
        transaction.commit();
        gmv_ = gmv;
        incomplete_ = incomplete;
        adds_up_ = adds_up;
    }
    // A worker makes everything that is asked for. How many reports it was.
    std::size_t work(Database& database) {
        Leases leases(database, rules, clock, "host:1:place:1");
        std::size_t made = 0;
        for (const QueuedJob& job : leases.take(JobKind::render, 100)) {
            const auto order = *ReportOrder::parse(job.key.name);
            const Basis basis = current_basis(database, job.key.tenant, "siyu");
            std::vector<StoredPage> pages;
            for (const std::string& audience : order.audiences)
                pages.push_back({audience, "document", false, document(order, audience)});
            leases.finish(job, basis, [&] { Pages(database, job.key.tenant).put(order, pages, job.fence, clock.now); });
            ++made;
        }
        return made;
    }
    std::string document(const ReportOrder& order, const std::string& audience) const {
        Document document;
        document.language = order.language == Language::zh ? "zh-CN" : "en";
        document.brand = tenant.name;
        document.title = tenant.name + " " + to_string(order.last);
        document.period = to_string(order.last);
        document.happened = "GMV " + gmv_;
        document.for_agency = audience == "agency";
        if (document.for_agency) document.audience = "代运营内部版";
        document.incomplete = incomplete_;
        document.adds_up = adds_up_;
        document.figures = {{"gmv", "GMV", gmv_}, {"churn", "流失率", "1.0%"}};
        return write_document(document);
    }

    std::unique_ptr<Scheduler> scheduler(Database& database) {
        return std::make_unique<Scheduler>(
            database, rules, delivery, clock, WorkCalendar::china(), std::vector<std::string>{"agency.example"},
            [] { return std::string("siyu"); },
            [this](const Tenant&, const std::string& about, const Note& what) {
                const std::lock_guard lock(mutex_);
                told.emplace_back(about, what.id);
                notes.push_back(what);
            },
            [](const Tenant& of, const Error& error) { ADD_FAILURE() << of.id << ": " << error.note().id; });
    }
    // Until nothing more happens.
    void settle() {
        const auto one = scheduler(*database_);
        for (int i = 0; i < 20; ++i)
            if (one->tick() + work(*database_) == 0) return;
        ADD_FAILURE() << "it goes on and on";
    }
    void settle_at(const std::string& local) {
        at(local);
        settle();
    }
    // As if every message that waits had arrived.
    void post() {
        Outbox outbox(*database_);
        for (Delivery& one : outbox.list(std::nullopt, {DeliveryState::queued})) {
            one.state = DeliveryState::sent;
            outbox.save(one);
        }
    }

    PublicationKey daily(const std::string& last, std::int64_t edition = 1) const {
        return {tenant.number, Rhythm::daily, *parse_day(last), edition};
    }
    Publication now(const PublicationKey& key) { return Publications(*database_).find(key).value_or(Publication{}); }
    std::vector<Delivery> out(const PublicationKey& key) {
        return Outbox(*database_).list(key.tenant, {}, key.about());
    }
    Document content(const PublicationKey& key) {
        const auto contents = Publications(*database_).contents(key);
        EXPECT_FALSE(contents.empty());
        return contents.empty() ? Document{} : read_document(contents[0].bytes);
    }
    Publication approve(const PublicationKey& key) {
        return change_publication(*database_, key, clock.now, [&](Publication& one) {
            one.approved_hash = one.hash;
            one.approved_by = "李";
            one.approved_at = clock.now;
            one.state = PublicationState::ready;
        });
    }
    std::size_t times_told(const std::string& beginning) const {
        return static_cast<std::size_t>(
            std::count_if(told.begin(), told.end(), [&](const auto& one) { return one.first.starts_with(beginning); }));
    }

    Tenant tenant;
    Recipient reader, pm;
    SetClock clock;
    JobRules rules;
    DeliveryRules delivery{.prepare_minutes = 180, .spread_minutes = 0};
    std::vector<std::pair<std::string, std::string>> told;
    std::vector<Note> notes;  // the same, whole

  private:
    FreshStore store_;
    std::filesystem::path folder_;
    std::unique_ptr<Database> database_;
    std::mutex mutex_;
    std::string gmv_ = "¥1,000.00";
    bool incomplete_ = false, adds_up_ = true;
};

}  // namespace siyu
