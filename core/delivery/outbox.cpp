// SPDX-License-Identifier: Apache-2.0
#include "core/delivery/outbox.hpp"

#include <Poco/DigestEngine.h>
#include <Poco/SHA2Engine.h>

#include <array>
#include <charconv>

#include "core/store/packed.hpp"

namespace siyu {

namespace {

constexpr std::array<std::string_view, 7> state_names = {"queued", "handing", "sent",     "failed",
                                                         "unsure", "refused", "cancelled"};
constexpr std::string_view columns =
    "tenant, about, recipient, state, address, message_id, subject, hash, asked_at, ended_at, code, words";
constexpr std::string_view key_is = "tenant = ? AND about = ? AND recipient = ?";
constexpr std::string_view to_mail = "mail:";

std::int64_t number(DeliveryState state) { return static_cast<std::int64_t>(state); }

Delivery read_delivery(Statement& row) {
    return {{row.number(0), std::string(row.bytes(1)), row.number(2)},
            static_cast<DeliveryState>(row.number(3)),
            std::string(row.bytes(4)),
            std::string(row.bytes(5)),
            std::string(row.bytes(6)),
            std::string(row.bytes(7)),
            row.number(8),
            row.number(9),
            static_cast<int>(row.number(10)),
            std::string(row.bytes(11))};
}

}  // namespace

std::string_view to_string(DeliveryState state) { return state_names.at(static_cast<std::size_t>(state) - 1); }

std::optional<DeliveryState> parse_delivery_state(std::string_view text) {
    for (std::size_t i = 0; i < state_names.size(); ++i)
        if (state_names[i] == text) return static_cast<DeliveryState>(i + 1);
    return std::nullopt;
}

std::string sha256(std::string_view bytes) {
    Poco::SHA2Engine hash;
    hash.update(bytes.data(), bytes.size());
    return Poco::DigestEngine::digestToHex(hash.digest());
}

JobKey job_of(const DeliveryKey& key) {
    return {key.tenant, JobKind::deliver, std::string(to_mail) + key.about + ":" + std::to_string(key.recipient)};
}

std::optional<DeliveryKey> delivery_of(const JobKey& job) {
    std::string_view name = job.name;
    if (job.kind != JobKind::deliver || !name.starts_with(to_mail)) return std::nullopt;
    name.remove_prefix(to_mail.size());
    const std::size_t colon = name.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    DeliveryKey key{job.tenant, std::string(name.substr(0, colon)), 0};
    std::from_chars(name.data() + colon + 1, name.data() + name.size(), key.recipient);
    return key;
}

std::string name_of(const std::string& tenant_id, const DeliveryKey& key) {
    return tenant_id + ":" + key.about + ":" + std::to_string(key.recipient);
}

Note replaced(const std::string& tenant_id, DeliveryKey key, const std::string& newer) {
    key.about = newer;
    return {"delivery.replaced", {{"newer", name_of(tenant_id, key)}}};
}

void Outbox::add(const Delivery& delivery, std::string_view message) {
    if (find(delivery.key)) return;
    const Packed packed(message);
    const auto insert = database_.prepare("INSERT INTO delivery (" + std::string(columns) +
                                          ", size, crc, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert
        ->with(delivery.key.tenant, std::string_view(delivery.key.about), delivery.key.recipient,
               number(delivery.state), std::string_view(delivery.address), std::string_view(delivery.message_id),
               std::string_view(delivery.subject), std::string_view(delivery.hash), delivery.asked_at,
               delivery.ended_at, std::int64_t{delivery.code}, std::string_view(delivery.words), packed.size,
               packed.crc, std::string_view(packed.data))
        .run();
}

std::optional<Delivery> Outbox::find(const DeliveryKey& key) {
    const auto statement =
        database_.prepare("SELECT " + std::string(columns) + " FROM delivery WHERE " + std::string(key_is));
    statement->with(key.tenant, std::string_view(key.about), key.recipient);
    std::optional<Delivery> found;
    while (statement->step()) found = read_delivery(*statement);
    return found;
}

std::string Outbox::message(const DeliveryKey& key) {
    const auto statement = database_.prepare("SELECT size, crc, data FROM delivery WHERE " + std::string(key_is));
    statement->with(key.tenant, std::string_view(key.about), key.recipient);
    std::string found;
    while (statement->step()) found = unpacked(*statement, 0);
    return found;
}

void Outbox::freeze(const Delivery& delivery, std::string_view message) {
    const Packed packed(message);
    database_
        .prepare("UPDATE delivery SET message_id = ?, subject = ?, hash = ?, size = ?, crc = ?, data = ? WHERE " +
                 std::string(key_is))
        ->with(std::string_view(delivery.message_id), std::string_view(delivery.subject),
               std::string_view(delivery.hash), packed.size, packed.crc, std::string_view(packed.data),
               delivery.key.tenant, std::string_view(delivery.key.about), delivery.key.recipient)
        .run();
}

void Outbox::save(const Delivery& delivery) {
    database_
        .prepare("UPDATE delivery SET state = ?, asked_at = ?, ended_at = ?, code = ?, words = ? WHERE " +
                 std::string(key_is))
        ->with(number(delivery.state), delivery.asked_at, delivery.ended_at, std::int64_t{delivery.code},
               std::string_view(delivery.words), delivery.key.tenant, std::string_view(delivery.key.about),
               delivery.key.recipient)
        .run();
}

bool Outbox::change(const Delivery& delivery, DeliveryState seen) {
    const auto update =
        database_.prepare("UPDATE delivery SET state = ?, asked_at = ?, ended_at = ?, code = ?, words = ? WHERE " +
                          std::string(key_is) + " AND state = ?");
    update->with(number(delivery.state), delivery.asked_at, delivery.ended_at, std::int64_t{delivery.code},
                 std::string_view(delivery.words), delivery.key.tenant, std::string_view(delivery.key.about),
                 delivery.key.recipient, number(seen));
    update->run();
    return update->changed() == 1;
}

std::vector<Delivery> Outbox::list(std::optional<std::int64_t> tenant, const std::vector<DeliveryState>& states,
                                   std::string_view about) {
    std::string sql = "SELECT " + std::string(columns) + " FROM delivery", joint = " WHERE ";
    if (tenant) sql += std::exchange(joint, " AND ") + "tenant = ?";
    if (!about.empty()) sql += std::exchange(joint, " AND ") + "about = ?";
    for (std::size_t i = 0; i < states.size(); ++i)
        sql += (i == 0 ? joint + "state IN (" : ", ") + std::to_string(number(states[i]));
    if (!states.empty()) sql += ")";
    const auto statement = database_.prepare(sql + " ORDER BY tenant, about, recipient");
    int parameter = 0;
    if (tenant) statement->bind(parameter++, *tenant);
    if (!about.empty()) statement->bind(parameter, about);
    std::vector<Delivery> found;
    while (statement->step()) found.push_back(read_delivery(*statement));
    return found;
}

}  // namespace siyu
