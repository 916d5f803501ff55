// SPDX-License-Identifier: Apache-2.0
#include "core/net/web_site.hpp"

#include <Poco/Net/HTMLForm.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/MediaType.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/NullPartHandler.h>

#include <sstream>

#include "core/net/web_door.hpp"

namespace siyu {

namespace net = Poco::Net;
using Answer = std::function<WebAnswer(const WebRequest&)>;
using Status = net::HTTPResponse::HTTPStatus;

namespace {

constexpr std::streamsize most_body = 64 << 10;
constexpr int most_visitors = 128;

// A request that no page answers.
struct Refusal {
    Status status;
};

std::map<std::string, std::string> fields(std::istream& text, const std::string& encoding) {
    net::HTMLForm form(encoding);
    net::NullPartHandler no_files;
    try {
        form.read(text, no_files);
    } catch (const Poco::Exception&) {
        throw Refusal{Status::HTTP_BAD_REQUEST};
    }
    std::map<std::string, std::string> all;
    for (const auto& [name, value] : form)
        if (const auto [at, first] = all.emplace(name, value); !first) at->second += "\n" + value;
    return all;
}

std::string read_body(net::HTTPServerRequest& request) {
    if (!request.hasContentLength() && !request.getChunkedTransferEncoding()) return {};
    if (request.hasContentLength() && request.getContentLength64() > most_body)
        throw Refusal{Status::HTTP_REQUEST_ENTITY_TOO_LARGE};
    std::string body(most_body + 1, '\0');
    std::istream& stream = request.stream();
    stream.read(body.data(), most_body + 1);
    if (stream.bad()) throw Refusal{Status::HTTP_REQUEST_TIMEOUT};
    if (stream.gcount() > most_body) throw Refusal{Status::HTTP_REQUEST_ENTITY_TOO_LARGE};
    if (request.hasContentLength() && stream.gcount() < request.getContentLength64())
        throw Refusal{Status::HTTP_BAD_REQUEST};
    body.resize(static_cast<std::size_t>(stream.gcount()));
    return body;
}

WebRequest understand(net::HTTPServerRequest& request) {
    WebRequest made;
    made.method = request.getMethod();
    if (made.method == "HEAD") made.method = "GET";  // the same page; only its body stays here
    if (made.method != "GET" && made.method != "POST") throw Refusal{Status::HTTP_METHOD_NOT_ALLOWED};
    const std::string& uri = request.getURI();
    const auto mark = uri.find('?');
    made.path = uri.substr(0, mark);
    if (mark != std::string::npos) {
        std::istringstream query(uri.substr(mark + 1, uri.find('#') - mark - 1));
        made.query = fields(query, net::HTMLForm::ENCODING_URL);
    }
    const std::string body = made.method == "POST" ? read_body(request) : std::string();
    if (body.empty()) return made;
    // Mail programs that unsubscribe by one click (RFC 8058) send either of the two.
    const net::MediaType type(request.getContentType());
    const bool multipart = type.matches("multipart", "form-data");
    if (!multipart && !type.matches("application", "x-www-form-urlencoded"))
        throw Refusal{Status::HTTP_UNSUPPORTEDMEDIATYPE};
    // Half of a form says nothing, however much of it could be read.
    if (multipart &&
        (!type.hasParameter("boundary") || body.find("--" + type.getParameter("boundary") + "--") == std::string::npos))
        throw Refusal{Status::HTTP_BAD_REQUEST};
    std::istringstream text(body);
    made.form = fields(text, multipart ? net::HTMLForm::ENCODING_MULTIPART : net::HTMLForm::ENCODING_URL);
    return made;
}

WebAnswer refuse(Status status) {
    return {status, "text/plain; charset=utf-8",
            std::to_string(status) + " " + net::HTTPResponse::getReasonForStatus(status) + "\n"};
}

// Without details for whoever asks from outside.
WebAnswer answer_to(net::HTTPServerRequest& request, const Answer& answer) {
    try {
        return answer(understand(request));
    } catch (const Refusal& refusal) {
        return refuse(refusal.status);
    } catch (const Poco::SyntaxException&) {
        return refuse(Status::HTTP_BAD_REQUEST);
    } catch (...) {
        return refuse(Status::HTTP_INTERNAL_SERVER_ERROR);
    }
}

class Visit : public net::HTTPRequestHandler {
  public:
    explicit Visit(const Answer& answer) : answer_(answer) {}

    void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
        const WebAnswer answer = answer_to(request, answer_);
        response.setStatusAndReason(static_cast<Status>(answer.status));
        response.setContentType(answer.type);
        if (answer.status == Status::HTTP_METHOD_NOT_ALLOWED) response.set("Allow", "GET, HEAD, POST");
        response.set("Cache-Control", "no-store");
        response.set("Referrer-Policy", "no-referrer");
        response.set("X-Robots-Tag", "noindex");
        response.set("X-Content-Type-Options", "nosniff");
        response.set("Content-Security-Policy",
                     "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
                     "frame-ancestors 'none'");
        response.setContentLength64(static_cast<Poco::Int64>(answer.body.size()));
        std::ostream& stream = response.send();
        stream << answer.body;  // which goes nowhere upon HEAD
        stream.flush();
        // Closing upon what was not read yet would take the answer away from whoever is still speaking.
        if (answer.status == Status::HTTP_REQUEST_ENTITY_TOO_LARGE) request.stream().ignore(16 * most_body);
    }

  private:
    const Answer& answer_;
};

class Visits : public net::HTTPRequestHandlerFactory {
  public:
    explicit Visits(Answer answer) : answer_(std::move(answer)) {}
    net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override { return new Visit(answer_); }

  private:
    const Answer answer_;
};

// A connection that is kept occupies a thread, so none is kept.
net::HTTPServerParams* params() {
    auto* made = new net::HTTPServerParams;
    made->setKeepAlive(false);
    made->setTimeout(Poco::Timespan(5, 0));
    made->setThreadIdleTime(Poco::Timespan(0, 200'000));  // the end may have to wait for it
    made->setMaxThreads(most_visitors);
    made->setMaxQueued(2 * most_visitors);
    return made;
}

}  // namespace

WebSite::WebSite(const std::string& address, Answer answer)
    : pool_(2, most_visitors),
      server_(new Visits(std::move(answer)), pool_, WebDoor(net::SocketAddress(address)), params()) {
    server_.start();
}

WebSite::~WebSite() {
    try {
        server_.stopAll(true);
        pool_.joinAll();
    } catch (const std::exception&) {
        // Nobody is left to be told.
    }
}

}  // namespace siyu
