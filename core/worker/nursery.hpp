// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

// The nursery is this program started once more, as a small process that knows nobody's data and of which workers are
// forked: each costs a fork and not the start of a program. (Forking a program that has threads, open stores and other
// brands in its memory would be neither safe nor clean.)
namespace siyu {

// To the nursery, with the worker's socket for `start`.
struct Wish {
    enum Kind : std::uint32_t { start, kill };
    std::uint32_t kind, worker;
};
// From the nursery: the worker has ended so, as waitpid tells it.
struct Farewell {
    std::uint32_t worker;
    std::int32_t status;
    std::int64_t peak_kib, processor_micros;
};

// The name under which this program is started as a nursery; the wishes come in on the standard input.
inline constexpr const char* nursery_name = "siyu-worker";

// Until nobody wishes any more. Returns the exit status.
int run_nursery();

// The program's end of it.
class Nursery {
  public:
    // Starts it, with a library loaded before all others where one is named. Where there are clerks its processes keep
    // memory that was given back, so that nobody can see by it what a plugin lost. Throws Error (unreachable,
    // worker.cannot_start).
    explicit Nursery(const std::string& preload = {}, bool of_clerks = false);
    ~Nursery();
    Nursery(const Nursery&) = delete;
    Nursery& operator=(const Nursery&) = delete;

    // Takes over the worker's end of a socket pair.
    void start(std::uint32_t worker, int socket);
    void kill(std::uint32_t worker);
    // To wait for farewells on.
    int socket() const { return socket_; }
    // False where the nursery itself has ended.
    bool receive(Farewell& farewell);

  private:
    int socket_ = -1;
    pid_t process_ = -1;
};

}  // namespace siyu
