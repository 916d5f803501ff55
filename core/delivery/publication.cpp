// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/publication.hpp"

#include <array>
#include <charconv>

#include "core/delivery/outbox.hpp"
#include "core/jobs/writing.hpp"
#include "core/store/packed.hpp"
#include "core/store/retry.hpp"

namespace siyu {

namespace {

constexpr std::string_view columns =
    "tenant, rhythm, last_day, edition, state, version, due_at, made_revision, made_with, hash, approved_hash, "
    "approved_by, approved_at, note, author, why, marks, reason, changed_at";
constexpr std::string_view key_is = "tenant = ? AND rhythm = ? AND last_day = ? AND edition = ?";
constexpr std::array<std::string_view, 9> state_names = {"figures",  "review", "ready",   "held",     "asked",
                                                         "released", "done",   "skipped", "cancelled"};

std::int64_t number(auto value) { return static_cast<std::int64_t>(value); }

constexpr std::int64_t hand = 16;  // among the marks

std::int64_t bits(const Publication& publication) {
    const Marks& marks = publication.marks;
    return (publication.by_hand ? hand : 0) | (marks.unapproved ? 1 : 0) | (marks.incomplete ? 2 : 0) |
           (marks.lacks_data ? 4 : 0) | (marks.broken ? 8 : 0);
}

PublicationKey read_key(Statement& row) {
    return {
        row.number(0), static_cast<Rhythm>(row.number(1)), {static_cast<std::int32_t>(row.number(2))}, row.number(3)};
}

Publication read_publication(Statement& row) {
    Publication one;
    one.key = read_key(row);
    one.state = static_cast<PublicationState>(row.number(4));
    one.version = row.number(5);
    one.due_at = row.number(6);
    one.made = {row.number(7), std::string(row.bytes(8))};
    one.hash = row.bytes(9);
    one.approved_hash = row.bytes(10);
    one.approved_by = row.bytes(11);
    one.approved_at = row.number(12);
    one.note = row.bytes(13);
    one.author = row.bytes(14);
    one.why = row.bytes(15);
    const std::int64_t marks = row.number(16);
    one.marks = {(marks & 1) != 0, (marks & 2) != 0, (marks & 4) != 0, (marks & 8) != 0};
    one.by_hand = (marks & hand) != 0;
    one.reason = read_reason(row.bytes(17));
    one.changed_at = row.number(18);
    return one;
}

}  // namespace

std::string_view to_string(PublicationState state) { return state_names.at(static_cast<std::size_t>(state) - 1); }

std::string PublicationKey::about() const {
    return std::string(to_string(rhythm)) + ":" + to_string(last) + ":" + std::to_string(edition);
}

std::optional<PublicationKey> parse_about(std::int64_t tenant, std::string_view text) {
    const std::size_t first = text.find(':'), second = text.rfind(':');
    if (first == std::string_view::npos || first == second) return std::nullopt;
    const auto rhythm = parse_rhythm(text.substr(0, first));
    const auto last = parse_day(text.substr(first + 1, second - first - 1));
    PublicationKey key{tenant, rhythm.value_or(Rhythm::daily), last.value_or(Day{}), 0};
    std::from_chars(text.data() + second + 1, text.data() + text.size(), key.edition);
    return rhythm && last && key.about() == text ? std::optional(key) : std::nullopt;
}

std::string hash_of(const std::vector<Content>& contents) {
    std::string all;
    for (const Content& content : contents)
        all += std::to_string(static_cast<int>(content.audience)) + " " + std::string(to_string(content.language)) +
               " " + std::to_string(content.bytes.size()) + "\n" + content.bytes;
    return sha256(all);
}

bool Publications::add(const Publication& publication) {
    if (find(publication.key)) return false;
    const auto& [tenant, rhythm, last, edition] = publication.key;
    const std::string reason = publication.reason ? write_reason(*publication.reason) : "";
    const auto insert = database_.prepare("INSERT INTO publication (" + std::string(columns) +
                                          ") VALUES (?, ?, ?, ?, ?, 1, ?, 0, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)");
    constexpr std::string_view nothing;
    insert->with(tenant, number(rhythm), std::int64_t{last.number}, edition, number(publication.state),
                 publication.due_at, nothing, nothing, nothing, nothing, std::string_view(publication.note),
                 std::string_view(publication.author), std::string_view(publication.why), bits(publication),
                 std::string_view(reason), publication.changed_at);
    try {
        insert->run();
    } catch (const Error&) {
        if (!find(publication.key)) throw;
        return false;  // somebody else made it in between
    }
    return true;
}

bool Publications::save(Publication& publication) {
    const auto& [tenant, rhythm, last, edition] = publication.key;
    const std::string reason = publication.reason ? write_reason(*publication.reason) : "";
    const auto update = database_.prepare(
        "UPDATE publication SET state = ?, due_at = ?, made_revision = ?, made_with = ?, hash = ?, approved_hash = ?, "
        "approved_by = ?, approved_at = ?, note = ?, author = ?, why = ?, marks = ?, reason = ?, changed_at = ?, "
        "version = version + 1 WHERE " +
        std::string(key_is) + " AND version = ?");
    update->with(number(publication.state), publication.due_at, publication.made.revision,
                 std::string_view(publication.made.with), std::string_view(publication.hash),
                 std::string_view(publication.approved_hash), std::string_view(publication.approved_by),
                 publication.approved_at, std::string_view(publication.note), std::string_view(publication.author),
                 std::string_view(publication.why), bits(publication), std::string_view(reason), publication.changed_at,
                 tenant, number(rhythm), std::int64_t{last.number}, edition, publication.version);
    update->run();
    if (update->changed() != 1) return false;
    ++publication.version;
    return true;
}

std::optional<Publication> Publications::find(const PublicationKey& key) {
    const auto statement =
        database_.prepare("SELECT " + std::string(columns) + " FROM publication WHERE " + std::string(key_is));
    statement->with(key.tenant, number(key.rhythm), std::int64_t{key.last.number}, key.edition);
    std::optional<Publication> found;
    while (statement->step()) found = read_publication(*statement);
    return found;
}

std::optional<Publication> Publications::latest(std::int64_t tenant, Rhythm rhythm, Day last) {
    const auto statement =
        database_.prepare("SELECT " + std::string(columns) +
                          " FROM publication WHERE tenant = ? AND rhythm = ? AND last_day = ? ORDER BY edition");
    statement->with(tenant, number(rhythm), std::int64_t{last.number});
    std::optional<Publication> found;
    while (statement->step()) found = read_publication(*statement);
    return found;
}

std::optional<PublicationKey> Publications::replaced_by(const PublicationKey& key) {
    std::optional<PublicationKey> found;
    for (const Publication& one : list(key.tenant, {PublicationState::released, PublicationState::done}, key.last))
        if (one.key.rhythm == key.rhythm && one.key.last == key.last && one.key.edition > key.edition) found = one.key;
    return found;
}

std::optional<Day> Publications::latest_period(std::int64_t tenant, Rhythm rhythm) {
    return latest_day(tenant, rhythm, "");
}

std::optional<Day> Publications::latest_scheduled(std::int64_t tenant, Rhythm rhythm) {
    return latest_day(tenant, rhythm, " AND (marks & " + std::to_string(hand) + ") = 0");
}

std::optional<Day> Publications::latest_day(std::int64_t tenant, Rhythm rhythm, const std::string& which) {
    const auto statement = database_.prepare("SELECT last_day FROM publication WHERE tenant = ? AND rhythm = ?" +
                                             std::string(which) + " ORDER BY last_day DESC LIMIT 1");
    statement->with(tenant, number(rhythm));
    std::optional<Day> found;
    while (statement->step()) found = Day{static_cast<std::int32_t>(statement->number(0))};
    return found;
}

std::vector<Publication> Publications::list(std::optional<std::int64_t> tenant,
                                            const std::vector<PublicationState>& states, Day since) {
    std::string sql = "SELECT " + std::string(columns) + " FROM publication WHERE last_day >= ?";
    if (tenant) sql += " AND tenant = ?";
    for (std::size_t i = 0; i < states.size(); ++i)
        sql += (i == 0 ? " AND state IN (" : ", ") + std::to_string(number(states[i]));
    if (!states.empty()) sql += ")";
    const auto statement = database_.prepare(sql + " ORDER BY tenant, rhythm, last_day, edition");
    statement->bind(0, std::int64_t{since.number});
    if (tenant) statement->bind(1, *tenant);
    std::vector<Publication> found;
    while (statement->step()) found.push_back(read_publication(*statement));
    return found;
}

void Publications::put(const PublicationKey& key, const std::vector<Content>& contents) {
    const auto remove = database_.prepare("DELETE FROM content WHERE " + std::string(key_is));
    remove->with(key.tenant, number(key.rhythm), std::int64_t{key.last.number}, key.edition).run();
    const auto insert = database_.prepare(
        "INSERT INTO content (tenant, rhythm, last_day, edition, audience, language, size, crc, data) VALUES (?, ?, "
        "?, ?, ?, ?, ?, ?, ?)");
    for (const Content& content : contents) {
        const Packed packed(content.bytes);
        insert
            ->with(key.tenant, number(key.rhythm), std::int64_t{key.last.number}, key.edition,
                   std::string_view(content.audience == Audience::brand ? "brand" : "agency"), number(content.language),
                   packed.size, packed.crc, std::string_view(packed.data))
            .run();
    }
}

std::vector<Content> Publications::contents(const PublicationKey& key) {
    const auto statement = database_.prepare("SELECT audience, language, size, crc, data FROM content WHERE " +
                                             std::string(key_is) + " ORDER BY audience DESC, language");
    statement->with(key.tenant, number(key.rhythm), std::int64_t{key.last.number}, key.edition);
    std::vector<Content> found;
    while (statement->step())
        found.push_back({statement->bytes(0) == "brand" ? Audience::brand : Audience::agency,
                         static_cast<Language>(statement->number(1)), unpacked(*statement, 2)});
    return found;
}

Publication change_publication(Database& database, const PublicationKey& key, std::int64_t now,
                               const std::function<void(Publication&)>& change) {
    return retrying([&] {
        Publications publications(database);
        Writing writing(database);
        auto found = publications.find(key);
        if (!found) throw Error(Error::wrong_use, "delivery.no_publication", {{"report", key.about()}});
        change(*found);
        found->changed_at = now;
        if (!publications.save(*found)) throw Error(Error::unreachable, "store.conflict", {{"words", key.about()}});
        writing.commit();
        return *found;
    });
}

}  // namespace siyu
