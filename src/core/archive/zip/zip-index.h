/* zip-index.h: the judge of a ZIP file, from its central directory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  WB_ZIP_ENTRY_ENCRYPTED = 1 << 0,
  WB_ZIP_ENTRY_UTF8 = 1 << 1,     /* the name is marked as UTF-8 */
  WB_ZIP_ENTRY_FOLDER = 1 << 2,
  WB_ZIP_ENTRY_SYMLINK = 1 << 3,
  WB_ZIP_ENTRY_SPECIAL = 1 << 4,  /* a device, pipe or socket */
} WbZipEntryFlags;

/**
 * WbZipEntry:
 * @name: its name's bytes as stored, not NUL-terminated; may hold any byte
 * @name_length: how many
 * @header_offset: where its local header begins in the file
 *
 * One record of the central directory.
 */
typedef struct
{
  const char     *name;
  guint           name_length;
  guint16         method;
  guint32         crc32;
  guint64         compressed_bytes;
  guint64         size_bytes;
  guint64         header_offset;
  WbZipEntryFlags flags;
} WbZipEntry;

/* Immutable. */
typedef struct _WbZipIndex WbZipIndex;

WbZipIndex       *wb_zip_index_read                 (int            fd,
                                                     guint64        size_bytes,
                                                     GCancellable  *cancellable,
                                                     GError       **error);
void              wb_zip_index_free                 (WbZipIndex    *self);
guint             wb_zip_index_get_n                (WbZipIndex    *self);
const WbZipEntry *wb_zip_index_get                  (WbZipIndex    *self,
                                                     guint          index);
guint64           wb_zip_index_get_directory_offset (WbZipIndex    *self);
const char       *wb_zip_index_get_comment          (WbZipIndex    *self,
                                                     gsize         *length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbZipIndex, wb_zip_index_free)

G_END_DECLS
