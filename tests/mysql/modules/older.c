// SPDX-License-Identifier: Apache-2.0
// The module of another siyu, which gives nothing that this one could use.
const struct {
    const char* version;
    void* open;
} siyu_store = {"0.0.9", 0};
