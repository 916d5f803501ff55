// SPDX-License-Identifier: Apache-2.0
#include "core/app/report_work.hpp"

#include <algorithm>
#include <chrono>

#include "core/base/error.hpp"
#include "core/host/plugins.hpp"
#include "core/jobs/worker_name.hpp"
#include "core/store/checksum.hpp"

namespace siyu {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view to_files = "files:";

struct Kind {
    std::string_view name;
    Page::Format format;
    std::string_view ending;
};
constexpr Kind kinds[] = {{"html", Page::Format::html, "html"},
                          {"text", Page::Format::text, "txt"},
                          {"json", Page::Format::json, "json"},
                          {"eml", Page::Format::document, "eml"},
                          {"xlsx", Page::Format::document, "xlsx"},
                          {"pdf", Page::Format::document, "pdf"},
                          {"document", Page::Format::document, "document"}};

const Kind& kind_of(std::string_view format) {
    for (const Kind& kind : kinds)
        if (kind.name == format) return kind;
    throw Error(Error::wrong_use, "app.bad_format", {{"format", std::string(format)}});
}

Audience audience_of(std::string_view name) {
    if (name == "brand") return Audience::brand;
    if (name == "agency") return Audience::agency;
    throw Error(Error::wrong_use, "app.bad_audience", {{"audience", std::string(name)}});
}

}  // namespace

std::vector<Page> pages_of(const ReportOrder& order) {
    std::vector<Page> pages;
    for (const std::string& audience : order.audiences)
        for (const std::string& format : order.formats)
            pages.push_back({kind_of(format).format, audience_of(audience)});
    return pages;
}

std::string file_name(const ReportOrder& order, std::string_view audience, std::string_view format) {
    return std::string(to_string(order.rhythm)) + "-" + to_string(order.last) + "-" + std::string(audience) + "." +
           std::string(to_string(order.language)) + "." + std::string(kind_of(format).ending);
}

JobKey render_job(std::int64_t tenant, const ReportOrder& order) { return {tenant, JobKind::render, order.name()}; }

JobKey delivery_job(std::int64_t tenant, const ReportOrder& order) {
    return {tenant, JobKind::deliver, std::string(to_files) + order.name()};
}

ReportOrder order_of(const JobKey& job) {
    std::string_view name(job.name);
    const bool known = job.kind == JobKind::render || (job.kind == JobKind::deliver && name.starts_with(to_files));
    if (known && job.kind == JobKind::deliver) name.remove_prefix(to_files.size());
    if (const auto order = known ? ReportOrder::parse(name) : std::nullopt) return *order;
    throw Error(Error::refused, "jobs.unknown_work", {{"name", job.name}});
}

std::string MadeWith::text() {
    std::string files;
    const auto plugins = Plugins::files(places_);
    for (const fs::path& file : plugins) {
        std::error_code error;
        files += file.string() + " " + std::to_string(fs::file_size(file, error)) + " " +
                 std::to_string(fs::last_write_time(file, error).time_since_epoch().count()) + "\n";
    }
    if (text_.empty() || files != files_) {
        std::string sums;
        for (const fs::path& file : plugins)
            sums += file.filename().string() + " " + std::to_string(checksum(read_file(file))) + "\n";
        text_ = SIYU_VERSION " " + std::to_string(checksum(sums));
        files_ = files;
    }
    return text_;
}

ReportFolder::ReportFolder(fs::path folder) : folder_(std::move(folder)) {
    // Beside the reports, so that what is whole can be moved; apart from them, so that nobody takes it for one.
    const fs::path parts = folder_ / ".parts";
    std::string own = own_worker_name();
    std::replace(own.begin(), own.end(), ':', '~');
    part_ = parts / own;
    std::error_code error;
    const auto now = fs::file_time_type::clock::now();
    for (fs::directory_iterator entry(parts, error), end; !error && entry != end; entry.increment(error)) {
        std::string writer = entry->path().filename().string();
        std::replace(writer.begin(), writer.end(), '~', ':');
        std::error_code gone;
        // A writer on another machine cannot be seen from here, but none takes a day for a file.
        if (surely_dead(writer) || now - entry->last_write_time(gone) > std::chrono::hours(24))
            fs::remove(entry->path(), gone);
    }
}

fs::path ReportFolder::write(const std::string& tenant, const std::string& name, std::string_view bytes, bool lasting) {
    const fs::path file = folder_ / tenant / name;
    write_file(file, bytes, part_, lasting);
    return file;
}

}  // namespace siyu
