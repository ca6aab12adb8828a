/* archive-file.h: a ZIP file that was named on the command line
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

/* wb_archive_open(), or one of those that read less. */
typedef WbArchive *WbCliOpen (WbSpool      *spool,
                              GCancellable *cancellable,
                              GError      **error);

WbSpool   *wb_cli_archive_load   (const char    *path,
                                  GError       **error);
char      *wb_cli_archive_dup_shown_path
                                 (const char    *path);
WbArchive *wb_cli_archive_open_spool
                                 (WbSpool       *spool,
                                  const char    *path,
                                  WbCliOpen     *open,
                                  GCancellable  *cancellable,
                                  GError       **error);
WbArchive *wb_cli_archive_open   (const char    *path,
                                  WbCliOpen     *open,
                                  GCancellable  *cancellable,
                                  GError       **error);
gboolean   wb_cli_archive_verify (WbArchive     *archive,
                                  const char    *path,
                                  GError       **error);
int        wb_cli_archive_find   (WbArchive     *archive,
                                  const char    *path);

G_END_DECLS
