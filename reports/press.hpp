// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a report becomes besides a page: pictures, workbooks, PDF and mail messages, each made by the library that is
// best at it. All of them stand behind the module lib/siyu/press.so (core/press). The same input gives the same bytes.
namespace siyu {

struct Picture {
    std::string png;
    int width = 0, height = 0;  // pixels
};

// A table for people who go on calculating: numbers are numbers, texts never formulas.
struct Workbook {
    enum class Kind { text, count, decimal, ratio, yuan, multiple };
    struct Cell {
        std::string text;                   // shown where there is no number
        std::optional<double> number = {};  // ratio: 0.123 is 12.3 %; yuan: in yuan
        Kind kind = Kind::text;
        bool strong = false;
    };
    struct Sheet {
        std::string name;                      // any text; made fit for a sheet's name, and told from the others
        std::vector<std::string> before = {};  // lines above the table
        std::vector<std::string> columns;
        std::vector<std::vector<Cell>> rows;
    };
    std::string title, author;
    std::int64_t made_at = 0;  // seconds since 1970 UTC, told as the file's creation
    std::vector<Sheet> sheets;
};

// Pages of A4 from the top down, broken where they are full; a table's head is repeated.
struct Print {
    struct Cell {
        std::string text;
        std::string colour = "#1a1a1a";
        bool strong = false;
    };
    struct Block {
        enum class Kind { heading, text, note, picture, table };
        Kind kind = Kind::text;
        std::string text = {};                     // heading, text, note
        std::string svg = {};                      // picture
        std::vector<std::string> columns = {};     // table
        std::vector<bool> numbers = {};            // table: which columns are set to the right
        std::vector<std::vector<Cell>> rows = {};  // table
    };
    std::string title, subtitle, author, colour = "#1f4e79";
    std::string footer;        // at the foot of each page, before `n / m`
    std::string language;      // as HTML names it
    std::int64_t made_at = 0;  // seconds since 1970 UTC
    std::vector<Block> blocks;
};

// One mail to one person (mail.md, Message). Names and subject are any text; what is not one line of text is refused.
struct Letter {
    struct Person {
        std::string name, address;
    };
    struct Part {
        std::string name;  // an attachment's file name in any script; of a picture: ASCII
        std::string type;  // image/png, application/pdf …
        std::string bytes;
        std::string content_id = {};  // pictures: without the brackets
    };
    Person from, to;
    std::string reply_to;  // an address, or empty
    std::string subject;
    std::string message_id;               // without the brackets
    std::vector<std::string> references;  // message ids of the mails before, oldest first; the last one is answered
    std::int64_t date = 0;                // seconds since 1970 UTC
    int zone_minutes = 480;               // of the sender's clock, east of Greenwich
    std::string language;                 // Content-Language
    std::string list_id;                  // `list.domain`, or empty
    std::string unsubscribe_url, unsubscribe_mail;  // https, and an address; empty: none
    std::string feedback_id;
    std::string text, html;
    std::vector<Part> pictures, attachments;
};

// How many bytes of UTF-8 a sender's name may have: as one encoded word it stands on one line of 76 characters with the
// address (mail.md, M05 and M08), and one word holds no more than 45.
constexpr std::size_t longest_sender(std::string_view address) {
    constexpr std::size_t line = 76, one_word = 45;
    constexpr std::size_t frame = std::string_view("From: =?UTF-8?B?").size() + std::string_view("?= <>").size();
    const std::size_t taken = frame + address.size();
    return taken < line ? std::min(one_word, (line - taken) / 4 * 3) : 0;
}

class Press {
  public:
    virtual ~Press() = default;
    // The drawing so many pixels wide, on white, with few colours. Throws Error (refused) for what is no drawing.
    virtual Picture png(std::string_view svg, int width) const = 0;
    // A brand's logo, PNG or JPEG, made to fit into the box. Throws Error (refused, press.bad_logo) for anything else,
    // for more than 2 MiB and for more than 4,000 pixels either way, told from its first bytes.
    virtual Picture logo(std::string_view bytes, int width, int height) const = 0;
    virtual std::string xlsx(const Workbook& workbook) const = 0;
    virtual std::string pdf(const Print& print) const = 0;
    // The whole message as it goes over the wire. Throws Error (refused, press.bad_header) for an address or a header
    // with line breaks or other control characters in it, and for an address that is none.
    virtual std::string message(const Letter& letter) const = 0;
};

// Opens the module. Throws Error (unreachable) where siyu is installed without it.
const Press& press();

// What the module gives under the name siyu_press.
struct PressModule {
    const char* version;
    const Press& (*press)();
};

}  // namespace siyu
