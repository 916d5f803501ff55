// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/app/dispatch.hpp"
#include "core/app/report_work.hpp"

namespace siyu {

// Whether pages of the format are made of the document, outside the workers: eml, xlsx, pdf.
bool is_printed(std::string_view format);

// Makes files of documents. What is there as a page already stays as it is.
class Printing {
  public:
    explicit Printing(Session& session) : session_(session) {}
    // The same bytes each time: a mail's Date is the morning after the period, its links lead nowhere.
    std::string file(const Tenant& tenant, const ReportOrder& order, std::string_view audience, std::string_view format,
                     std::string page);

  private:
    Session& session_;
    std::optional<Dispatch> dispatch_;
};

}  // namespace siyu
