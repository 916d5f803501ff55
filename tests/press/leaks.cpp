// SPDX-License-Identifier: Apache-2.0

// The leak sanitizer asks for this. fontconfig keeps its fonts to the end behind pointers that the sanitizer does not
// see; libxml2 loses the entities of a document that it refuses for having too many.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\nleak:xmlParseEntityValue\n"; }
