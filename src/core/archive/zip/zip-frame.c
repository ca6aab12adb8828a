/* zip-frame.c: how a ZIP file begins and ends
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-frame.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"

#define LOCAL_SIGNATURE 0x04034b50u
#define END_SIGNATURE 0x06054b50u
#define END64_SIGNATURE 0x06064b50u
#define LOCATOR64_SIGNATURE 0x07064b50u
#define SPANNED_SIGNATURE 0x08074b50u

#define END_BYTES 22
#define END64_BYTES 56
#define LOCATOR64_BYTES 20
#define MAX_COMMENT_BYTES 65535

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

/**
 * wb_zip_set_error_broken:
 * @error: return location
 *
 * Says that what a ZIP file lists cannot be true of it.
 */
void
wb_zip_set_error_broken (GError **error)
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

/* A plain number must either be saturated or say the same as the wide one. */
static gboolean
agrees (guint64 plain,
        guint64 saturated,
        guint64 wide)
{
  return plain == saturated || plain == wide;
}

/* Takes the numbers from the ZIP64 end record, where there is one. */
static gboolean
read_end64 (WbFileWindow *window,
            guint64       plain_offset,
            WbZipFrame   *frame,
            GError      **error)
{
  const guint8 *p;
  guint64       offset;
  WbZipFrame    wide;

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
      wb_zip_set_error_broken (error);
      return FALSE;
    }
  p = wb_file_window_get (window, offset, END64_BYTES, error);
  if (p == NULL)
    return FALSE;
  if (wb_le32 (p) != END64_SIGNATURE
      || wb_le64 (p + 4) != plain_offset - LOCATOR64_BYTES - offset - 12)
    {
      wb_zip_set_error_broken (error);
      return FALSE;
    }
  if (set_error_if_split (wb_le32 (p + 16) != 0 || wb_le32 (p + 20) != 0
                            || wb_le64 (p + 24) != wb_le64 (p + 32),
                          error))
    return FALSE;

  wide = (WbZipFrame){
    .n_entries = wb_le64 (p + 32),
    .directory_bytes = wb_le64 (p + 40),
    .directory_offset = wb_le64 (p + 48),
    .end_offset = offset,
    .comment_bytes = frame->comment_bytes,
  };
  if (!agrees (frame->n_entries, G_MAXUINT16, wide.n_entries)
      || !agrees (frame->directory_bytes, G_MAXUINT32, wide.directory_bytes)
      || !agrees (frame->directory_offset, G_MAXUINT32, wide.directory_offset))
    {
      wb_zip_set_error_broken (error);
      return FALSE;
    }

  *frame = wide;

  return TRUE;
}

/* Reads the end record and judges whether it can be true of this file. */
static gboolean
read_end (WbFileWindow *window,
          WbZipFrame   *frame,
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

  *frame = (WbZipFrame){
    .n_entries = wb_le16 (p + 10),
    .directory_bytes = wb_le32 (p + 12),
    .directory_offset = wb_le32 (p + 16),
    .end_offset = offset,
    .comment_bytes = wb_le16 (p + 20),
  };
  if (!read_end64 (window, offset, frame, error))
    return FALSE;

  /* Subtractions only, for a sum may wrap around. */
  if (frame->directory_offset > frame->end_offset
      || frame->directory_bytes != frame->end_offset - frame->directory_offset
      || frame->n_entries > frame->directory_bytes / WB_ZIP_RECORD_BYTES
      || (frame->n_entries == 0 && frame->end_offset != 0)
      || (frame->n_entries != 0 && frame->directory_offset < WB_ZIP_LOCAL_BYTES))
    {
      wb_zip_set_error_broken (error);
      return FALSE;
    }
  if (frame->n_entries > WB_ZIP_MAX_ENTRIES)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_NOT_AN_ARCHIVE,
                   /* Translators: the greatest number of files. */
                   _ ("The ZIP archive lists more than %u files, which is more than can be shown."),
                   WB_ZIP_MAX_ENTRIES);
      return FALSE;
    }

  return TRUE;
}

/**
 * wb_zip_frame_read:
 * @window: the file
 * @frame: (out caller-allocates): what its end says
 * @error: return location
 *
 * Returns: %TRUE if the file begins as a ZIP archive and its end agrees with its size
 */
gboolean
wb_zip_frame_read (WbFileWindow *window,
                   WbZipFrame   *frame,
                   GError      **error)
{
  return check_start (window, error) && read_end (window, frame, error);
}
