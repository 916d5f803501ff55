// SPDX-License-Identifier: Apache-2.0
#include "core/worker/doubt.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/blueprint/blueprint_bytes.hpp"
#include "core/host/soundness.hpp"
#include "core/intake/utf8.hpp"

namespace siyu {

namespace {

constexpr std::size_t most_levels = 64;
constexpr std::uint64_t most_values = 1'000'000;
constexpr std::size_t most_bytes = 64'000;  // of a sentence's part
constexpr std::size_t most_names = 32;      // of a note

[[noreturn]] void refuse() { throw Error(Error::refused, "worker.bad_message"); }

// Signs that steer a terminal become spaces, bytes that are no text question marks; of control signs `kept` stay.
void clean(std::string& text, std::string_view kept) {
    std::size_t long_characters = 0;
    for (std::size_t at = 0; (at += valid_utf8(std::string_view(text).substr(at), long_characters)) < text.size();)
        text[at] = '?';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte < 0x20 || byte == 0x7f) && kept.find(text[i]) == std::string_view::npos) text[i] = ' ';
        // U+0080 to U+009F, the same signs once more.
        const bool second = byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
        if (second) text[i] = text[i + 1] = ' ';
    }
}

void shorten(std::string& text) {
    if (text.size() > most_bytes) text = shortened(text, most_bytes);
}

bool for_the_terminal(const Page& page) {
    return page.format == Page::Format::kpi_table || page.format == Page::Format::forecast_table ||
           page.format == Page::Format::quality;
}

void doubt_pages(const Job& job, std::vector<Page>& pages) {
    const auto same = [](const Page& asked, const Page& given) {
        return asked.format == given.format && asked.audience == given.audience;
    };
    if (!std::equal(job.pages.begin(), job.pages.end(), pages.begin(), pages.end(), same)) refuse();
    for (Page& page : pages) {
        if (for_the_terminal(page)) clean(page.bytes, "\n\t");
        if (page.format == Page::Format::json && (!page.bytes.starts_with('{') || !nlohmann::json::accept(page.bytes)))
            refuse();
    }
}

// Whether it can be handed to a clerk, who reads everybody's facts.
bool is_whole(const std::string& blueprint) {
    try {
        return is_plain_cbor(blueprint) && is_sound(read_blueprint(blueprint));
    } catch (const nlohmann::json::exception&) {
        return false;
    }
}

}  // namespace

bool is_plain_cbor(std::string_view bytes) {
    std::vector<std::uint64_t> left{1};  // values to come, by level
    std::uint64_t values = 0;
    while (true) {
        while (!left.empty() && left.back() == 0) left.pop_back();
        if (left.empty()) return bytes.empty();
        --left.back();
        if (bytes.empty() || ++values > most_values) return false;
        const auto first = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        const unsigned kind = first >> 5, more = first & 31;
        if (more > 27) return false;  // of no known length
        const std::size_t size = more < 24 ? 0 : std::size_t{1} << (more - 24);
        if (bytes.size() < size) return false;
        std::uint64_t number = more < 24 ? more : 0;
        for (std::size_t i = 0; i < size; ++i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
        bytes.remove_prefix(size);
        switch (kind) {
            case 0:
            case 1: break;  // a number
            case 2:
            case 3:
                if (number > bytes.size()) return false;
                bytes.remove_prefix(number);
                break;
            case 4:
            case 5:
                if (number > most_values || left.size() == most_levels) return false;
                left.push_back(kind == 5 ? 2 * number : number);
                break;
            case 7:
                if (more < 20 || more > 27 || more == 24) return false;
                break;
            default: return false;  // a tag
        }
    }
}

void clean(Note& note) {
    if (note.with.size() > most_names) refuse();
    clean(note.id, "");
    shorten(note.id);
    for (auto& [name, value] : note.with) {
        // A mark for a sentence of the catalogue, see sentence().
        clean(value, value.starts_with('\x02') ? "\n\t\x02" : "\n\t");
        shorten(value);
    }
    for (Note& part : note.parts) clean(part);
}

void doubt(const Job& job, Outcome& outcome) {
    for (Note& remark : outcome.remarks) clean(remark);
    if (outcome.log.size() > 1000) outcome.log.resize(1000);
    for (std::string& line : outcome.log) {
        clean(line, "\t");
        shorten(line);
    }
    for (std::string* text : {&outcome.plugin, &outcome.version}) {
        clean(*text, "");
        shorten(*text);
    }
    clean(outcome.text, "\n\t");
    for (std::string& kpi : outcome.kpis) clean(kpi, "");
    if (outcome.verdict)
        for (Note& note : outcome.verdict->notes) clean(note);
    if (outcome.fault) {
        const Error::Code code = outcome.fault->code;
        if (code != Error::wrong_use && code != Error::refused && code != Error::unreachable) refuse();
        clean(outcome.fault->note);
        outcome.pages.clear();
        outcome.formulas.reset();
        return;
    }
    if (job.task == Job::Task::report) doubt_pages(job, outcome.pages);
    if (job.task == Job::Task::describe && !nlohmann::json::accept(outcome.json)) refuse();
    if (job.task == Job::Task::declare && !outcome.blueprint.empty() && !is_whole(outcome.blueprint)) refuse();
    if (job.task == Job::Task::check && !outcome.verdict) refuse();
    if (!outcome.formulas) return;
    if (job.task != Job::Task::report || outcome.formulas->since != job.assignment->period.last) refuse();
}

}  // namespace siyu
