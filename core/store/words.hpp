// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "core/facts/fact.hpp"
#include "core/store/database.hpp"

namespace siyu {

// The numbers of one tenant's texts: each dictionary counts 0, 1, 2 … in the order in which texts were first seen.
// What was looked up stays in memory until it grows too much.
class Words {
  public:
    Words(Database& database, std::int64_t tenant);

    // The text's number, a new one if need be (inside a transaction). `fresh` says whether it is new.
    std::int64_t intern(Space space, std::string_view text, bool* fresh = nullptr);
    // The text's number, one that stands in no store if need be: good as long as nothing is interned here.
    std::int64_t lend(Space space, std::string_view text);
    // -1 when the text was never seen.
    std::int64_t find(Space space, std::string_view text);
    // The text of a number given out before; empty for any other.
    const std::string& text(Space space, std::int64_t number);
    // Carries what was interned into the store; at the end of each file at the latest.
    void flush();
    // How many texts the dictionary holds.
    std::int64_t size(Space space);

  private:
    struct Dictionary {
        // The texts of `numbers` and its nodes: thousands come and go with each tenant, and all go at once.
        std::pmr::monotonic_buffer_resource memory;
        std::pmr::unordered_map<std::string_view, std::int64_t> numbers{&memory};  // -1: known not to be there
        std::unordered_map<std::int64_t, std::string> texts;
        std::int64_t next = -1;   // the number to give out next; -1 while not known
        std::int64_t stored = 0;  // numbers below stood in the store when this was made: only they need a look there
        int looks = 0;            // there
        bool complete = false;    // `numbers` has all of them

        void learn(std::string_view text, std::int64_t number);
        void forget();
    };
    Dictionary& dictionary(Space space);
    void fetch(Space space, std::int64_t first, std::int64_t count);

    std::int64_t tenant_;
    bool far_;
    std::array<Dictionary, 8> dictionaries_;
    std::unique_ptr<Statement> find_, texts_, size_;
    std::unique_ptr<Bulk> insert_;
    std::vector<std::tuple<Space, std::string, std::int64_t>> fresh_;  // interned and not carried into the store yet
};

}  // namespace siyu
