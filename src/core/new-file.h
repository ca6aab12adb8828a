/* new-file.h: a file that takes its place when it is whole
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WbNewFile WbNewFile;

WbNewFile *wb_new_file_open       (const char *path,
                                   gboolean    with_name,
                                   GError    **error);
WbNewFile *wb_new_file_adopt      (const char *path,
                                   int         fd);
void       wb_new_file_free       (WbNewFile  *self);

int        wb_new_file_get_fd     (WbNewFile  *self);
gboolean   wb_new_file_place      (WbNewFile  *self,
                                   gboolean    overwrite,
                                   GError    **error);
gboolean   wb_new_file_needs_name (WbNewFile  *self);

gboolean   wb_new_file_write_text (const char *path,
                                   const char *text,
                                   gsize       length,
                                   GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbNewFile, wb_new_file_free)

G_END_DECLS
