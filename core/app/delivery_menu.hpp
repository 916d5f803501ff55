// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/app/commands.hpp"

namespace CLI {
class App;
}

namespace siyu {

class CommandMenu;

// The sub-commands of delivery: send, outbox, recipient, step, objection, serve; with the values that they run with.
class DeliveryMenu {
  public:
    void add_to(CommandMenu& menu);

  private:
    void sending();
    void outbox();
    void recipients();
    void follow_ups();
    // Options that several of them have.
    CLI::App* with_report(CLI::App* command);
    CLI::App* with_tenants(CLI::App* command);

    CommandMenu* menu_ = nullptr;
    SendOptions send_;
    OutboxOptions outbox_;
    PersonOptions person_;
    StepOptions step_;
    std::string listen_;
};

}  // namespace siyu
