// SPDX-License-Identifier: Apache-2.0
#include "core/store/words.hpp"

namespace siyu {

namespace {

// Some 100 MB of order ids at the worst.
constexpr std::size_t remembered_at_most = 1'000'000;
// Who asks for one text asks for its neighbours: they are fetched by so many at once.
constexpr std::int64_t run_of_texts = 512;

}  // namespace

Words::Words(Database& database, std::int64_t tenant)
    : tenant_(tenant),
      find_(database.prepare("SELECT number FROM word WHERE tenant = ? AND space = ? AND text = ?")),
      texts_(database.prepare(
          "SELECT number, text FROM word WHERE tenant = ? AND space = ? AND number >= ? AND number < ?")),
      size_(database.prepare("SELECT COALESCE(MAX(number) + 1, 0) FROM word WHERE tenant = ? AND space = ?")),
      insert_(database.bulk("INSERT INTO word (tenant, space, text, number)", 4)) {}

Words::Dictionary& Words::dictionary(Space space) {
    Dictionary& found = dictionaries_[static_cast<std::size_t>(space)];
    if (found.next < 0) {
        size_->with(tenant_, static_cast<std::int64_t>(space)).step();
        found.next = found.stored = size_->number(0);
        size_->reset();
    }
    return found;
}

std::int64_t Words::find(Space space, std::string_view text) {
    Dictionary& words = dictionary(space);
    if (const auto known = words.numbers.find(text); known != words.numbers.end()) return known->second;
    if (words.stored == 0) return -1;
    const bool there = find_->with(tenant_, static_cast<std::int64_t>(space), text).step();
    const std::int64_t number = there ? find_->number(0) : -1;
    find_->reset();
    words.numbers.emplace(text, number);
    return number;
}

std::int64_t Words::intern(Space space, std::string_view text, bool* fresh) {
    const std::int64_t known = find(space, text);
    if (fresh) *fresh = known < 0;
    if (known >= 0) return known;
    Dictionary& words = dictionary(space);
    const std::int64_t number = words.next++;
    insert_->add(tenant_, static_cast<std::int64_t>(space), text, number);
    if (space != Space::customer && words.numbers.size() >= remembered_at_most) {
        insert_->flush();
        words.numbers.clear();
        words.stored = words.next;  // from now on the store has to be asked for all of them
    }
    words.numbers.insert_or_assign(std::string(text), number);
    return number;
}

std::int64_t Words::lend(Space space, std::string_view text) {
    if (const std::int64_t known = find(space, text); known >= 0) return known;
    Dictionary& words = dictionary(space);
    const std::int64_t number = words.next++;
    words.numbers.insert_or_assign(std::string(text), number);
    words.texts.emplace(number, text);
    return number;
}

const std::string& Words::text(Space space, std::int64_t number) {
    Dictionary& words = dictionary(space);
    if (const auto known = words.texts.find(number); known != words.texts.end()) return known->second;
    if (number >= 0) {
        const std::int64_t first = number - number % run_of_texts;
        insert_->flush();
        texts_->with(tenant_, static_cast<std::int64_t>(space), first, first + run_of_texts);
        while (texts_->step()) words.texts.try_emplace(texts_->number(0), texts_->bytes(1));
    }
    return words.texts[number];
}

std::int64_t Words::size(Space space) { return dictionary(space).next; }

}  // namespace siyu
