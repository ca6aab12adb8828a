/* zip-frame.h: how a ZIP file begins and ends
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/zip/file-window.h"

G_BEGIN_DECLS

/* What each part begins with, the lowest byte first (APPNOTE 4.3). */
#define WB_ZIP_LOCAL_SIGNATURE 0x04034b50u
#define WB_ZIP_RECORD_SIGNATURE 0x02014b50u
#define WB_ZIP_DESCRIPTOR_SIGNATURE 0x08074b50u
#define WB_ZIP_END_SIGNATURE 0x06054b50u
#define WB_ZIP_END64_SIGNATURE 0x06064b50u
#define WB_ZIP_LOCATOR64_SIGNATURE 0x07064b50u

/* The fixed parts of a local header and of a record in the central directory. */
#define WB_ZIP_LOCAL_BYTES 30
#define WB_ZIP_RECORD_BYTES 46

/**
 * WbZipFrame:
 * @n_entries: how many records the central directory has; no more than its size allows
 * @wraps: whether there may be 65,536 more, or any multiple of it
 * @directory_bytes: its size
 * @directory_offset: where it begins
 * @end_offset: where it ends
 * @base: what has to be added to the offsets in its records, for bytes before the archive
 * @comment_bytes: the size of the archive's comment, which is the last of the file
 */
typedef struct
{
  guint64  n_entries;
  gboolean wraps;
  guint64  directory_bytes;
  guint64  directory_offset;
  guint64  end_offset;
  guint64  base;
  gsize    comment_bytes;
} WbZipFrame;

gboolean wb_zip_frame_read         (WbFileWindow  *window,
                                    WbZipFrame    *frame,
                                    GError       **error);
void     wb_zip_set_error_broken   (GError       **error);
void     wb_zip_set_error_too_many (GError       **error);

G_END_DECLS
