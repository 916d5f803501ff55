// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// What the program and a worker say to each other over a socket: messages of a kind and bytes.
namespace siyu {

struct Message {
    enum Kind : char {
        job = 'j',        // to the worker: what to do
        store = 'c',      // to the worker, the first one: it is a clerk, of this store
        run = 's',        // to the program: a statement and its parameters
        more = 'm',       // to the program: the statement whose next rows are wanted
        rows = 'r',       // to the worker: rows, and whether there are more
        refused = 'e',    // to the worker: why the statement was not run
        forbidden = 'f',  // to the program, the last one: a call that the sandbox does not allow
        stage = 'p',      // to the program: what the worker is at, a note
        page = 'g',       // to the program, before the outcome: the bytes of its next page
        outcome = 'o',    // to the program, the last one: what came of the job
    };

    char kind = 0;
    std::string body;
};

// No message may be larger.
inline constexpr std::size_t largest_message = std::size_t{64} << 20;

std::string framed(Message::Kind kind, std::string_view body);

// Puts the pieces that a socket gives together again.
class Inbox {
  public:
    void add(std::string_view bytes) {
        bytes_.erase(0, taken_);
        taken_ = 0;
        bytes_ += bytes;
    }
    // Throws Error (refused, worker.bad_message) for what is no message.
    std::optional<Message> next();

  private:
    std::string bytes_;
    std::size_t taken_ = 0;  // of these, given as messages
};

// The worker's end of the line: waits until all is said, and until a message has come. Throws Error (unreachable) when
// nobody is at the other end.
class Wire {
  public:
    explicit Wire(int socket) : socket_(socket) {}
    int socket() const { return socket_; }
    void send(Message::Kind kind, std::string_view body);
    Message receive();
    // Nothing when nobody is at the other end any more.
    std::optional<Message> next();

  private:
    int socket_;
    Inbox inbox_;
};

}  // namespace siyu
