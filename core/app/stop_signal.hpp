// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace siyu {

// SIGTERM and SIGINT as a wish to stop, from its making on: what is in hand is brought to an end first. One at a time.
class StopSignal {
  public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    static bool came();
    // Sleeps; not beyond the signal.
    static void rest(int milliseconds);
};

}  // namespace siyu
