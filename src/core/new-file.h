/* new-file.h: a file that takes its place when it is whole
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WbNewFile WbNewFile;

/* Writes to @fd; returns: %FALSE with an error if that failed. */
typedef gboolean (*WbNewFileFunc) (int      fd,
                                   gpointer user_data,
                                   GError **error);

WbNewFile *wb_new_file_open       (const char   *path,
                                   GError      **error);
WbNewFile *wb_new_file_adopt      (const char   *path,
                                   int           fd);
void       wb_new_file_free       (WbNewFile    *self);
gboolean   wb_new_file_place      (WbNewFile    *self,
                                   gboolean      overwrite,
                                   GError      **error);

gboolean   wb_new_file_write      (const char   *path,
                                   gboolean      overwrite,
                                   WbNewFileFunc func,
                                   gpointer      user_data,
                                   GError      **error);
gboolean   wb_new_file_write_text (const char   *path,
                                   const char   *text,
                                   gsize         length,
                                   GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbNewFile, wb_new_file_free)

G_END_DECLS
