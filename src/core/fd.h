/* fd.h: all of what a file descriptor is to take or give
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/* They block, and leave the reason in errno where they fail. */
int       wb_fd_open_file   (const char    *path,
                             struct stat   *info);
gboolean  wb_fd_write_all   (int            fd,
                             gconstpointer  bytes,
                             gsize          length);
gssize    wb_fd_read_at     (int            fd,
                             gpointer       buffer,
                             gsize          length,
                             guint64        offset);
char     *wb_fd_read_capped (int            fd,
                             gsize          max_bytes,
                             gsize         *length);

G_END_DECLS
