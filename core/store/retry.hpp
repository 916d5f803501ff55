// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/base/error.hpp"

// What a store of its own server does to a change now and then: another one was quicker, or the connection broke.
namespace siyu {

// Nothing of the change is in the store, and it may be made again from its beginning.
bool may_try_again(const Error& error);
// Nobody knows whether the change is in the store.
bool unsure(const Error& error);

// The waits between tries: longer each time, and never the same for two who got into each other's way.
class Pause {
  public:
    // False when it was tried often enough; over some 12 seconds by then.
    bool wait();

  private:
    int tries_ = 0;
};

// Does the work again, with pauses, when it may be tried again. The work begins with its own transaction.
template <class Work>
auto retrying(const Work& work) {
    for (Pause pause;;) {
        try {
            return work();
        } catch (const Error& error) {
            if (!may_try_again(error) || !pause.wait()) throw;
        }
    }
}

// The same for work that may be done twice, because it finds what it did before or leaves the same behind: it is done
// again also when nobody knows whether it was done.
template <class Work>
auto repeating(const Work& work) {
    std::optional<Error> in_doubt;
    for (Pause pause;;) {
        try {
            return work();
        } catch (const Error& error) {
            if (unsure(error))
                in_doubt = error;
            else if (!may_try_again(error))
                throw;
            if (!pause.wait()) throw Error(in_doubt ? *in_doubt : error);
        }
    }
}

}  // namespace siyu
