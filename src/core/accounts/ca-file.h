/* ca-file.h: a private cloud's certificate authorities, and the copy of them that is kept
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GPtrArray *wb_ca_file_read (const char  *path,
                            GError     **error);

/* The copy is in a folder of our own, for its owner alone: what is chosen inside a sandbox does
 * not last. Drop removes a copy, and nothing but a copy. */
char      *wb_ca_file_keep (const char  *path,
                            GError     **error);
void       wb_ca_file_drop (const char  *path);

G_END_DECLS
