/* zip-index.c: the judge of a ZIP file, from its central directory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-index.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/archive/zip/zip-extra.h"
#include "core/archive/zip/zip-frame.h"
#include "core/archive/zip/zip-paths.h"
#include "core/error.h"
#include "core/input-limits.h"

struct _WbZipIndex
{
  gatomicrefcount refs;

  WbZipEntry   *entries; /* (owned) (array length=n_entries) */
  char         *names;   /* (owned) (nullable): where the entries' names lie */
  GStringChunk *paths;   /* (owned): where the paths lie that are not plain names */
  guint         n_entries;
  guint64       directory_offset;
  char         *comment; /* (owned) */
  gsize         comment_bytes;
};

/* ZIP64: numbers that do not fit into 32 bits stand in an extra field, in this order. */
static gboolean
read_extra64 (const guint8 *extra,
              gsize         length,
              WbZipEntry   *entry)
{
  guint64 *const wide[] = { &entry->size_bytes, &entry->compressed_bytes, &entry->header_offset };
  gboolean       needed = FALSE;
  const guint8  *field;
  gsize          field_bytes;

  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    needed = needed || *wide[i] == G_MAXUINT32;
  if (!needed)
    return TRUE;
  if (!wb_zip_extra_find (extra, length, WB_ZIP_EXTRA_ZIP64, &field, &field_bytes))
    return FALSE;

  /* Without such a field the number is meant as it stands. */
  for (guint i = 0; field != NULL && i < G_N_ELEMENTS (wide); i++)
    {
      if (*wide[i] != G_MAXUINT32)
        continue;
      if (field_bytes < 8)
        return FALSE;
      *wide[i] = wb_le64 (field);
      field += 8;
      field_bytes -= 8;
    }

  return TRUE;
}

static WbZipEntryFlags
get_flags (const guint8 *record,
           const char   *name,
           gsize         name_length)
{
  guint16         bits = wb_le16 (record + 8);
  guint8          made_on = record[5];
  guint32         attributes = wb_le32 (record + 38);
  WbZipEntryFlags flags = 0;

  if ((bits & WB_ZIP_BITS_ENCRYPTED) != 0)
    flags |= WB_ZIP_ENTRY_ENCRYPTED;
  if ((bits & WB_ZIP_BIT_UTF8) != 0)
    flags |= WB_ZIP_ENTRY_UTF8;
  if (name_length > 0 && name[name_length - 1] == '/')
    flags |= WB_ZIP_ENTRY_FOLDER;

  /* The number of the disk that it begins on; split archives are refused. */
  if (wb_le16 (record + 34) != 0 && wb_le16 (record + 34) != G_MAXUINT16)
    flags |= WB_ZIP_ENTRY_DISAGREES;

  /* Unix and macOS keep the file's mode in the upper half. */
  if (made_on == 3 || made_on == 19)
    switch ((attributes >> 16) & S_IFMT)
      {
      case 0:
      case S_IFREG:
        break;
      case S_IFDIR:
        flags |= WB_ZIP_ENTRY_FOLDER;
        break;
      case S_IFLNK:
        flags |= WB_ZIP_ENTRY_SYMLINK;
        break;
      default:
        flags |= WB_ZIP_ENTRY_SPECIAL;
        break;
      }

  return flags;
}

static gboolean
read_aes_field (const guint8 *extra,
                gsize         length,
                WbZipEntry   *entry)
{
  const guint8 *field;
  gsize         field_bytes;

  if (!wb_zip_extra_find (extra, length, WB_ZIP_EXTRA_AES, &field, &field_bytes)
      || field_bytes < 7)
    return FALSE;

  entry->has_crc = wb_le16 (field) != 2;
  entry->aes_strength = field[4];
  entry->inner_method = wb_le16 (field + 5);

  return memcmp (field + 2, "AE", 2) == 0 && field[4] >= 1 && field[4] <= 3;
}

static void
read_encryption (const guint8 *extra,
                 gsize         length,
                 WbZipEntry   *entry)
{
  entry->has_crc = TRUE;
  entry->inner_method = entry->method;
  if ((entry->flags & WB_ZIP_ENTRY_ENCRYPTED) == 0)
    entry->encryption = WB_ZIP_PLAIN;
  else if ((entry->bits & (1 << 6 | 1 << 13)) != 0)
    entry->encryption = WB_ZIP_STRONG;
  else if (entry->method != WB_ZIP_METHOD_AES)
    entry->encryption = WB_ZIP_TRADITIONAL;
  else
    entry->encryption = read_aes_field (extra, length, entry) ? WB_ZIP_AES : WB_ZIP_STRONG;
}

/* Makes room for one more record than are counted. */
static gboolean
grow (WbZipIndex *self,
      gsize      *n_reserved,
      GError    **error)
{
  if (self->n_entries < *n_reserved)
    return TRUE;
  if (self->n_entries == WB_ZIP_MAX_ENTRIES)
    {
      wb_zip_set_error_too_many (error);
      return FALSE;
    }

  *n_reserved = CLAMP (*n_reserved * 2, G_MAXUINT16 + 1, WB_ZIP_MAX_ENTRIES);
  self->entries = g_renew (WbZipEntry, self->entries, *n_reserved);

  return TRUE;
}

/* Reads all records, which must fill the directory exactly. */
static gboolean
read_records (WbFileWindow     *window,
              const WbZipFrame *frame,
              WbZipIndex       *self,
              GError          **error)
{
  /* At most this many bytes are left for names, so this bound is the file's own. */
  gsize   max_names = (gsize) MIN (frame->directory_bytes - frame->n_entries * WB_ZIP_RECORD_BYTES,
                                   (guint64) WB_ZIP_MAX_NAMES_BYTES);
  gsize   names_length = 0;
  gsize   names_size = MIN (max_names, 4096);
  gsize   n_reserved = (gsize) frame->n_entries;
  guint64 offset = frame->directory_offset;

  /* The count is believed only as far as the directory's real bytes allow. */
  self->entries = g_new (WbZipEntry, (gsize) frame->n_entries);
  self->names = g_malloc (names_size + 1);

  for (self->n_entries = 0;
       frame->wraps ? offset < frame->end_offset : self->n_entries < frame->n_entries;
       self->n_entries++)
    {
      WbZipEntry   *entry;
      const guint8 *p;
      const guint8 *extra;
      gsize         name_length, extra_length, record_bytes;

      if (!grow (self, &n_reserved, error))
        return FALSE;
      entry = &self->entries[self->n_entries];

      if (frame->end_offset - offset < WB_ZIP_RECORD_BYTES)
        break;
      p = wb_file_window_get (window, offset, WB_ZIP_RECORD_BYTES, error);
      if (p == NULL)
        return FALSE;
      name_length = wb_le16 (p + 28);
      extra_length = wb_le16 (p + 30);
      record_bytes = WB_ZIP_RECORD_BYTES + name_length + extra_length + wb_le16 (p + 32);
      if (wb_le32 (p) != WB_ZIP_RECORD_SIGNATURE || record_bytes > frame->end_offset - offset)
        break;
      p = wb_file_window_get (window, offset, record_bytes, error);
      if (p == NULL)
        return FALSE;
      extra = p + WB_ZIP_RECORD_BYTES + name_length;

      *entry = (WbZipEntry){
        .name_length = (guint16) name_length,
        .bits = wb_le16 (p + 8),
        .method = wb_le16 (p + 10),
        .dos_time = wb_le32 (p + 12),
        .crc32 = wb_le32 (p + 16),
        .compressed_bytes = wb_le32 (p + 20),
        .size_bytes = wb_le32 (p + 24),
        .header_offset = wb_le32 (p + 42),
        .made_on = p[5],
        .unix_time = wb_zip_extra_get_unix_time (extra, extra_length),
        .flags = get_flags (p, (const char *) p + WB_ZIP_RECORD_BYTES, name_length),
      };
      if (!read_extra64 (extra, extra_length, entry)
          || entry->header_offset > frame->directory_offset - frame->base - WB_ZIP_LOCAL_BYTES)
        break;
      entry->header_offset += frame->base;
      read_encryption (extra, extra_length, entry);

      if (name_length > max_names - names_length)
        {
          g_set_error_literal (error, WB_ERROR, WB_ERROR_NOT_AN_ARCHIVE,
                               _ ("The names in the ZIP archive are too long to be read."));
          return FALSE;
        }
      if (name_length > names_size - names_length)
        {
          names_size = MIN (max_names, MAX (names_size * 2, names_length + name_length));
          self->names = g_realloc (self->names, names_size + 1);
        }
      memcpy (self->names + names_length, p + WB_ZIP_RECORD_BYTES, name_length);
      entry->name = (const char *) p + WB_ZIP_RECORD_BYTES;
      wb_zip_path_take_field (entry, extra, extra_length, self->paths);
      names_length += name_length;
      offset += record_bytes;
    }

  if (offset != frame->end_offset
      || (frame->wraps ? (guint16) self->n_entries != frame->n_entries
                       : self->n_entries != frame->n_entries))
    {
      wb_zip_set_error_broken (error);
      return FALSE;
    }

  /* Only now do the names stay where they are. */
  names_length = 0;
  for (guint i = 0; i < self->n_entries; i++)
    {
      self->entries[i].name = self->names + names_length;
      names_length += self->entries[i].name_length;
    }
  wb_zip_paths_decode (self->entries, self->n_entries, self->paths);

  return TRUE;
}

static gboolean
read_comment (WbFileWindow     *window,
              const WbZipFrame *frame,
              WbZipIndex       *self,
              GError          **error)
{
  const guint8 *p;

  p = wb_file_window_get (window, window->size_bytes - frame->comment_bytes, frame->comment_bytes,
                          error);
  if (p == NULL)
    return FALSE;

  self->comment = g_malloc (frame->comment_bytes + 1);
  memcpy (self->comment, p, frame->comment_bytes);
  self->comment_bytes = frame->comment_bytes;

  return TRUE;
}

/**
 * wb_zip_index_read:
 * @fd: a file; its own position is neither used nor changed
 * @size_bytes: its size
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Judges whether the file is one whole ZIP archive, and reads its central directory. It is whole
 * if it begins with a local header (or is nothing but an end record), the end record's comment
 * ends where the file ends, the central directory fills the space up to the end record with as
 * many records as it says, and every record points to a place before the directory. Bytes in
 * front of the archive or behind it are refused, split archives too. What the entries hold is not
 * looked at. Line breaks, the mark of a text and that of a split archive are let through in front.
 *
 * Fails with %WB_ERROR_NOT_AN_ARCHIVE and a sentence that says what came instead, with
 * %WB_ERROR_LOCAL_FILE if the bytes cannot be read, or with %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the index
 */
WbZipIndex *
wb_zip_index_read (int           fd,
                   guint64       size_bytes,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_auto (WbFileWindow) window = { 0 };
  g_autoptr (WbZipIndex) self = NULL;
  WbZipFrame frame;

  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  wb_file_window_init (&window, fd, size_bytes, cancellable);
  if (!wb_zip_frame_read (&window, &frame, error))
    return NULL;

  self = g_new0 (WbZipIndex, 1);
  g_atomic_ref_count_init (&self->refs);
  self->paths = g_string_chunk_new (4096);
  self->directory_offset = frame.directory_offset;
  if (!read_comment (&window, &frame, self, error))
    return NULL;
  if (!read_records (&window, &frame, self, error))
    return NULL;

  return g_steal_pointer (&self);
}

WbZipIndex *
wb_zip_index_ref (WbZipIndex *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
wb_zip_index_unref (WbZipIndex *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->entries);
  g_free (self->names);
  g_string_chunk_free (self->paths);
  g_free (self->comment);
  g_free (self);
}

guint
wb_zip_index_get_n (WbZipIndex *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_entries;
}

/**
 * wb_zip_index_get:
 * @self: an index
 * @index: less than wb_zip_index_get_n()
 *
 * Returns: (transfer none): a record, in the directory's order
 */
const WbZipEntry *
wb_zip_index_get (WbZipIndex *self,
                  guint       index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n_entries, NULL);

  return &self->entries[index];
}

/**
 * wb_zip_index_get_directory_offset:
 * @self: an index
 *
 * Returns: where the central directory begins; the entries' data lie before it
 */
guint64
wb_zip_index_get_directory_offset (WbZipIndex *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->directory_offset;
}

/**
 * wb_zip_index_get_comment:
 * @self: an index
 * @length: (out): how many bytes, at most 65,535
 *
 * Returns: (transfer none): the archive's comment, as stored; may hold any byte
 */
const char *
wb_zip_index_get_comment (WbZipIndex *self,
                          gsize      *length)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (length != NULL, NULL);

  *length = self->comment_bytes;

  return self->comment;
}
