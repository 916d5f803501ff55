// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/timeline.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "core/ledger/state.hpp"

namespace siyu {

namespace {

// Bounds the memory of an import, whatever the size of the file.
constexpr std::size_t changes_at_once = 500'000;

std::string write(const std::vector<Contact>& contacts) {
    std::string bytes;
    const auto put = [&bytes](std::uint64_t value) {
        for (; value >= 128; value >>= 7) bytes += static_cast<char>(value | 128);
        bytes += static_cast<char>(value);
    };
    std::int64_t last = 0;
    for (const Contact& contact : contacts) {
        // Contacts stand in the order of time, and no instant is before 1970.
        put(static_cast<std::uint64_t>(contact.at - last) * 2 + (contact.leave ? 1 : 0));
        put(static_cast<std::uint64_t>(contact.guide));
        put(static_cast<std::uint64_t>(contact.group));
        if (!contact.leave) put(static_cast<std::uint64_t>(contact.channel));
        last = contact.at;
    }
    return bytes;
}

std::vector<Contact> read(std::string_view bytes) {
    std::size_t at = 0;
    const auto take = [&] {
        std::uint64_t value = 0;
        for (int shift = 0; at < bytes.size(); shift += 7) {
            const auto byte = static_cast<unsigned char>(bytes[at++]);
            value |= static_cast<std::uint64_t>(byte & 127) << shift;
            if (byte < 128) break;
        }
        return value;
    };
    std::vector<Contact> contacts;
    std::int64_t last = 0;
    while (at < bytes.size()) {
        Contact contact;
        const std::uint64_t head = take();
        contact.at = last += static_cast<std::int64_t>(head / 2);
        contact.leave = head % 2;
        contact.guide = static_cast<std::int64_t>(take());
        contact.group = static_cast<std::int64_t>(take());
        if (!contact.leave) contact.channel = static_cast<std::int64_t>(take());
        contacts.push_back(contact);
    }
    return contacts;
}

// Brings the open relationships of a customer past one more contact of the day; `closed` gets those that it ends. A
// relationship is with the group where the row names one, else with the guide, else with nobody in particular.
template <class Closed>
void pass(std::vector<Relationship>& open, const Contact& contact, Day day, std::int64_t nobody, Closed closed) {
    const bool in_group = contact.group != nobody;
    const std::int64_t with = in_group ? contact.group : contact.guide;
    const auto same = [&](const Relationship& known) { return known.in_group == in_group && known.with == with; };
    if (!contact.leave) {
        if (std::none_of(open.begin(), open.end(), same)) open.push_back({0, day, latest_day, in_group, with});
        return;
    }
    const bool all = !in_group && contact.guide == nobody;
    std::erase_if(open, [&](const Relationship& known) {
        const bool ends = all || same(known);
        if (ends) closed(known);
        return ends;
    });
}

// Calls `take` with what is in one of the two and not in the other.
template <class T, class Take>
void differences(std::vector<T> a, std::vector<T> b, Take take) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    std::vector<T> found;
    std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(found));
    for (const T& one : found) take(one);
}

}  // namespace

std::vector<Relationship> relationships(Database& database, std::int64_t tenant, const Zone& zone,
                                        std::int64_t nobody) {
    std::vector<Relationship> found, open;
    const auto statement = database.prepare("SELECT customer, data FROM timeline WHERE tenant = ? ORDER BY customer");
    statement->with(tenant);
    while (statement->step()) {
        const auto customer = static_cast<std::uint32_t>(statement->number(0));
        const auto add = [&found, customer](Relationship relationship, Day last) {
            relationship.customer = customer;
            relationship.last = last;
            // What began and ended on one day was open at the end of none.
            if (relationship.first <= last) found.push_back(relationship);
        };
        open.clear();
        for (const Contact& contact : read(statement->bytes(1))) {
            const Day day = zone.day_of({contact.at});
            pass(open, contact, day, nobody, [&](const Relationship& closed) { add(closed, day - 1); });
        }
        for (const Relationship& relationship : open) add(relationship, latest_day);
    }
    return found;
}

Timelines::Timelines(Database& database, std::int64_t tenant, const Zone& zone, Words& words, Shelf& shelf)
    : tenant_(tenant),
      zone_(zone),
      words_(words),
      shelf_(shelf),
      load_(database.prepare("SELECT data FROM timeline WHERE tenant = ? AND customer = ?")),
      erase_(database.prepare("DELETE FROM timeline WHERE tenant = ? AND customer = ?")),
      last_(database.prepare("SELECT COALESCE(MAX(customer), -1) FROM timeline WHERE tenant = ?")),
      save_(database.bulk("REPLACE INTO timeline (tenant, customer, data)", 3)),
      nobody_(words.intern(Space::word, "")) {
    last_->with(tenant_).step();
    known_ = last_->number(0);
    last_->reset();
}

void Timelines::note(const Change& change) {
    changes_.push_back(change);
    if (changes_.size() >= changes_at_once) flush();
}

// At one instant joins count before leaves (kpis.md).
bool Timelines::before(const Contact& a, const Contact& b) {
    return std::tie(a.at, a.leave, a.guide, a.group) < std::tie(b.at, b.leave, b.guide, b.group);
}

// Of joins at one instant the smallest of (channel, guide, group), bytewise.
bool Timelines::smaller_origin(const Contact& a, const Contact& b) {
    const auto text = [this](std::int64_t word) -> const std::string& { return words_.text(Space::word, word); };
    if (a.channel != b.channel) return text(a.channel) < text(b.channel);
    if (a.guide != b.guide) return text(a.guide) < text(b.guide);
    return text(a.group) < text(b.group);
}

Timelines::Course Timelines::course(const std::vector<Contact>& contacts) {
    Course course;
    std::vector<Relationship> open;
    const Contact* origin = nullptr;
    bool member = false, group_member = false;
    for (std::size_t i = 0; i < contacts.size(); ++i) {
        const Contact& contact = contacts[i];
        if (!contact.leave && (!origin || (contact.at == origin->at && smaller_origin(contact, *origin))))
            origin = &contact;
        const Day day = zone_.day_of({contact.at});
        pass(open, contact, day, nobody_, [](const Relationship&) {});
        if (i + 1 < contacts.size() && zone_.day_of({contacts[i + 1].at}) == day) continue;
        // The day is over: only now does it count who is in.
        const bool in = !open.empty();
        const bool in_group = std::any_of(open.begin(), open.end(), [](const Relationship& r) { return r.in_group; });
        if (in != member) course.member.push_back(day);
        if (in_group != group_member) course.group_member.push_back(day);
        member = in;
        group_member = in_group;
    }
    if (origin) course.origin.emplace_back(zone_.day_of({origin->at}), origin->channel);
    return course;
}

void Timelines::flush() {
    std::stable_sort(changes_.begin(), changes_.end(),
                     [](const Change& a, const Change& b) { return a.customer < b.customer; });
    for (std::size_t i = 0; i < changes_.size();) {
        const std::uint32_t customer = changes_[i].customer;
        std::vector<Contact> old;
        if (customer <= known_) {
            if (load_->with(tenant_, std::int64_t{customer}).step()) old = read(load_->bytes(0));
            load_->reset();
        }
        std::vector<Contact> now = old;
        for (; i < changes_.size() && changes_[i].customer == customer; ++i) {
            const Contact& contact = changes_[i].contact;
            std::erase_if(now, [&](const Contact& other) { return other.same_key(contact); });
            if (!changes_[i].removed) now.push_back(contact);
        }
        std::sort(now.begin(), now.end(), [this](const Contact& a, const Contact& b) { return before(a, b); });
        if (now.empty()) {
            erase_->with(tenant_, std::int64_t{customer}).run();
        } else {
            const std::string data = write(now);
            save_->add(tenant_, std::int64_t{customer}, std::string_view(data));
            known_ = std::max(known_, std::int64_t{customer});
        }
        const Course was = course(old), is = course(now);
        differences(was.member, is.member, [&](Day day) { toggles_[Series::members + 0][day].push_back(customer); });
        differences(was.group_member, is.group_member,
                    [&](Day day) { toggles_[Series::group_members + 0][day].push_back(customer); });
        differences(was.origin, is.origin, [&](const std::pair<Day, std::int64_t>& first) {
            toggles_[Series::origins + first.second][first.first].push_back(customer);
        });
    }
    save_->flush();
    changes_.clear();
    for (const auto& [series, days] : toggles_) {
        std::map<Day, Customers> changes;
        for (const auto& [day, who] : days) changes.emplace(day, Customers(who.size(), who.data()));
        State(shelf_, series).toggle(changes);
    }
    toggles_.clear();
}

void Timelines::finish() { flush(); }

}  // namespace siyu
