/* zip-view.h: a few entries of a file as a small ZIP archive of their own
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <archive.h>

#include "core/archive/zip/zip-reader.h"

G_BEGIN_DECLS

/* How many entries it has at most: after a bad one, only so many must be set up again. */
#define WB_ZIP_VIEW_MAX 64

/**
 * WbZipView:
 *
 * What libarchive sees in place of the file: a small ZIP archive of a few entries, whose compressed
 * bytes are the file's, and whose headers and central directory are ours. So libarchive does what
 * it is good at, decompress, and no name, extra field, offset or directory of the file reaches it.
 * It costs no more for the last of 50,000 entries than for the first.
 */
typedef struct _WbZipView WbZipView;

WbZipView      *wb_zip_view_new         (WbFileWindow        *window);
void            wb_zip_view_free        (WbZipView           *self);
void            wb_zip_view_set         (WbZipView           *self,
                                         const WbZipContents *contents,
                                         guint                n);
struct archive *wb_zip_view_open        (WbZipView           *self);
gboolean        wb_zip_view_is_at       (WbZipView           *self,
                                         struct archive      *archive,
                                         guint                index);
GError         *wb_zip_view_steal_error (WbZipView           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbZipView, wb_zip_view_free)

G_END_DECLS
