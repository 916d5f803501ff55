// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "tenants/agreement.hpp"
#include "tenants/send_time.hpp"

namespace siyu {

enum class Approval { by_itself, review };              // auto, review
enum class WhenUnapproved { hold, send, send_marked };  // hold, send, mark
enum class CatchUp { latest, all, ask };

// What was agreed about how a brand's reports reach it, as it holds on one day.
struct DeliveryTerms {
    std::array<std::optional<SendTime>, 3> send;  // by rhythm; none: not sent by itself
    std::optional<int> ready_by;  // minute of the day until when required data are waited for; else until
                                  // the sending
    Approval approval = Approval::review;
    std::optional<int> approve_by;  // minute of the day; else an hour after the sending
    WhenUnapproved unapproved = WhenUnapproved::hold;
    CatchUp catch_up = CatchUp::latest;
    std::vector<std::string> domains;  // that the brand's recipients may have; none: nobody of the brand gets anything
    std::string colour = "#1f4e79", logo, contact;
    bool red_is_good = false;
    std::vector<std::string> scan_ignores;  // words that are other brands' names and yet may stand in this one's mails

    const std::optional<SendTime>& at(Rhythm rhythm) const { return send[static_cast<std::size_t>(rhythm)]; }
};

DeliveryTerms delivery_terms(const Agreement& agreement, Day day);

// The term that says when reports of the rhythm are sent: send_daily.
std::string send_term(Rhythm rhythm);

// Whether the term takes the value; nothing for a term that is not about delivery.
std::optional<bool> takes_delivery_term(std::string_view key, std::string_view value);
inline constexpr const char* delivery_keys[] = {"send_daily",  "send_weekly", "send_monthly", "ready_by",   "approval",
                                                "approve_by",  "unapproved",  "catch_up",     "domains",    "colour",
                                                "red_is_good", "logo",        "mail_contact", "scan_ignore"};

}  // namespace siyu
