// SPDX-License-Identifier: Apache-2.0
#include "core/press/message.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "core/press/envelope.hpp"
#include "core/press/held.hpp"
#include "core/press/plain_text.hpp"

namespace siyu {

namespace {

using Text = Held<char, g_free>;
using Object = HeldObject<GMimeObject>;

constexpr std::size_t longest_quoted = 45;  // bytes of an ASCII name that stands as it is
constexpr std::size_t longest_plain = 200;  // of a subject on one line

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

// Nobody takes it for encoded words.
bool stands_as_it_is(std::string_view text) { return is_ascii(text) && text.find("=?") == text.npos; }

std::string encoded_word(std::string_view text) {
    const Text base64(g_base64_encode(reinterpret_cast<const guchar*>(text.data()), text.size()));
    return std::string("=?UTF-8?B?") + base64.get() + "?=";
}

// A line for each word; GMime counts characters where RFC 2047 counts bytes, and makes words of 160 (M05, M06).
std::string encoded_words(std::string_view text) {
    constexpr std::size_t per_word = 39;  // 64 with the frame: leaves room for what stands before it on the line
    std::string words;
    while (!text.empty()) {
        const std::string_view word = front_of(text, per_word);
        words += (words.empty() ? "" : "\n ") + encoded_word(word);
        text.remove_prefix(word.size());
    }
    return words;
}

// A header exactly as it is given: GMime would fold it, which breaks signatures and strict servers (M08, M09). What is
// given was checked before.
void put(GMimeObject* on, const char* name, const std::string& value) {
    g_mime_object_set_header(on, name, "", nullptr);
    GMimeHeader* header = g_mime_header_list_get_header(g_mime_object_get_header_list(on), name);
    g_mime_header_set_raw_value(header, (" " + value + "\n").c_str());
}

// Servers in China take a sender's name as ASCII or as one word of base64, on one line (M08).
std::string sender(const Letter::Person& from) {
    const bool plain = stands_as_it_is(from.name);
    const std::string name(front_of(from.name, plain ? longest_quoted : longest_sender(from.address)));
    if (name.empty()) return from.address;
    const Text quoted(g_mime_utils_quote_string(name.c_str()));
    return (plain ? quoted.get() : encoded_word(name)) + " <" + from.address + ">";
}

std::string recipient(const Letter::Person& to) {
    if (to.name.size() <= longest_quoted && stands_as_it_is(to.name)) return sender(to);
    return encoded_words(to.name) + "\n <" + to.address + ">";
}

std::string date(const Letter& letter) {
    const Held<GTimeZone, g_time_zone_unref> zone(g_time_zone_new_offset(letter.zone_minutes * 60));
    const Held<GDateTime, g_date_time_unref> utc(g_date_time_new_from_unix_utc(letter.date));
    const Held<GDateTime, g_date_time_unref> local(g_date_time_to_timezone(utc.get(), zone.get()));
    return Text(g_mime_utils_header_format_date(local.get())).get();
}

void put_bytes(GMimePart* part, std::string_view bytes, GMimeContentEncoding encoding) {
    const HeldObject<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const HeldObject<GMimeDataWrapper> content(
        g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
    g_mime_part_set_content(part, content.get());
    g_mime_part_set_content_encoding(part, encoding);
}

// Base64 where a quarter is not ASCII: shorter from there on, and suspicious to filters below (M21). Lines end in CRLF
// inside it as well; quoted-printable leaves them to the stream.
Object text_part(const char* subtype, const std::string& text) {
    std::string plain = plain_text(text);
    if (!plain.ends_with('\n')) plain += '\n';
    const auto others = std::count_if(plain.begin(), plain.end(), [](char c) { return (c & 0x80) != 0; });
    const bool base64 = static_cast<std::size_t>(others) * 4 >= plain.size();
    if (base64)
        for (std::size_t at = 0; (at = plain.find('\n', at)) != plain.npos; at += 2) plain.insert(at, 1, '\r');
    GMimePart* part = g_mime_part_new_with_type("text", subtype);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "UTF-8");
    put_bytes(part, plain, base64 ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return Object(GMIME_OBJECT(part));
}

Object file_part(const Letter::Part& file, const char* disposition) {
    const std::size_t slash = file.type.find('/');
    GMimePart* part =
        g_mime_part_new_with_type(file.type.substr(0, slash).c_str(), file.type.substr(slash + 1).c_str());
    put_bytes(part, file.bytes, GMIME_CONTENT_ENCODING_BASE64);
    Object object(GMIME_OBJECT(part));
    if (file.type.starts_with("text/")) g_mime_object_set_content_type_parameter(object.get(), "charset", "UTF-8");
    g_mime_object_set_disposition(object.get(), disposition);
    return object;
}

Object picture_part(const Letter::Part& picture) {
    Object object = file_part(picture, GMIME_DISPOSITION_INLINE);
    g_mime_part_set_filename(GMIME_PART(object.get()), file_name(picture.name).c_str());
    put(object.get(), "Content-ID", "<" + picture.content_id + ">");
    return object;
}

// The name twice: as RFC 2231 has it, and the way QQ Mail understands, which no library writes (M23, M24). A name of
// ASCII needs no such care.
Object attachment_part(const Letter::Part& file) {
    Object object = file_part(file, GMIME_DISPOSITION_ATTACHMENT);
    const std::string name = file_name(file.name);
    g_mime_part_set_filename(GMIME_PART(object.get()), name.c_str());
    if (is_ascii(name)) return object;
    GMimeContentDisposition* disposition = g_mime_object_get_content_disposition(object.get());
    GMimeParam* parameter =
        g_mime_param_list_get_parameter(g_mime_content_disposition_get_parameters(disposition), "filename");
    g_mime_param_set_charset(parameter, "UTF-8");
    const char* charset = file.type.starts_with("text/") ? "; charset=UTF-8" : "";
    put(object.get(), "Content-Type", file.type + charset + ";\n name=\"" + encoded_words(name) + "\"");
    return object;
}

// The same mail has the same boundaries. No line of base64 or quoted-printable can be one, because of its `=_`; all are
// of one length, so none is the beginning of another (M16).
Object multipart(const Letter& letter, const char* subtype, std::vector<Object> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    GMimeMultipart* all = g_mime_multipart_new_with_subtype(subtype);
    const std::string seed = letter.message_id + '\n' + subtype;
    const Text hash(g_compute_checksum_for_string(G_CHECKSUM_SHA256, seed.c_str(), -1));
    g_mime_multipart_set_boundary(all, ("=_" + std::string(hash.get()).substr(0, 32)).c_str());
    for (const Object& part : parts) g_mime_multipart_add(all, part.get());
    return Object(GMIME_OBJECT(all));
}

Object body(const Letter& letter) {
    std::vector<Object> shown, whole;
    if (!letter.text.empty() || letter.html.empty()) shown.push_back(text_part("plain", letter.text));
    if (!letter.html.empty()) {
        std::vector<Object> related;
        related.push_back(text_part("html", letter.html));
        for (const auto& picture : letter.pictures) related.push_back(picture_part(picture));
        shown.push_back(multipart(letter, "related", std::move(related)));
        if (!letter.pictures.empty()) g_mime_object_set_content_type_parameter(shown.back().get(), "type", "text/html");
    }
    whole.push_back(multipart(letter, "alternative", std::move(shown)));
    for (const auto& file : letter.attachments) whole.push_back(attachment_part(file));
    return multipart(letter, "mixed", std::move(whole));
}

std::string unsubscribe(const Letter& letter) {
    std::string ways;
    if (!letter.unsubscribe_url.empty()) ways = "<" + letter.unsubscribe_url + ">";
    if (letter.unsubscribe_mail.empty()) return ways;
    const Text address(g_uri_escape_string(letter.unsubscribe_mail.c_str(), "@", FALSE));
    return ways + (ways.empty() ? "" : ", ") + "<mailto:" + address.get() + ">";
}

void put_headers(GMimeMessage* message, const Letter& letter) {
    GMimeObject* on = GMIME_OBJECT(message);
    const auto put_known = [&](const char* name, const std::string& value) {
        if (!value.empty()) put(on, name, value);
    };
    put(on, "Date", date(letter));
    put(on, "From", sender(letter.from));
    put(on, "To", recipient(letter.to));
    put_known("Reply-To", letter.reply_to);
    const bool plain = letter.subject.size() <= longest_plain && stands_as_it_is(letter.subject);
    put(on, "Subject", plain ? letter.subject : encoded_words(letter.subject));
    put(on, "Message-ID", "<" + letter.message_id + ">");
    if (!letter.references.empty()) {
        std::string all;
        for (const auto& id : letter.references) all += (all.empty() ? "<" : "\n <") + id + ">";
        put(on, "In-Reply-To", "<" + letter.references.back() + ">");
        put(on, "References", all);
    }
    put(on, "MIME-Version", "1.0");
    put_known("Content-Language", letter.language);
    put(on, "Auto-Submitted", "auto-generated");
    put(on, "X-Auto-Response-Suppress", "OOF, AutoReply");
    if (!letter.list_id.empty()) put(on, "List-ID", "<" + letter.list_id + ">");
    put_known("List-Unsubscribe", unsubscribe(letter));
    if (!letter.unsubscribe_url.empty()) put(on, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    put_known("Feedback-ID", letter.feedback_id);
}

}  // namespace

std::string write_message(const Letter& letter) {
    check_headers(letter);
    const HeldObject<GMimeMessage> message(g_mime_message_new(FALSE));
    put_headers(message.get(), letter);
    g_mime_message_set_mime_part(message.get(), body(letter).get());
    const Held<GMimeFormatOptions, g_mime_format_options_free> options(g_mime_format_options_new());
    g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
    const HeldObject<GMimeStream> stream(g_mime_stream_mem_new());
    g_mime_object_write_to_stream(GMIME_OBJECT(message.get()), options.get(), stream.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

}  // namespace siyu
