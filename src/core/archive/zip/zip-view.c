/* zip-view.c: one entry of a ZIP file, as libarchive may see it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-view.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/archive/zip/zip-extra.h"
#include "core/error.h"
#include "core/libarchive.h"

#define FLAG_ENCRYPTED 1

/* Of one that is not encrypted, with the name that it has here. */
#define VIEW_HEADER_BYTES 31

/* Numbers of the ZIP format. */
#define METHOD_BZIP2 12
#define METHOD_LZMA 14
#define METHOD_PPMD 98

/* What stands before and behind encrypted bytes: of ZipCrypto a header; of AES the salt, half as
 * long as the key, two bytes to check the password, and a code to check the data. */
#define TRADITIONAL_HEADER_BYTES 12
#define AES_CHECK_BYTES 2
#define AES_CODE_BYTES 10

/* A view's header, with its name of one letter. */
#define HEADER_BYTES 31
#define METHOD_OFFSET 8
#define METHOD_LZMA 14
#define MIN_DICTIONARY_BYTES 4096

static void
put (GByteArray *out,
     guint       n_bytes,
     guint64     value)
{
  for (guint i = 0; i < n_bytes; i++, value >>= 8)
    {
      guint8 byte = value & 0xff;

      g_byte_array_append (out, &byte, 1);
    }
}

static GByteArray *
create (guint16 flags,
        guint16 method,
        guint32 crc32,
        guint64 compressed_bytes,
        guint64 size_bytes,
        guint   extra_bytes)
{
  GByteArray *view = g_byte_array_new ();

  put (view, 4, 0x04034b50);
  put (view, 2, 20);
  put (view, 2, flags);
  put (view, 2, method);
  put (view, 4, 0x00210000);
  put (view, 4, crc32);
  put (view, 4, compressed_bytes);
  put (view, 4, size_bytes);
  put (view, 2, 1);
  put (view, 2, extra_bytes);
  put (view, 1, 'x');

  return view;
}

/**
 * wb_zip_view_new:
 * @method: how the entry is compressed
 * @crc32: its checksum
 * @compressed_bytes: how many bytes will be appended, less than 4 GiB
 * @size_bytes: how many come out
 *
 * Returns: (transfer full): the beginning of a view
 */
GByteArray *
wb_zip_view_new (guint16 method,
                 guint32 crc32,
                 guint64 compressed_bytes,
                 guint64 size_bytes)
{
  return create (0, method, crc32, compressed_bytes, size_bytes, 0);
}

/**
 * wb_zip_view_new_encrypted:
 * @entry: an entry for which wb_zip_view_get_overhead() is not 0
 *
 * It is shown as if it were stored, so that its compressed bytes come out.
 *
 * Returns: (transfer full): the beginning of a view
 */
GByteArray *
wb_zip_view_new_encrypted (const WbZipEntry *entry)
{
  guint64     size = entry->compressed_bytes - wb_zip_view_get_overhead (entry);
  GByteArray *view;

  /* What is checked has to be known before the data. The checksum may not be, and then it is a byte
   * of the time; libarchive takes it from the checksum if nothing stands behind the data. */
  if (entry->encryption == WB_ZIP_TRADITIONAL)
    return create (FLAG_ENCRYPTED, 0,
                   (entry->bits & WB_ZIP_BIT_DESCRIPTOR) != 0 ? entry->dos_time << 16
                                                              : entry->crc32,
                   entry->compressed_bytes, size, 0);

  view = create (FLAG_ENCRYPTED, WB_ZIP_METHOD_AES, 0, entry->compressed_bytes, size, 4 + 7);
  put (view, 2, WB_ZIP_EXTRA_AES);
  put (view, 2, 7);
  put (view, 2, 2);
  put (view, 1, 'A');
  put (view, 1, 'E');
  put (view, 1, entry->aes_strength);
  put (view, 2, 0);

  return view;
}

/**
 * wb_zip_view_get_overhead:
 * @entry: an encrypted entry
 *
 * Returns: how many of its bytes encryption takes for itself, or 0 if it cannot be read at all
 */
gsize
wb_zip_view_get_overhead (const WbZipEntry *entry)
{
  switch (entry->encryption)
    {
    case WB_ZIP_TRADITIONAL:
      return TRADITIONAL_HEADER_BYTES;
    case WB_ZIP_AES:
      return 4 + 4 * (gsize) entry->aes_strength + AES_CHECK_BYTES + AES_CODE_BYTES;
    case WB_ZIP_PLAIN:
    case WB_ZIP_STRONG:
    default:
      return 0;
    }
}

/* LZMA's data says how large a dictionary it wants, up to 4 GiB, and libarchive allocates it. More
 * than comes out is never looked at (ZIP's specification, 5.8: version, length of the properties,
 * properties, then the dictionary's size). */
static void
limit_dictionary (GByteArray *view,
                  gsize       size)
{
  guint8 *wanted = view->data + HEADER_BYTES + 2 + 2 + 1;
  guint32 bytes;

  if (view->len < HEADER_BYTES + 9 || view->data[METHOD_OFFSET] != METHOD_LZMA
      || view->data[METHOD_OFFSET + 1] != 0)
    return;
  memcpy (&bytes, wanted, 4);
  bytes = GUINT32_FROM_LE (bytes);
  if (bytes > MAX (size, MIN_DICTIONARY_BYTES))
    {
      bytes = GUINT32_TO_LE ((guint32) MAX (size, MIN_DICTIONARY_BYTES));
      memcpy (wanted, &bytes, 4);
    }
}

/* Reads the only entry that libarchive sees. */
static WbProblems
unpack (const WbLibarchive *libarchive,
        struct archive     *archive,
        gsize               size,
        gboolean            encrypted,
        GByteArray         *out)
{
  struct archive_entry *header;
  const void           *block;
  size_t                length;
  la_int64_t            offset;
  gboolean              is_wrong = FALSE;
  int                   status = libarchive->archive_read_next_header (archive, &header);

  if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
    return WB_PROBLEM_UNREADABLE;

  while ((status = libarchive->archive_read_data_block (archive, &block, &length, &offset))
           == ARCHIVE_OK
         || status == ARCHIVE_WARN)
    {
      gsize n = MIN (length, size - out->len);

      g_byte_array_append (out, block, (guint) n);
      if (status == ARCHIVE_WARN || n < length)
        is_wrong = TRUE;
      if (n < length || (status == ARCHIVE_WARN && length == 0))
        break;
    }

  /* To libarchive, the end of an empty LZMA stream is missing. */
  if (size == 0 && !encrypted && !is_wrong && status == ARCHIVE_FATAL)
    return 0;
  /* The password is looked at before anything comes out. */
  if (status == ARCHIVE_FAILED && encrypted && out->len == 0)
    return WB_PROBLEM_ENCRYPTED;
  /* libarchive's number for a method that it does not know; bad data has another one. */
  if (status == ARCHIVE_FAILED && libarchive->archive_errno (archive) == EILSEQ)
    return WB_PROBLEM_UNSUPPORTED;

  return is_wrong || status != ARCHIVE_EOF || out->len != size ? WB_PROBLEM_UNREADABLE : 0;
}

/* How much memory a method takes at once, beside what comes out; only libarchive's own methods say
 * that there is too little, the libraries that it uses call it bad data (APPNOTE.TXT, 5.8 to 5.10;
 * the sizes are those of bzip2's blocks, LZMA's dictionary and PPMd's model). */
static gsize
get_need (GByteArray *view)
{
  const guint8 *data;
  guint16       method;

  if (view->len < VIEW_HEADER_BYTES + 9)
    return 0;

  data = view->data + VIEW_HEADER_BYTES;
  method = (guint16) (view->data[8] | view->data[9] << 8);
  switch (method)
    {
    case METHOD_BZIP2:
      return 4 * 900 * 1000;
    case METHOD_LZMA:
      return (gsize) data[5] | (gsize) data[6] << 8 | (gsize) data[7] << 16 | (gsize) data[8] << 24;
    case METHOD_PPMD:
      return ((((gsize) data[0] | (gsize) data[1] << 8) >> 4 & 0xff) + 1) << 20;
    default:
      return 0;
    }
}

static gboolean
lacks_room (GByteArray *view)
{
  gsize            need = get_need (view);
  g_autofree void *room = need > 0 ? g_try_malloc (need) : NULL;

  return need > 0 && room == NULL;
}

/**
 * wb_zip_view_unpack:
 * @view: a whole view
 * @size: how many bytes should come out
 * @password: (nullable): what opens an encrypted entry
 * @out: gets at most @size bytes
 * @problems: (inout): gets what is wrong: %WB_PROBLEM_ENCRYPTED if the password is,
 *   %WB_PROBLEM_UNREADABLE or %WB_PROBLEM_UNSUPPORTED
 * @error: return location
 *
 * Checksums are not looked at, but AES's own code is.
 *
 * Returns: %FALSE if there is not enough memory, or no libarchive, which is no fault of the file
 */
gboolean
wb_zip_view_unpack (GByteArray *view,
                    gsize       size,
                    const char *password,
                    GByteArray *out,
                    WbProblems *problems,
                    GError    **error)
{
  const WbLibarchive *libarchive = wb_libarchive_load (error);
  struct archive     *archive;
  WbProblems          found = WB_PROBLEM_UNREADABLE;
  gboolean            lacks_memory;

  if (libarchive == NULL)
    return FALSE;

  archive = libarchive->archive_read_new ();
  lacks_memory = archive == NULL;
  limit_dictionary (view, size);
  if (archive != NULL)
    {
      libarchive->archive_read_support_format_zip_streamable (archive);
      /* Newer versions give nothing of contents with a wrong checksum; we check it for all. */
      libarchive->archive_read_set_options (archive, "zip:ignorecrc32");
      if ((password == NULL
           || libarchive->archive_read_add_passphrase (archive, password) == ARCHIVE_OK)
          && libarchive->archive_read_open_memory (archive, view->data, view->len) == ARCHIVE_OK)
        found = unpack (libarchive, archive, size, password != NULL, out);
      lacks_memory = found != 0
                     && (libarchive->archive_errno (archive) == ENOMEM || lacks_room (view));
      libarchive->archive_read_free (archive);
    }
  if (lacks_memory)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_FAILED,
                           _ ("There is not enough memory to unpack this file. Close other "
                              "programs or raise the limit, then try again."));
      return FALSE;
    }
  *problems |= found;

  return TRUE;
}
