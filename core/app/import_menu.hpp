// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "core/app/commands.hpp"

namespace siyu {

class CommandMenu;

// The sub-commands of what comes in: import, profile, inbox; with the values that they run with.
class ImportMenu {
  public:
    void add_to(CommandMenu& menu);

  private:
    void importing();
    void profiles();

    CommandMenu* menu_ = nullptr;
    std::function<int(Session&)> command_;  // the one behind `import` that was chosen
    ImportOptions import_;
    ProfileOptions profile_;
    InboxOptions inbox_;
    std::string batch_;
    bool json_ = false;
};

}  // namespace siyu
