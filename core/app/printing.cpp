// SPDX-License-Identifier: Apache-2.0
#include "core/app/printing.hpp"

#include "reports/document_bytes.hpp"

namespace siyu {

namespace {

constexpr int morning = 9 * 60;

}  // namespace

bool is_printed(std::string_view format) { return format == "eml" || format == "xlsx" || format == "pdf"; }

std::string Printing::file(const Tenant& tenant, const ReportOrder& order, std::string_view audience,
                           std::string_view format, std::string page) {
    if (!is_printed(format)) return page;
    const Document document = read_document(page);
    const Catalogue& say = catalogue(order.language);
    if (!dispatch_) {
        dispatch_.emplace(session_, session_.database());
        if (format == "eml" && dispatch_->settings().mail.unset) session_.tell("delivery.unset");
    }
    const Stationery stationery = dispatch_->stationery(tenant, dispatch_->terms(tenant));
    const std::int64_t after = moment(Zone(tenant.timezone), order.last + 1, morning);
    if (format == "xlsx") return press().xlsx(workbook_of(document, after, say));
    if (format == "pdf") return press().pdf(print_of(document, stationery, after, say));
    const MailSettings& settings = dispatch_->settings().mail;
    const Letters letters(settings, "a look, not a link", dispatch_->settings().rules);
    Publication publication;
    publication.key = {tenant.number, order.rhythm, order.last, 1};
    publication.due_at = after;
    Recipient to;
    to.address = settings.from;
    to.name = tenant.name;
    to.role = audience == "brand" ? Role::brand : Role::agency;
    to.language = order.language;
    return letters.report(tenant, stationery, publication, document, to, {}, after).message;
}

}  // namespace siyu
