// SPDX-License-Identifier: Apache-2.0
#include "core/intake/xml.hpp"

#include <expat.h>

#include <new>

#include "core/base/error.hpp"

namespace siyu {

namespace {

constexpr int piece = 64 * 1024;

std::string_view local(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

struct XmlReader::Parser {
    XML_Parser handle = ::XML_ParserCreate(nullptr);
    bool paused = false, last = false, over = false;

    explicit Parser(XmlReader* reader) {
        if (!handle) throw std::bad_alloc();
        ::XML_SetUserData(handle, reader);
        ::XML_SetElementHandler(
            handle,
            [](void* to, const XML_Char* name, const XML_Char** attributes) {
                static_cast<XmlReader*>(to)->opened(local(name), Attributes(attributes));
            },
            [](void* to, const XML_Char* name) { static_cast<XmlReader*>(to)->closed(local(name)); });
        ::XML_SetCharacterDataHandler(handle, [](void* to, const XML_Char* text, int size) {
            static_cast<XmlReader*>(to)->text({text, static_cast<std::size_t>(size)});
        });
        // No spreadsheet declares a document type; entities that grow without end do.
        ::XML_SetStartDoctypeDeclHandler(handle, [](void* to, const XML_Char*, const XML_Char*, const XML_Char*, int) {
            ::XML_StopParser(static_cast<XmlReader*>(to)->parser_->handle, XML_FALSE);
        });
    }
    ~Parser() { ::XML_ParserFree(handle); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;
};

std::optional<std::string_view> XmlReader::Attributes::find(std::string_view name) const {
    for (const char** pair = pairs_; *pair; pair += 2)
        if (local(*pair) == name) return pair[1];
    return std::nullopt;
}

XmlReader::XmlReader(const Archive& archive, std::string_view entry)
    : file_(archive.file_name()), stream_(archive, entry), parser_(std::make_unique<Parser>(this)) {}

XmlReader::~XmlReader() = default;

void XmlReader::pause() {
    ::XML_StopParser(parser_->handle, XML_TRUE);
    parser_->paused = true;
}

bool XmlReader::read() {
    Parser& p = *parser_;
    while (!p.over) {
        XML_Status status = XML_STATUS_OK;
        if (p.paused) {
            p.paused = false;
            status = ::XML_ResumeParser(p.handle);
        } else {
            void* const buffer = ::XML_GetBuffer(p.handle, piece);
            if (!buffer) throw std::bad_alloc();
            const std::size_t got = stream_.read(static_cast<char*>(buffer), piece);
            p.last = got == 0;
            status = ::XML_ParseBuffer(p.handle, static_cast<int>(got), p.last);
        }
        if (status == XML_STATUS_ERROR)
            throw Error(Error::refused, "intake.broken_workbook",
                        {{"file", file_}, {"why", ::XML_ErrorString(::XML_GetErrorCode(p.handle))}});
        if (status == XML_STATUS_SUSPENDED) return true;
        p.over = p.last;
    }
    return false;
}

}  // namespace siyu
