/* zip-maker.h: ZIP files for tests, right ones and wrong ones
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WbZipItem:
 * @name: its name's bytes
 * @name_length: how many, or 0 if they end with a NUL byte
 * @local_name: (nullable): another name for the local header, of the same length
 * @data: its contents
 * @data_length: how many bytes, or 0 if they end with a NUL byte
 * @stored: not compressed
 * @descriptor: sizes and checksum stand behind the data, as Java writes it
 * @zip64: sizes and offset stand in ZIP64 extra fields
 * @mode: the file's Unix mode, or 0 for a file from DOS
 * @made_on: the number of another system
 * @extra: (nullable): extra fields, for both headers
 * @extra_length: how many bytes
 * @flag_bits: general purpose bits to set as well; 0x1 says encrypted, 0x800 says UTF-8
 * @method: the compression method to claim, or 0 for what it is
 * @crc_xor: what to spoil the checksum with
 * @size_plus: how much larger the declared size is than the contents
 * @compressed_plus: likewise, the compressed size
 *
 * One entry; everything left at zero makes a right one.
 */
typedef struct
{
  const char *name;
  gsize       name_length;
  const char *local_name;
  const void *data;
  gsize       data_length;
  gboolean    stored;
  gboolean    descriptor;
  gboolean    zip64;
  guint32     mode;
  guint8      made_on;
  const void *extra;
  gsize       extra_length;
  guint16     flag_bits;
  guint16     method;
  guint32     crc_xor;
  int         size_plus;
  int         compressed_plus;
} WbZipItem;

/**
 * WbZipEnd:
 * @comment: (nullable): the archive's comment
 * @zip64: with a ZIP64 end record and saturated plain fields
 * @prefix: (nullable): bytes before the archive, which the end record takes into account
 * @suffix: (nullable): bytes behind it
 * @count_plus: how many more entries it claims than there are
 * @directory_bytes_plus: likewise, the central directory's size
 * @directory_offset_plus: likewise, its offset
 *
 * How the archive ends; everything left at zero makes a right end.
 */
typedef struct
{
  const char *comment;
  gboolean    zip64;
  const char *prefix;
  const char *suffix;
  int         count_plus;
  int         directory_bytes_plus;
  int         directory_offset_plus;
} WbZipEnd;

typedef struct _WbZipMaker WbZipMaker;

WbZipMaker *wb_zip_maker_new        (void);
void        wb_zip_maker_free       (WbZipMaker      *self);
void        wb_zip_maker_add        (WbZipMaker      *self,
                                     const WbZipItem *item);
void        wb_zip_maker_add_text   (WbZipMaker      *self,
                                     const char      *name,
                                     const char      *text);
void        wb_zip_maker_add_again  (WbZipMaker      *self,
                                     const char      *name);
GBytes     *wb_zip_maker_finish     (WbZipMaker      *self,
                                     const WbZipEnd  *end);

/* A file that exists only as long as it is open; and one in the test's home. */
int         wb_zip_bytes_to_fd      (GBytes          *bytes);
char       *wb_zip_bytes_to_path    (GBytes          *bytes,
                                     const char      *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbZipMaker, wb_zip_maker_free)

G_END_DECLS
