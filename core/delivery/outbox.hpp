// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/jobs/queued_job.hpp"
#include "core/network/network.hpp"
#include "core/store/database.hpp"

namespace siyu {

// How far one message to one recipient has come. `handing` is written before the message goes out: whoever finds it
// there later knows that nobody knows whether it arrived.
enum class DeliveryState { queued = 1, handing, sent, failed, unsure, refused, cancelled };

std::string_view to_string(DeliveryState state);
std::optional<DeliveryState> parse_delivery_state(std::string_view text);

// What is told (`daily:2026-11-20:1`, an edition of a report, or `notice:…`) and to whom: there is one message of each.
struct DeliveryKey {
    std::int64_t tenant = 0;
    std::string about;
    std::int64_t recipient = 0;

    bool is_notice() const { return about.starts_with("notice:"); }
};

struct Delivery {
    DeliveryKey key;
    DeliveryState state = DeliveryState::queued;
    std::string address;     // when it was asked for; nobody else gets it
    std::string message_id;  // without the brackets
    std::string subject;
    std::string hash;  // of the message
    std::int64_t asked_at = 0, ended_at = 0;
    int code = 0;       // of the last answer
    std::string words;  // of the last answer
};

// Every message that went out or is to go out, as it was sent. Statements, part of the caller's transaction where there
// is one.
class Outbox {
  public:
    explicit Outbox(Database& database) : database_(database) {}

    // Nothing happens where there is one already. `message`: its bytes, where it is written already.
    void add(const Delivery& delivery, std::string_view message = {});
    std::optional<Delivery> find(const DeliveryKey& key);
    // The message as it goes or went out; empty: not written yet. Throws Error (unreachable) where it is damaged.
    std::string message(const DeliveryKey& key);
    // Keeps it for every further try, with message_id, subject and hash.
    void freeze(const Delivery& delivery, std::string_view message);
    // State, answer, asked_at and ended_at.
    void save(const Delivery& delivery);
    // The same; false, and nothing changed, where it is no longer in the state that it was seen in.
    bool change(const Delivery& delivery, DeliveryState seen);
    std::vector<Delivery> list(std::optional<std::int64_t> tenant, const std::vector<DeliveryState>& states,
                               std::string_view about = {});

  private:
    Database& database_;
};

// The job that hands it over, and back. `mail:daily:2026-11-20:1:7`
JobKey job_of(const DeliveryKey& key);
std::optional<DeliveryKey> delivery_of(const JobKey& job);

// As people name it: `aurora:daily:2026-11-20:1:7`
std::string name_of(const std::string& tenant_id, const DeliveryKey& key);
// Why it does not go out any more: the recipient gets `newer`, a later edition, instead.
Note replaced(const std::string& tenant_id, DeliveryKey key, const std::string& newer);

// SHA-256 as hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace siyu
