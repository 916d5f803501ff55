// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/base/period.hpp"
#include "core/blueprint/blueprint.hpp"
#include "core/jobs/queued_job.hpp"
#include "core/store/database.hpp"

// A report on its way to the brand: which edition of which period, what it says, and how far it has come. The period is
// fixed when the row is made; what was released never changes.
namespace siyu {

struct PublicationKey {
    std::int64_t tenant = 0;
    Rhythm rhythm = Rhythm::daily;
    Day last;
    std::int64_t edition = 1;

    auto operator<=>(const PublicationKey&) const = default;
    Period period() const { return period_of(rhythm, last); }
    // `daily:2026-11-20:1`
    std::string about() const;
};
// Nothing for what is no such text.
std::optional<PublicationKey> parse_about(std::int64_t tenant, std::string_view text);

enum class PublicationState {
    figures = 1,  // waits for its figures, or for facts that they need
    review,       // waits for somebody to approve it
    ready,        // waits for its time
    held,         // will not go out unless somebody does something, or what was missing comes
    asked,        // its time passed while nobody was at work; somebody has to say whether it is still wanted
    released,     // is being sent
    done,
    skipped,  // its time passed, and a later one was sent instead
    cancelled,
};
std::string_view to_string(PublicationState state);

// What is known of its content.
struct Marks {
    bool unapproved = false;  // goes out marked 未审核
    bool incomplete = false;  // goes out marked 数据未齐
    bool lacks_data = false;  // required data are missing
    bool broken = false;      // figures that do not add up

    bool operator==(const Marks&) const = default;
};

struct Publication {
    PublicationKey key;
    PublicationState state = PublicationState::figures;
    std::int64_t version = 0;
    std::int64_t due_at = 0;  // seconds since 1970 UTC
    Basis made;               // what the content was made from
    std::string hash;         // of the content; empty: there is none yet
    std::string approved_hash, approved_by;
    std::int64_t approved_at = 0;  // until it is: since when people can look at what it says
    std::string note, author;      // the PM's comment
    std::string why;               // of a later edition
    Marks marks;
    bool by_hand = false;        // somebody asked for it, at a time that is none of the schedule's
    std::optional<Note> reason;  // why it stands where it does
    std::int64_t changed_at = 0;

    bool approved() const { return !hash.empty() && approved_hash == hash; }
    void wait(PublicationState next, std::optional<Note> why_it_waits = std::nullopt) {
        state = next;
        reason = std::move(why_it_waits);
    }
    bool operator==(const Publication&) const = default;
};

// What one audience reads, in one language: write_document.
struct Content {
    Audience audience = Audience::brand;
    Language language = Language::zh;
    std::string bytes;
};
std::string hash_of(const std::vector<Content>& contents);

// Statements, each part of the caller's transaction where there is one.
class Publications {
  public:
    explicit Publications(Database& database) : database_(database) {}

    // False where there is one of that key already.
    bool add(const Publication& publication);
    // False, and nothing changed, where somebody was quicker; else the version is the next one.
    bool save(Publication& publication);
    std::optional<Publication> find(const PublicationKey& key);
    // The latest edition.
    std::optional<Publication> latest(std::int64_t tenant, Rhythm rhythm, Day last);
    // The latest later edition that went out: what is left of this one is not sent any more.
    std::optional<PublicationKey> replaced_by(const PublicationKey& key);
    // The last day of the latest period there is one for.
    std::optional<Day> latest_period(std::int64_t tenant, Rhythm rhythm);
    // The same of those that the schedule began: what somebody made by hand leaves no earlier one out.
    std::optional<Day> latest_scheduled(std::int64_t tenant, Rhythm rhythm);
    // In the order of their keys.
    std::vector<Publication> list(std::optional<std::int64_t> tenant, const std::vector<PublicationState>& states,
                                  Day since = earliest_day);

    void put(const PublicationKey& key, const std::vector<Content>& contents);
    std::vector<Content> contents(const PublicationKey& key);

  private:
    std::optional<Day> latest_day(std::int64_t tenant, Rhythm rhythm, const std::string& which);

    Database& database_;
};

// Changes a publication as people do: `change` is given it as it stands, in a transaction that compares its version,
// and may throw. Throws Error (wrong use) where there is none.
Publication change_publication(Database& database, const PublicationKey& key, std::int64_t now,
                               const std::function<void(Publication&)>& change);

}  // namespace siyu
