/* folder-summary.h: what is in a folder of an archive, or in all of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

/**
 * WbFolderSummary:
 * @n_connections: how many connections are in it, at any depth
 * @size_bytes: the size of its files when unpacked
 * @types: (owned): their types with how many there are of each, the most frequent first, as words;
 *   empty without connections
 */
typedef struct
{
  guint   n_connections;
  guint64 size_bytes;
  char   *types;
} WbFolderSummary;

void wb_folder_summary_init  (WbFolderSummary *self,
                              WbArchive       *archive,
                              guint            node);
void wb_folder_summary_clear (WbFolderSummary *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbFolderSummary, wb_folder_summary_clear)

G_END_DECLS
