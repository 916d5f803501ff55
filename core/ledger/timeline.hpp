// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "core/base/zone.hpp"
#include "core/ledger/shelf.hpp"
#include "core/store/words.hpp"

namespace siyu {

// A join or a leave of one customer. The texts are word numbers.
struct Contact {
    std::int64_t at = 0;  // instant, microseconds
    bool leave = false;
    std::int64_t guide = 0, group = 0;
    std::int64_t channel = 0;  // joins only

    bool same_key(const Contact& other) const {
        return at == other.at && leave == other.leave && guide == other.guide && group == other.group;
    }
};

// With whom a customer is in touch, and the first and the last day at whose end they are (kpis.md, relationship).
struct Relationship {
    std::uint32_t customer = 0;
    Day first, last;
    bool in_group = false;
    std::int64_t with = 0;  // word of the group, or of the guide
};

// Every relationship that was open at the end of some day, in the order of customers. `nobody` is the empty word.
std::vector<Relationship> relationships(Database& database, std::int64_t tenant, const Zone& zone, std::int64_t nobody);

// The joins and leaves of every customer in the order of time, and the states that follow from them: M, G and where
// customers came from. A change to a customer's past touches that customer's days and nobody else's, however late
// it comes.
class Timelines {
  public:
    Timelines(Database& database, std::int64_t tenant, const Zone& zone, Words& words, Shelf& shelf);

    void add(std::uint32_t customer, const Contact& contact) { note({customer, false, contact}); }
    void remove(std::uint32_t customer, const Contact& contact) { note({customer, true, contact}); }
    // Carries everything noted into the store.
    void finish();

  private:
    struct Change {
        std::uint32_t customer;
        bool removed;
        Contact contact;
    };
    // What one customer's contacts mean: the days on which M and G change sides, and the origin.
    struct Course {
        std::vector<Day> member, group_member;
        std::vector<std::pair<Day, std::int64_t>> origin;  // none or one: first day, channel
    };
    using Toggles = std::map<std::int64_t, std::map<Day, std::vector<std::uint32_t>>>;  // by series

    void note(const Change& change);
    void flush();
    Course course(const std::vector<Contact>& contacts);
    bool before(const Contact& a, const Contact& b);
    bool smaller_origin(const Contact& a, const Contact& b);

    std::int64_t tenant_;
    const Zone& zone_;
    Words& words_;
    Shelf& shelf_;
    std::unique_ptr<Statement> load_, erase_, last_;
    std::unique_ptr<Bulk> save_;
    std::int64_t nobody_;  // the empty word
    std::int64_t known_;   // customers up to this number may have a timeline
    std::vector<Change> changes_;
    Toggles toggles_;
};

}  // namespace siyu
