// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/follow_ups.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.hpp"

namespace siyu {

namespace {

std::int64_t next_number(const auto& kept) {
    std::int64_t number = 0;
    for (const auto& one : kept) number = std::max(number, one.number);
    return number + 1;
}

// Any text that people write, without what is no UTF-8 and without control characters that no page can show, and no
// longer than a letter.
std::string trimmed(std::string text) {
    using Json = nlohmann::json;
    text = Json::parse(Json(text).dump(-1, ' ', false, Json::error_handler_t::ignore)).get<std::string>();
    std::erase_if(text, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || static_cast<unsigned char>(c) == 0x7f;
    });
    if (text.size() > 4000) {
        text.resize(4000);
        while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80) text.pop_back();
        if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xc0) text.pop_back();
    }
    return text;
}

}  // namespace

Day FollowUps::day_of(std::int64_t seconds) { return Day{static_cast<std::int32_t>((seconds + 8 * 3600) / 86'400)}; }

std::vector<KeptStep> FollowUps::steps() {
    const auto statement =
        database_.prepare("SELECT step, what, owner, due, done FROM step WHERE tenant = ? ORDER BY step");
    statement->with(tenant_);
    std::vector<KeptStep> found;
    while (statement->step()) {
        KeptStep one{statement->number(0),
                     {std::string(statement->bytes(1)),
                      std::string(statement->bytes(2)),
                      {static_cast<std::int32_t>(statement->number(3))},
                      std::nullopt}};
        if (const auto done = statement->number(4); done > 0) one.step.done = Day{static_cast<std::int32_t>(done)};
        found.push_back(std::move(one));
    }
    return found;
}

KeptStep FollowUps::step(std::int64_t number) {
    for (KeptStep& one : steps())
        if (one.number == number) return one;
    throw Error(Error::wrong_use, "delivery.unknown_step", {{"number", std::to_string(number)}});
}

KeptStep FollowUps::add(NextStep step, std::int64_t now) {
    KeptStep kept{next_number(steps()), std::move(step)};
    kept.step.what = trimmed(std::move(kept.step.what));
    kept.step.owner = trimmed(std::move(kept.step.owner));
    database_.prepare("INSERT INTO step (tenant, step, what, owner, due, done, made_at) VALUES (?, ?, ?, ?, ?, 0, ?)")
        ->with(tenant_, kept.number, std::string_view(kept.step.what), std::string_view(kept.step.owner),
               std::int64_t{kept.step.due.number}, now)
        .run();
    return kept;
}

void FollowUps::save(const KeptStep& kept) {
    database_.prepare("UPDATE step SET what = ?, owner = ?, due = ?, done = ? WHERE tenant = ? AND step = ?")
        ->with(std::string_view(kept.step.what), std::string_view(kept.step.owner), std::int64_t{kept.step.due.number},
               std::int64_t{kept.step.done ? kept.step.done->number : 0}, tenant_, kept.number)
        .run();
}

std::vector<KeptObjection> FollowUps::objections() {
    const auto statement = database_.prepare(
        "SELECT objection, rhythm, last_day, edition, recipient, figure, title, said, answer, said_at, settled_at FROM "
        "objection WHERE tenant = ? ORDER BY objection");
    statement->with(tenant_);
    std::vector<KeptObjection> found;
    while (statement->step())
        found.push_back({statement->number(0),
                         {tenant_,
                          static_cast<Rhythm>(statement->number(1)),
                          {static_cast<std::int32_t>(statement->number(2))},
                          statement->number(3)},
                         statement->number(4),
                         std::string(statement->bytes(5)),
                         std::string(statement->bytes(6)),
                         std::string(statement->bytes(7)),
                         std::string(statement->bytes(8)),
                         statement->number(9),
                         statement->number(10)});
    return found;
}

KeptObjection FollowUps::objection(std::int64_t number) {
    for (KeptObjection& one : objections())
        if (one.number == number) return one;
    throw Error(Error::wrong_use, "delivery.unknown_objection", {{"number", std::to_string(number)}});
}

KeptObjection FollowUps::add(KeptObjection kept) {
    kept.number = next_number(objections());
    kept.said = trimmed(std::move(kept.said));
    database_
        .prepare(
            "INSERT INTO objection (tenant, objection, rhythm, last_day, edition, recipient, figure, title, said, "
            "answer, said_at, settled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        ->with(tenant_, kept.number, static_cast<std::int64_t>(kept.about.rhythm), std::int64_t{kept.about.last.number},
               kept.about.edition, kept.recipient, std::string_view(kept.figure), std::string_view(kept.title),
               std::string_view(kept.said), std::string_view(kept.answer), kept.said_at, kept.settled_at)
        .run();
    return kept;
}

void FollowUps::save(const KeptObjection& kept) {
    const std::string answer = trimmed(kept.answer);
    database_.prepare("UPDATE objection SET answer = ?, settled_at = ? WHERE tenant = ? AND objection = ?")
        ->with(std::string_view(answer), kept.settled_at, tenant_, kept.number)
        .run();
}

std::vector<NextStep> FollowUps::steps_for(const Period& period) {
    std::vector<NextStep> told;
    for (const KeptStep& kept : steps())
        if (!kept.step.done || *kept.step.done >= period.first) told.push_back(kept.step);
    return told;
}

std::vector<KeptObjection> FollowUps::objections_for(const Period& period) {
    std::vector<KeptObjection> told = objections();
    std::erase_if(told, [&](const KeptObjection& kept) {
        const bool of_later = kept.about.last >= period.last;
        const bool over = kept.settled_at > 0 && day_of(kept.settled_at) < period.first;
        return kept.figure.empty() || of_later || over;
    });
    return told;
}

std::vector<KeptObjection> FollowUps::confirmations_for(const Period& period) {
    std::vector<KeptObjection> told = objections();
    std::erase_if(told, [&](const KeptObjection& kept) {
        const bool of_earlier = kept.about.rhythm == period.rhythm && kept.about.last < period.last;
        return !kept.figure.empty() || !of_earlier || !period.holds(day_of(kept.said_at));
    });
    return told;
}

bool FollowUps::is_used(std::string_view link) {
    const auto statement = database_.prepare("SELECT 1 FROM used_link WHERE tenant = ? AND link = ?");
    statement->with(tenant_, link);
    bool used = false;
    while (statement->step()) used = true;
    return used;
}

bool FollowUps::use(std::string_view link, std::int64_t now) {
    if (is_used(link)) return false;
    database_.prepare("INSERT INTO used_link (tenant, link, used_at) VALUES (?, ?, ?)")->with(tenant_, link, now).run();
    return true;
}

}  // namespace siyu
