// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

// What a fact is: kinds, columns, keys (facts.md, Files). Every other room asks here.
namespace siyu {

// The numbers stand in the store: only append.
enum class Fact : std::uint8_t {
    touches,
    joins,
    leaves,
    interactions,
    guide_actions,
    tickets,
    surveys,
    orders,
    refunds,
    posts,
    kocs,
    groups,
    guide_days,
    group_days,
    brand_sales,
    commitments,
    forecast,
    guides,
    allocations,
    stores,
    store_guides,
    store_sales,
    memberships,
    agents,
    agent_stock,
};
inline constexpr int fact_count = 25;

enum class Type : std::uint8_t {
    date,     // -> Day number
    month,    // -> number of its first day
    instant,  // -> microseconds UTC
    money,    // -> fen, >= 0
    number,   // exact decimal or percentage -> number of its word, a canonical fraction text "n/d"
    count,    // whole, >= 0
    id,       // 1 to 128 bytes of UTF-8 -> number of its word
    text,     // any UTF-8 up to 4,096 bytes -> number of its word
    word,     // one of a closed list -> number of its word
    kind,     // a lower-case word of the client's own -> number of its word
};

// A column's texts are numbered, per tenant, in one of these dictionaries. The numbers stand in the store: only append.
enum class Space : std::uint8_t {
    unused,
    customer,  // dense from 0 in the order of first sight: what sets are made of
    word,      // channels, guides, groups, kinds, decimals, names ...
    order,
    ticket,
    answer,
    refund,
    post,
};

struct Column {
    std::string_view name, alias;  // canonical and Chinese
    Type type;
    bool needed = false;
    Space space = Space::unused;                   // for number, id, text, word, kind
    std::span<const std::string_view> words = {};  // for word
    bool blank = false;                            // a needed column whose empty cell is a value, the unknown one
};

struct FactKind {
    Fact fact;
    std::string_view name, title;  // `joins`, 加粉
    bool agency = false;           // belongs to the agency, not to a tenant
    int when = -1;                 // the column that dates an event (date or instant); -1 for rosters and plans
    std::vector<Column> columns;
    std::vector<int> key;  // columns of the natural key
    // The key does not hold the day, so a later row of the same key may lie on another day (orders, tickets, ...).
    bool moves() const;
    int column(std::string_view name) const;  // by name or alias; -1 when there is none
    // Of a column that the fact has.
    std::size_t place(std::string_view wanted) const { return static_cast<std::size_t>(column(wanted)); }
};

const FactKind& kind_of(Fact fact);
std::span<const FactKind> fact_kinds();
// By canonical or Chinese name.
std::optional<Fact> parse_fact(std::string_view name);
inline std::string_view to_string(Fact fact) { return kind_of(fact).name; }

// A cell that is not there. All other cells are whole numbers, see Type.
inline constexpr std::int64_t absent = INT64_MIN;

// Words given to a column with no text: the unknown channel, guide or path is a value of its own, not an absent one.
// So `id`, `text`, `kind` and `word` cells are `absent` only in rows taken in before the fact had the column, and then
// mean the same: the empty text has a word number too. Customers, numbers, money, counts, dates and instants may be
// `absent`.

}  // namespace siyu
