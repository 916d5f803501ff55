// SPDX-License-Identifier: Apache-2.0
#include "core/net/trust.hpp"

#include <Poco/Net/InvalidCertificateHandler.h>
#include <Poco/Net/VerificationErrorArgs.h>

#include <utility>

namespace siyu {

namespace {

thread_local std::string certificate_words;

// Refuses what did not pass the check, and remembers why: Poco's exception says only that it did not.
class Refuser : public Poco::Net::InvalidCertificateHandler {
  public:
    Refuser() : InvalidCertificateHandler(false) {}
    void onInvalidCertificate(const void*, Poco::Net::VerificationErrorArgs& error) override {
        certificate_words = error.errorMessage();
        error.setIgnoreError(false);
    }
};

}  // namespace

Poco::Net::Context::Ptr trust(const std::string& authority) {
    using Poco::Net::Context;
    Context::Params params;
    params.caLocation = authority;
    params.loadDefaultCAs = true;
    params.verificationMode = Context::VERIFY_STRICT;
    Context::Ptr context = new Context(Context::TLS_CLIENT_USE, params);
    context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    context->enableExtendedCertificateVerification(true);  // without it any host's certificate would do
    context->setInvalidCertificateHandler(new Refuser);
    return context;
}

std::string take_certificate_words() { return std::exchange(certificate_words, {}); }

}  // namespace siyu
