// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/catalogue.hpp"
#include "core/intake/booked_money.hpp"
#include "core/intake/encoding.hpp"
#include "core/intake/rule.hpp"

namespace siyu {

// A sentence that a profile brings along, in both languages.
struct Sentence {
    std::string zh, en;

    const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
};

// A file that tells siyu how to read the exports of one source.
struct Profile {
    std::string name, file;
    bool draft = false;  // not finished: taken only where it is named
    Sentence title, description;
    std::optional<Encoding> encoding;
    std::vector<std::string> header;  // a file with all of these is one of this source
    std::vector<std::string> dates;   // `%m/%d/%Y`, tried before the forms of facts.md
    std::vector<std::string> empty;   // texts that stand for an empty cell: `-`, `null`
    // What a file of this source does not say and whoever imports it must: `--with guide_id=zhangsan`.
    struct Given {
        std::string name;
        Sentence title;
    };
    std::vector<Given> given;
    std::vector<Rule> rules;
    std::optional<BookedMoney> booking;  // of orders and refunds
    std::vector<Sentence> notes;         // what the user must know of every import

    // None where it is not asked for.
    const Given* asks_for(std::string_view name) const;
    // A column is filled with what whoever imports says under this name, and is that of one file.
    bool fills_with(std::string_view name) const;
    // `score`, where several columns of the source may be meant and whoever imports can name the one that counts.
    bool lets_name(std::string_view column) const;

    // Throws Error (refused) that names file and place for anything that is not right in it.
    static Profile parse(std::string_view toml, const std::string& file);
};

// The profiles that are built in and those of the folders given; a later one of the same name replaces an earlier one.
// One that is wrong is left out: what it was to read has to wait, not what others read.
class Profiles {
  public:
    // Throws Error where a folder's file cannot be read, and (refused) where one that is wrong has the name of one that
    // is built in: read with that one, files would come in as they were not meant to.
    explicit Profiles(std::span<const std::filesystem::path> folders = {});

    const Profile* find(std::string_view name) const;
    // Throws Error (wrong use) with the names that there are; for one that was left out what is wrong with it.
    const Profile& get(std::string_view name) const;
    const std::map<std::string, Profile, std::less<>>& all() const { return profiles_; }
    // What was left out, by the names of the files, and why.
    const std::map<std::string, Error, std::less<>>& broken() const { return broken_; }

  private:
    std::map<std::string, Profile, std::less<>> profiles_;
    std::map<std::string, Error, std::less<>> broken_;
};

}  // namespace siyu
