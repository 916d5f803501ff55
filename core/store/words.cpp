// SPDX-License-Identifier: Apache-2.0
#include "core/store/words.hpp"

#include <algorithm>
#include <memory>

namespace siyu {

namespace {

// Some 100 MB of order ids at the worst, and four times that of customers, who come again and again.
constexpr std::int64_t remembered_at_most(Space space) { return space == Space::customer ? 4'000'000 : 1'000'000; }
// Texts come in no order, and a table in their order is written page by page only if they are put in order first.
constexpr std::size_t fresh_at_most = 500'000;
// Who asks for one text asks for its neighbours: they are fetched by so many at once.
constexpr std::int64_t run_of_texts = 512;
// A dictionary is fetched whole once so many of its texts were looked for one by one that it would have been quicker:
// a part of it, which is smaller where each look is a journey. In the program a look costs as much as eight texts of
// the whole; twice as many looks, because a day brings an eighth of a brand's customers now and then.
constexpr std::int64_t looks_at_least = 4, part_near = 4, part_far = 64;

}  // namespace

Words::Words(Database& database, std::int64_t tenant)
    : tenant_(tenant),
      far_(database.far()),
      find_(database.prepare("SELECT number FROM word WHERE tenant = ? AND space = ? AND text = ?")),
      texts_(database.prepare(
          "SELECT number, text FROM word WHERE tenant = ? AND space = ? AND number >= ? AND number < ?")),
      size_(database.prepare("SELECT COALESCE(MAX(number) + 1, 0) FROM word WHERE tenant = ? AND space = ?")),
      insert_(database.bulk("INSERT INTO word (tenant, space, text, number)", 4)) {}

// The number of a text, whatever was known of it.
void Words::Dictionary::learn(std::string_view text, std::int64_t number) {
    auto* const copy = static_cast<char*>(memory.allocate(text.size(), 1));
    std::copy(text.begin(), text.end(), copy);
    numbers.insert_or_assign(std::string_view(copy, text.size()), number);
}

// From now on the store has to be asked for all of them.
void Words::Dictionary::forget() {
    std::destroy_at(&numbers);
    memory.release();
    std::construct_at(&numbers, &memory);
    stored = next;
    looks = 0;
    complete = false;
}

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
    if (words.stored == 0 || words.complete) return -1;
    const std::int64_t part = words.stored / (far_ ? part_far : part_near);
    if (++words.looks > std::max(looks_at_least, part) && words.stored <= remembered_at_most(space) / 2) {
        texts_->with(tenant_, static_cast<std::int64_t>(space), std::int64_t{0}, words.stored);
        words.numbers.reserve(static_cast<std::size_t>(words.stored));
        while (texts_->step()) words.learn(texts_->bytes(1), texts_->number(0));
        words.complete = true;
        const auto known = words.numbers.find(text);
        return known != words.numbers.end() ? known->second : -1;
    }
    const bool there = find_->with(tenant_, static_cast<std::int64_t>(space), text).step();
    const std::int64_t number = there ? find_->number(0) : -1;
    find_->reset();
    words.learn(text, number);
    return number;
}

std::int64_t Words::intern(Space space, std::string_view text, bool* fresh) {
    const std::int64_t known = find(space, text);
    if (fresh) *fresh = known < 0;
    if (known >= 0) return known;
    Dictionary& words = dictionary(space);
    const std::int64_t number = words.next++;
    fresh_.emplace_back(space, text, number);
    if (fresh_.size() >= fresh_at_most) flush();
    if (std::ssize(words.numbers) >= remembered_at_most(space)) {
        flush();
        words.forget();
    }
    words.learn(text, number);
    return number;
}

std::int64_t Words::lend(Space space, std::string_view text) {
    if (const std::int64_t known = find(space, text); known >= 0) return known;
    Dictionary& words = dictionary(space);
    const std::int64_t number = words.next++;
    words.learn(text, number);
    words.texts.emplace(number, text);
    return number;
}

const std::string& Words::text(Space space, std::int64_t number) {
    Dictionary& words = dictionary(space);
    if (const auto known = words.texts.find(number); known != words.texts.end()) return known->second;
    if (number >= 0) {
        if (!fresh_.empty()) flush();
        fetch(space, number - number % run_of_texts, run_of_texts);
    }
    return words.texts[number];
}

void Words::flush() {
    std::sort(fresh_.begin(), fresh_.end());
    for (const auto& [space, text, number] : fresh_)
        insert_->add(tenant_, static_cast<std::int64_t>(space), std::string_view(text), number);
    fresh_.clear();
    insert_->flush();
}

void Words::fetch(Space space, std::int64_t first, std::int64_t count) {
    auto& texts = dictionary(space).texts;
    texts_->with(tenant_, static_cast<std::int64_t>(space), first, first + count);
    while (texts_->step()) texts.try_emplace(texts_->number(0), texts_->bytes(1));
}

std::int64_t Words::size(Space space) { return dictionary(space).next; }

}  // namespace siyu
