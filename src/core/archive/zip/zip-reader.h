/* zip-reader.h: the contents of entries of a ZIP file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/zip/file-window.h"
#include "core/archive/zip/problems.h"
#include "core/archive/zip/zip-entry.h"

G_BEGIN_DECLS

/**
 * WbZipContents:
 * @entry: (unowned): the entry
 * @data_offset: where its compressed bytes begin in the file
 * @id: for the caller
 *
 * Where an entry's contents lie, as far as wb_zip_locate() found no fault.
 */
typedef struct
{
  const WbZipEntry *entry;
  guint64           data_offset;
  guint             id;
} WbZipContents;

/**
 * WbZipReaderFunc:
 * @contents: one of those asked for, in their order
 * @bytes: what came out, at most as many as the entry says that it has
 * @length: how many
 * @problems: what is wrong with it; with %WB_PROBLEM_UNREADABLE or %WB_PROBLEM_UNSUPPORTED the
 *   bytes may be fewer
 * @user_data: as given
 *
 * Returns: %FALSE to stop
 */
typedef gboolean (*WbZipReaderFunc) (const WbZipContents *contents,
                                     const guint8        *bytes,
                                     gsize                length,
                                     WbProblems           problems,
                                     gpointer             user_data);

int      wb_zip_contents_compare
                              (const void           *a,
                               const void           *b);
gboolean wb_zip_read_contents (WbFileWindow         *window,
                               const char           *password,
                               const WbZipContents  *contents,
                               guint                 n_contents,
                               WbZipReaderFunc       func,
                               gpointer              user_data,
                               GError              **error);

G_END_DECLS
