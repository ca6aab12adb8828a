/* zip-index.c: the judge of a ZIP file, from its central directory
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip-index.h"

#include "core/archive/file-window.h"
#include "core/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#define LOCAL_SIGNATURE 0x04034b50u
#define RECORD_SIGNATURE 0x02014b50u
#define END_SIGNATURE 0x06054b50u
#define END64_SIGNATURE 0x06064b50u
#define LOCATOR64_SIGNATURE 0x07064b50u
#define SPANNED_SIGNATURE 0x08074b50u

#define LOCAL_BYTES 30
#define RECORD_BYTES 46
#define END_BYTES 22
#define END64_BYTES 56
#define LOCATOR64_BYTES 20
#define MAX_COMMENT_BYTES 65535

/* All names together: 67 bytes each for the most entries that are read. */
#define MAX_NAMES_BYTES ((gsize) 64 * 1024 * 1024)

struct _WbZipIndex
{
  WbZipEntry *entries; /* (owned) (array length=n_entries) */
  char       *names;   /* (owned) (nullable): where the entries' names lie */
  guint       n_entries;
  guint64     directory_offset;
};

/* What the end record says, and where it stands. */
typedef struct
{
  guint64 n_entries;
  guint64 directory_bytes;
  guint64 directory_offset;
  guint64 end_offset; /* of the first byte behind the central directory */
} End;

static void
set_error (GError    **error,
           const char *message)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_NOT_AN_ARCHIVE, message);
}

static void
set_error_cut (GError **error)
{
  set_error (error, _ ("The ZIP archive is cut: its end is missing, so the transfer probably broke "
                       "off. Export or copy it again."));
}

static void
set_error_broken (GError **error)
{
  set_error (error, _ ("The ZIP archive is damaged: its list of contents does not fit the file. "
                       "Export or copy it again."));
}

/* Says what the bytes seem to be, since that is what a person can act on. */
static void
set_error_foreign (const guint8 *start,
                   gsize         length,
                   GError      **error)
{
  gsize i = 0;

  if (length >= 4 && wb_le32 (start) == SPANNED_SIGNATURE)
    {
      set_error (error, _ ("This is one part of a ZIP archive that was split. Join the parts "
                           "first."));
      return;
    }
  if ((length >= 2 && (memcmp (start, "MZ", 2) == 0 || memcmp (start, "#!", 2) == 0))
      || (length >= 4 && memcmp (start, "\177ELF", 4) == 0))
    {
      set_error (error, _ ("This is a program, not a plain ZIP archive. If it unpacks itself, run "
                           "it where it came from and open the ZIP file."));
      return;
    }

  if (length >= 3 && memcmp (start, "\xef\xbb\xbf", 3) == 0)
    i = 3;
  while (i < length && g_ascii_isspace ((char) start[i]))
    i++;
  if (i < length && start[i] == '<')
    set_error (error, _ ("This is a web page, not a ZIP archive. A proxy or a sign-in page "
                         "probably answered in place of the service."));
  else if (i < length && (start[i] == '{' || start[i] == '['))
    set_error (error, _ ("This is a JSON text, not a ZIP archive. It may be an error message that "
                         "was saved under the archive’s name."));
  else
    set_error (error, _ ("This is not a ZIP archive. Choose the file that the export saved."));
}

/* A file that begins with anything else is refused, a self-extracting program too: the service
 * sends none, and a stub in front makes every offset a matter of opinion. */
static gboolean
check_start (WbFileWindow *window,
             GError      **error)
{
  gsize         length = (gsize) MIN (window->size_bytes, 512);
  const guint8 *start;

  if (length == 0)
    {
      set_error (error, _ ("The file is empty. Export or copy it again."));
      return FALSE;
    }

  start = wb_file_window_get (window, 0, length, error);
  if (start == NULL)
    return FALSE;

  if (length >= 4
      && (wb_le32 (start) == LOCAL_SIGNATURE || wb_le32 (start) == END_SIGNATURE))
    return TRUE;
  if (length < 4 && memcmp (start, "PK\003", MIN (length, 3)) == 0)
    set_error_cut (error);
  else
    set_error_foreign (start, length, error);
  return FALSE;
}

/* Finds the last end record whose comment ends exactly where the file ends. */
static gboolean
find_end (WbFileWindow *window,
          guint64      *offset,
          GError      **error)
{
  gsize         length = (gsize) MIN (window->size_bytes, END_BYTES + MAX_COMMENT_BYTES);
  guint64       start = window->size_bytes - length;
  gboolean      seen = FALSE;
  const guint8 *tail;

  tail = wb_file_window_get (window, start, length, error);
  if (tail == NULL)
    return FALSE;

  for (gsize behind = END_BYTES; behind <= length; behind++)
    {
      const guint8 *p = tail + (length - behind);

      if (p[0] != 'P' || wb_le32 (p) != END_SIGNATURE)
        continue;
      if ((gsize) wb_le16 (p + 20) == behind - END_BYTES)
        {
          *offset = start + (length - behind);
          return TRUE;
        }
      seen = seen || wb_le16 (p + 20) < behind - END_BYTES;
    }

  if (seen)
    set_error (error, _ ("The ZIP archive is damaged: something follows its end. Export or copy it "
                         "again."));
  else
    set_error_cut (error);
  return FALSE;
}

static gboolean
set_error_if_split (gboolean split,
                    GError **error)
{
  if (split)
    set_error (error, _ ("This is the last part of a ZIP archive that was split. Join the parts "
                         "first."));
  return split;
}

/* Takes the numbers from the ZIP64 end record, where there is one. The plain ones must either be
 * saturated or say the same. */
static gboolean
read_end64 (WbFileWindow *window,
            guint64       plain_offset,
            End          *end,
            GError      **error)
{
  const guint8 *p;
  guint64       offset;
  End           wide;

  if (plain_offset < LOCATOR64_BYTES + END64_BYTES)
    return TRUE;
  p = wb_file_window_get (window, plain_offset - LOCATOR64_BYTES, LOCATOR64_BYTES, error);
  if (p == NULL)
    return FALSE;
  if (wb_le32 (p) != LOCATOR64_SIGNATURE)
    return TRUE;
  if (set_error_if_split (wb_le32 (p + 4) != 0 || wb_le32 (p + 16) > 1, error))
    return FALSE;

  offset = wb_le64 (p + 8);
  if (offset > plain_offset - LOCATOR64_BYTES - END64_BYTES)
    {
      set_error_broken (error);
      return FALSE;
    }
  p = wb_file_window_get (window, offset, END64_BYTES, error);
  if (p == NULL)
    return FALSE;
  if (wb_le32 (p) != END64_SIGNATURE
      || wb_le64 (p + 4) != plain_offset - LOCATOR64_BYTES - offset - 12)
    {
      set_error_broken (error);
      return FALSE;
    }
  if (set_error_if_split (wb_le32 (p + 16) != 0 || wb_le32 (p + 20) != 0
                            || wb_le64 (p + 24) != wb_le64 (p + 32),
                          error))
    return FALSE;

  wide = (End){
    .n_entries = wb_le64 (p + 32),
    .directory_bytes = wb_le64 (p + 40),
    .directory_offset = wb_le64 (p + 48),
    .end_offset = offset,
  };
  if ((end->n_entries != G_MAXUINT16 && end->n_entries != wide.n_entries)
      || (end->directory_bytes != G_MAXUINT32 && end->directory_bytes != wide.directory_bytes)
      || (end->directory_offset != G_MAXUINT32 && end->directory_offset != wide.directory_offset))
    {
      set_error_broken (error);
      return FALSE;
    }

  *end = wide;
  return TRUE;
}

/* Reads the end record and judges whether it can be true of this file. */
static gboolean
read_end (WbFileWindow *window,
          End          *end,
          GError      **error)
{
  const guint8 *p;
  guint64       offset;

  if (!find_end (window, &offset, error))
    return FALSE;
  p = wb_file_window_get (window, offset, END_BYTES, error);
  if (p == NULL)
    return FALSE;
  if (set_error_if_split (wb_le16 (p + 4) != wb_le16 (p + 6) || wb_le16 (p + 8) != wb_le16 (p + 10)
                            || (wb_le16 (p + 4) != 0 && wb_le16 (p + 4) != G_MAXUINT16),
                          error))
    return FALSE;

  *end = (End){
    .n_entries = wb_le16 (p + 10),
    .directory_bytes = wb_le32 (p + 12),
    .directory_offset = wb_le32 (p + 16),
    .end_offset = offset,
  };
  if (!read_end64 (window, offset, end, error))
    return FALSE;

  /* Subtractions only, for a sum may wrap around. */
  if (end->directory_offset > end->end_offset
      || end->directory_bytes != end->end_offset - end->directory_offset
      || end->n_entries > end->directory_bytes / RECORD_BYTES
      || (end->n_entries == 0 && end->end_offset != 0)
      || (end->n_entries != 0 && end->directory_offset < LOCAL_BYTES))
    {
      set_error_broken (error);
      return FALSE;
    }
  if (end->n_entries > WB_ZIP_MAX_ENTRIES)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_NOT_AN_ARCHIVE,
                   _ ("The ZIP archive lists more than %u files, which is more than can be shown."),
                   WB_ZIP_MAX_ENTRIES);
      return FALSE;
    }

  return TRUE;
}

/* ZIP64: numbers that do not fit into 32 bits stand in an extra field, in this order. */
static gboolean
read_extra64 (const guint8 *extra,
              gsize         length,
              WbZipEntry   *entry)
{
  guint64 *const wide[] = { &entry->size_bytes, &entry->compressed_bytes, &entry->header_offset };
  gboolean       needed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    needed = needed || *wide[i] == G_MAXUINT32;
  if (!needed)
    return TRUE;

  while (length >= 4)
    {
      gsize         field_bytes = wb_le16 (extra + 2);
      const guint8 *p = extra + 4;

      if (field_bytes > length - 4)
        return FALSE;
      extra += 4 + field_bytes;
      length -= 4 + field_bytes;
      if (wb_le16 (p - 4) != 0x0001)
        continue;

      for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
        {
          if (*wide[i] != G_MAXUINT32)
            continue;
          if (field_bytes < 8)
            return FALSE;
          *wide[i] = wb_le64 (p);
          p += 8;
          field_bytes -= 8;
        }
      return TRUE;
    }

  /* Without such a field the number is meant as it stands. */
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

  /* Bits 6 and 13: strong encryption, and a central directory with masked values. */
  if ((bits & (1 << 0 | 1 << 6 | 1 << 13)) != 0)
    flags |= WB_ZIP_ENTRY_ENCRYPTED;
  if ((bits & 1 << 11) != 0)
    flags |= WB_ZIP_ENTRY_UTF8;
  if (name_length > 0 && name[name_length - 1] == '/')
    flags |= WB_ZIP_ENTRY_FOLDER;

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

/* Reads all records, which must fill the directory exactly. */
static gboolean
read_records (WbFileWindow *window,
              const End    *end,
              WbZipIndex   *self,
              GError      **error)
{
  /* At most this many bytes are left for names, so this bound is the file's own. */
  gsize   max_names = (gsize) MIN (end->directory_bytes - end->n_entries * RECORD_BYTES,
                                   MAX_NAMES_BYTES);
  gsize   names_length = 0;
  gsize   names_size = MIN (max_names, 4096);
  guint64 offset = end->directory_offset;

  /* The count is believed only as far as the directory's real bytes allow. */
  self->entries = g_new (WbZipEntry, (gsize) end->n_entries);
  self->names = g_malloc (names_size + 1);

  for (; self->n_entries < end->n_entries; self->n_entries++)
    {
      WbZipEntry   *entry = &self->entries[self->n_entries];
      const guint8 *p;
      gsize         name_length, extra_length, record_bytes;

      if (end->end_offset - offset < RECORD_BYTES)
        break;
      p = wb_file_window_get (window, offset, RECORD_BYTES, error);
      if (p == NULL)
        return FALSE;
      name_length = wb_le16 (p + 28);
      extra_length = wb_le16 (p + 30);
      record_bytes = RECORD_BYTES + name_length + extra_length + wb_le16 (p + 32);
      if (wb_le32 (p) != RECORD_SIGNATURE || record_bytes > end->end_offset - offset)
        break;
      p = wb_file_window_get (window, offset, record_bytes, error);
      if (p == NULL)
        return FALSE;

      *entry = (WbZipEntry){
        .name_length = (guint) name_length,
        .method = wb_le16 (p + 10),
        .crc32 = wb_le32 (p + 16),
        .compressed_bytes = wb_le32 (p + 20),
        .size_bytes = wb_le32 (p + 24),
        .header_offset = wb_le32 (p + 42),
        .flags = get_flags (p, (const char *) p + RECORD_BYTES, name_length),
      };
      if (!read_extra64 (p + RECORD_BYTES + name_length, extra_length, entry)
          || entry->header_offset > end->directory_offset - LOCAL_BYTES)
        break;

      if (name_length > max_names - names_length)
        {
          set_error (error, _ ("The names in the ZIP archive are too long to be read."));
          return FALSE;
        }
      if (name_length > names_size - names_length)
        {
          names_size = MIN (max_names, MAX (names_size * 2, names_length + name_length));
          self->names = g_realloc (self->names, names_size + 1);
        }
      memcpy (self->names + names_length, p + RECORD_BYTES, name_length);
      names_length += name_length;
      offset += record_bytes;
    }

  if (self->n_entries != end->n_entries || offset != end->end_offset)
    {
      set_error_broken (error);
      return FALSE;
    }

  /* Only now do the names stay where they are. */
  names_length = 0;
  for (guint i = 0; i < self->n_entries; i++)
    {
      self->entries[i].name = self->names + names_length;
      names_length += self->entries[i].name_length;
    }

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
 * looked at.
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
  End end;

  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  wb_file_window_init (&window, fd, size_bytes, cancellable);
  if (!check_start (&window, error) || !read_end (&window, &end, error))
    return NULL;

  self = g_new0 (WbZipIndex, 1);
  self->directory_offset = end.directory_offset;
  if (!read_records (&window, &end, self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
wb_zip_index_free (WbZipIndex *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->entries);
  g_free (self->names);
  g_free (self);
}

/**
 * wb_zip_index_get_n:
 * @self: an index
 *
 * Returns: how many records it has
 */
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
