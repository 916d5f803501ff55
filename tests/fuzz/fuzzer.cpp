// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/targets.hpp"

#ifdef SIYU_FUZZ_TARGET  // the test that replays has its own way in
// libFuzzer's way in. Each target is a program of its own.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    siyu::fuzz::SIYU_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
#endif
