/* zip-frame.c: how a ZIP file begins and ends
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-frame.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/archive/zip/zip-foreign.h"
#include "core/error.h"
#include "core/input-limits.h"

#define SPANNED_SIGNATURE 0x08074b50u
#define UNSPANNED_SIGNATURE 0x30304b50u

#define END_BYTES 22
#define END64_BYTES 56
#define LOCATOR64_BYTES 20
#define MAX_COMMENT_BYTES 65535
#define MAX_PREFIX_BYTES 64

/* How a file begins. */
typedef struct
{
  gsize    prefix;     /* how many bytes stand before the archive */
  gboolean is_spanned; /* with the mark of an archive that was split */
  gboolean was_text;   /* if it is no archive, then because it was decoded as text */
} Start;

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
set_error_text (GError **error)
{
  set_error (error, _ ("This is a ZIP archive that a program has decoded as text on its way, "
                       "which cannot be undone. Export or copy it again, as a binary file."));
}

static void
set_error_part (GError **error)
{
  set_error (error, _ ("This is one part of a ZIP archive that was split. Join the parts first."));
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

/**
 * wb_zip_set_error_too_many:
 * @error: return location
 *
 * Says that an archive has more than %WB_ZIP_MAX_ENTRIES entries.
 */
void
wb_zip_set_error_too_many (GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_AN_ARCHIVE,
               /* Translators: the greatest number of files. */
               _ ("The ZIP archive lists more than %u files, which is more than can be shown."),
               WB_ZIP_MAX_ENTRIES);
}

/* How many bytes stand before the archive that are not part of it, if they are nothing but what
 * such programs put there that do not know that it is one: line breaks before a page, the mark of
 * a text, the mark of a split archive that became one file after all. */
static gsize
measure_prefix (const guint8 *start,
                gsize         length)
{
  gsize i = 0;

  if (length >= 3 && memcmp (start, "\xef\xbb\xbf", 3) == 0)
    i = 3;
  while (i < MIN (length, MAX_PREFIX_BYTES) && g_ascii_isspace ((char) start[i]))
    i++;
  if (length - i >= 4
      && (wb_le32 (start + i) == SPANNED_SIGNATURE || wb_le32 (start + i) == UNSPANNED_SIGNATURE))
    i += 4;

  return i;
}

/* A file that begins with anything else is refused, a self-extracting program too: the service
 * sends none, and a stub in front makes every offset a matter of opinion. */
static gboolean
check_start (WbFileWindow *window,
             Start        *result,
             GError      **error)
{
  gsize            length = (gsize) MIN (window->size_bytes, WB_ZIP_FOREIGN_BYTES);
  g_autofree char *message = NULL;
  const guint8    *start;
  guint32          signature;

  if (length == 0)
    {
      set_error (error, _ ("The file is empty. Export or copy it again."));
      return FALSE;
    }

  start = wb_file_window_get (window, 0, length, error);
  if (start == NULL)
    return FALSE;

  result->prefix = measure_prefix (start, length);
  result->is_spanned = length >= 4 && wb_le32 (start) == SPANNED_SIGNATURE;
  result->was_text = wb_zip_foreign_was_text (start, length);
  signature = length - result->prefix >= 4 ? wb_le32 (start + result->prefix) : 0;
  if (signature == WB_ZIP_LOCAL_SIGNATURE || signature == WB_ZIP_END_SIGNATURE
      || signature == WB_ZIP_END64_SIGNATURE)
    return TRUE;

  message = wb_zip_foreign_describe (start, length);
  if (length < 4 && memcmp (start, "PK\003", MIN (length, 3)) == 0)
    set_error_cut (error);
  else if (result->is_spanned)
    set_error_part (error);
  else
    set_error (error, message);

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

      if (p[0] != 'P' || wb_le32 (p) != WB_ZIP_END_SIGNATURE)
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

/* The ZIP64 end record, which must end where its locator begins. Where bytes stand before the
 * archive, the locator may not know of them. Returns %NULL without an error if it is not there. */
static const guint8 *
get_end64 (WbFileWindow *window,
           guint64       offset,
           guint64       locator_offset,
           GError      **error)
{
  const guint8 *p;

  if (locator_offset < END64_BYTES || offset > locator_offset - END64_BYTES)
    return NULL;
  p = wb_file_window_get (window, offset, END64_BYTES, error);
  if (p != NULL && wb_le32 (p) == WB_ZIP_END64_SIGNATURE
      && wb_le64 (p + 4) == locator_offset - offset - 12)
    return p;

  return NULL;
}

/* Takes the numbers from the ZIP64 end record, where there is one. */
static gboolean
read_end64 (WbFileWindow *window,
            const Start  *start,
            guint64       plain_offset,
            WbZipFrame   *frame,
            GError      **error)
{
  const guint8 *p;
  guint64       offset;
  guint64       locator_offset = plain_offset - LOCATOR64_BYTES;
  WbZipFrame    wide;
  GError       *read_error = NULL;

  if (plain_offset < LOCATOR64_BYTES + END64_BYTES)
    return TRUE;
  p = wb_file_window_get (window, locator_offset, LOCATOR64_BYTES, error);
  if (p == NULL)
    return FALSE;
  if (wb_le32 (p) != WB_ZIP_LOCATOR64_SIGNATURE)
    return TRUE;
  if (set_error_if_split (wb_le32 (p + 4) != 0 || wb_le32 (p + 16) > 1, error))
    return FALSE;

  offset = wb_le64 (p + 8);
  p = get_end64 (window, offset, locator_offset, &read_error);
  if (p == NULL && read_error == NULL && start->prefix > 0 && offset < G_MAXUINT32)
    {
      offset += start->prefix;
      p = get_end64 (window, offset, locator_offset, &read_error);
    }
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }
  if (p == NULL)
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

/* Where bytes stand before the archive, all its offsets may be short by as many. */
static void
find_base (const Start *start,
           WbZipFrame  *frame)
{
  if (frame->directory_offset <= frame->end_offset
      && frame->end_offset - frame->directory_offset > frame->directory_bytes
      && frame->end_offset - frame->directory_offset - frame->directory_bytes == start->prefix)
    {
      frame->base = start->prefix;
      frame->directory_offset += frame->base;
    }
}

/* Whether there can be so many records as the end says. macOS does not write ZIP64 for 65,536 and
 * more, and the count begins at zero again. */
static gboolean
count_is_possible (const Start      *start,
                   const WbZipFrame *frame)
{
  guint64 most = frame->directory_bytes / WB_ZIP_RECORD_BYTES;

  if (frame->directory_bytes == 0)
    return frame->n_entries == 0 && frame->end_offset == start->prefix;
  if (frame->directory_offset < frame->base + WB_ZIP_LOCAL_BYTES || frame->n_entries > most)
    return FALSE;

  return frame->n_entries > 0 || (frame->wraps && most > G_MAXUINT16);
}

/* Reads the end record and judges whether it can be true of this file. */
static gboolean
read_end (WbFileWindow *window,
          const Start  *start,
          WbZipFrame   *frame,
          GError      **error)
{
  const guint8 *p;
  guint64       offset;
  gboolean      needs_end64;

  if (!find_end (window, &offset, error))
    return FALSE;
  p = wb_file_window_get (window, offset, END_BYTES, error);
  if (p == NULL)
    return FALSE;
  if (set_error_if_split (wb_le16 (p + 4) != wb_le16 (p + 6) || wb_le16 (p + 8) != wb_le16 (p + 10)
                            || (wb_le16 (p + 4) != 0 && wb_le16 (p + 4) != G_MAXUINT16),
                          error))
    return FALSE;

  /* Counts and sizes may just be that large. */
  needs_end64 = wb_le16 (p + 4) == G_MAXUINT16;
  *frame = (WbZipFrame){
    .n_entries = wb_le16 (p + 10),
    .wraps = TRUE,
    .directory_bytes = wb_le32 (p + 12),
    .directory_offset = wb_le32 (p + 16),
    .end_offset = offset,
    .comment_bytes = wb_le16 (p + 20),
  };
  if (!read_end64 (window, start, offset, frame, error))
    return FALSE;
  find_base (start, frame);

  /* Subtractions only, for a sum may wrap around. */
  if ((needs_end64 && frame->wraps) || frame->directory_offset > frame->end_offset
      || frame->directory_bytes != frame->end_offset - frame->directory_offset
      || !count_is_possible (start, frame))
    {
      wb_zip_set_error_broken (error);
      return FALSE;
    }
  if (frame->n_entries > WB_ZIP_MAX_ENTRIES)
    {
      wb_zip_set_error_too_many (error);
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
 * A few bytes that do not belong to it may stand before it, such as a line break.
 *
 * Returns: %TRUE if the file begins as a ZIP archive and its end agrees with its size
 */
gboolean
wb_zip_frame_read (WbFileWindow *window,
                   WbZipFrame   *frame,
                   GError      **error)
{
  g_autoptr (GError) reason = NULL;
  Start start = { 0 };

  if (!check_start (window, &start, error))
    return FALSE;
  if (read_end (window, &start, frame, &reason))
    return TRUE;

  if (!g_error_matches (reason, WB_ERROR, WB_ERROR_NOT_AN_ARCHIVE))
    g_propagate_error (error, g_steal_pointer (&reason));
  else if (start.was_text)
    set_error_text (error);
  else if (start.is_spanned)
    set_error_part (error);
  else
    g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}
