/* key-file.h: a small key file for its owner alone, read with suspicion and replaced whole
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int       wb_key_file_lock      (const char  *path,
                                 GError     **error);
GKeyFile *wb_key_file_read      (const char  *path,
                                 gboolean    *damaged,
                                 GError     **error);
gboolean  wb_key_file_write     (const char  *path,
                                 GKeyFile    *file,
                                 GError     **error);
gboolean  wb_key_file_set_aside (const char  *path,
                                 GError     **error);

G_END_DECLS
