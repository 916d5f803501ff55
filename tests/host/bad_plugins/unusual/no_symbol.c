/* SPDX-License-Identifier: Apache-2.0 */
/* A library, but no plugin. */
int not_a_plugin(void);
int not_a_plugin(void) { return 1; }
