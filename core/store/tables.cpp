// SPDX-License-Identifier: Apache-2.0
#include "core/store/tables.hpp"

namespace siyu {

std::string StoreTable::list(const std::vector<std::string_view>& names) {
    std::string text;
    for (const std::string_view name : names) text.append(text.empty() ? "" : ", ").append(name);
    return text;
}

std::span<const StoreTable> store_tables() {
    static const std::vector<StoreTable> tables{
        {"tenant", {"tenant", "id", "name", "plugin", "timezone"}, {"tenant"}},
        {"term", {"tenant", "name", "since", "value"}, {"tenant", "name", "since"}},
        {"word", {"tenant", "space", "text", "number"}, {"tenant", "space", "number"}},
        {"batch",
         {"tenant", "batch", "file", "profile", "made_at", "undone", "rejected", "header", "token"},
         {"tenant", "batch"}},
        {"batch_fact",
         {"tenant", "batch", "fact", "taken", "added", "replaced", "cover_first", "cover_last"},
         {"tenant", "batch", "fact"}},
        {"reject",
         {"tenant", "batch", "number", "line", "fact", "col", "value", "reason", "record"},
         {"tenant", "batch", "number"}},
        {"fact_block", {"tenant", "fact", "day", "batch", "part", "data"}, {"tenant", "fact", "day", "batch", "part"}},
        {"key_day", {"tenant", "fact", "number", "day"}, {"tenant", "fact", "number", "day"}},
        {"ledger", {"tenant", "series", "day", "data"}, {"tenant", "series", "day"}},
        {"timeline", {"tenant", "customer", "data"}, {"tenant", "customer"}},
        {"formula", {"tenant", "since", "plugins", "settings", "formulas"}, {"tenant", "since"}},
        {"job",
         {"tenant", "kind", "name", "state", "spread", "due_at", "fence", "beat", "lease_seconds", "worker", "attempts",
          "losses", "reason", "asked_revision", "asked_with", "made_revision", "made_with", "asked_at", "finished_at"},
         {"tenant", "kind", "name"}},
        {"page",
         {"tenant", "rhythm", "last_day", "language", "audience", "format", "fence", "made_at", "held", "size", "crc",
          "data"},
         {"tenant", "rhythm", "last_day", "language", "audience", "format"}},
        {"recipient",
         {"tenant", "recipient", "address", "name", "role", "language", "reports", "unsubscribed_at", "removed"},
         {"tenant", "recipient"}},
        {"publication",
         {"tenant", "rhythm", "last_day", "edition", "state", "version", "due_at", "made_revision", "made_with", "hash",
          "approved_hash", "approved_by", "approved_at", "note", "author", "why", "marks", "reason", "changed_at"},
         {"tenant", "rhythm", "last_day", "edition"}},
        {"content",
         {"tenant", "rhythm", "last_day", "edition", "audience", "language", "size", "crc", "data"},
         {"tenant", "rhythm", "last_day", "edition", "audience", "language"}},
        {"delivery",
         {"tenant", "about", "recipient", "state", "address", "message_id", "subject", "hash", "asked_at", "ended_at",
          "code", "words", "size", "crc", "data"},
         {"tenant", "about", "recipient"}},
        {"step", {"tenant", "step", "what", "owner", "due", "done", "made_at"}, {"tenant", "step"}},
        {"objection",
         {"tenant", "objection", "rhythm", "last_day", "edition", "recipient", "figure", "title", "said", "answer",
          "said_at", "settled_at"},
         {"tenant", "objection"}},
        {"used_link", {"tenant", "link", "used_at"}, {"tenant", "link"}},
        {"pace", {"tenant", "name", "next_at"}, {"tenant", "name"}},
        {"revision", {"tenant", "number"}, {"tenant"}},
    };
    return tables;
}

}  // namespace siyu
