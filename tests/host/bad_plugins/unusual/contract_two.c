/* SPDX-License-Identifier: Apache-2.0 */
/* Built for a contract to come. */
extern const int siyu_plugin_v2;
const int siyu_plugin_v2 = 2;
