/* zip-paths.h: the names in a ZIP file as paths that can be shown
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/zip/zip-entry.h"

G_BEGIN_DECLS

void     wb_zip_path_take_field   (WbZipEntry       *entry,
                                   const guint8     *extra,
                                   gsize             length,
                                   GStringChunk     *paths);
void     wb_zip_paths_decode      (WbZipEntry       *entries,
                                   guint             n_entries,
                                   GStringChunk     *paths);
gboolean wb_zip_path_field_agrees (const WbZipEntry *entry,
                                   const char       *name,
                                   gsize             name_length,
                                   const guint8     *extra,
                                   gsize             length);
gboolean wb_zip_path_is_same_name (const char       *a,
                                   gsize             a_length,
                                   gboolean          a_is_utf8,
                                   const char       *b,
                                   gsize             b_length,
                                   gboolean          b_is_utf8);

G_END_DECLS
