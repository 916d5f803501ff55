// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/app/commands.hpp"

namespace siyu {

class CommandMenu;

// The sub-command pull, with the values that it runs with.
class PullMenu {
  public:
    void add_to(CommandMenu& menu);

  private:
    PullOptions pull_;
};

}  // namespace siyu
