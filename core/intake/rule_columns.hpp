// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/intake/header_names.hpp"
#include "core/intake/profile.hpp"

namespace siyu {

// What whoever imports says, by the name that the profile asks for it.
using Given = std::map<std::string, std::string>;

// The columns of one file that a rule of a profile means, and what stands in for those that the file lacks.
class RuleColumns {
  public:
    // A column named by a month or a day.
    struct Spread {
        HeaderNames::Places place;
        std::string text;  // what its name says, in the form of facts.md
    };

    // As for Mapping.
    RuleColumns(const Profile& profile, const Rule& rule, const HeaderNames& names, const Given& given,
                std::vector<std::string>& missing);

    // Of a name that stands in the rule.
    const HeaderNames::Places& places(const std::string& name) const { return places_.find(name)->second; }
    const std::vector<Spread>& spread() const { return spread_; }
    // What is given for a column of the fact; none where the file has it.
    const std::string* given_for(const Rule::Origin& origin) const;
    // What is given to stand in front of its text.
    const std::string& prefix_of(const Rule::Origin& origin) const { return given_.find(origin.prefix)->second; }

  private:
    void find(const HeaderNames& names, std::vector<std::string>& missing);
    void find_spread(const HeaderNames& names, std::vector<std::string>& missing);
    void refuse_given() const;
    void need(const std::string& name) const;

    const Profile* profile_;
    const Rule* rule_;
    Given given_;
    std::unordered_map<std::string, HeaderNames::Places> places_;
    std::vector<Spread> spread_;
};

}  // namespace siyu
