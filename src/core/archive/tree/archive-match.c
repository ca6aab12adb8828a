/* archive-match.c: files of two archives that are the same without being unpacked
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/archive-private.h"

#include <string.h>

#include "core/archive/tree/inspection.h"
#include "core/archive/zip/zip-local.h"
#include "core/progress.h"
#include "core/sort.h"

/* Files in another order than those of the archive that they are matched with: so many, and of
 * many files one of so many. */
#define MAX_STEPS_BACK 16

/* One of the two archives. */
typedef struct
{
  WbArchive   *archive; /* (unowned) */
  WbFileWindow window;  /* (owned) */
} Packed;

static void
packed_init (Packed       *packed,
             WbArchive    *archive,
             GCancellable *cancellable)
{
  packed->archive = archive;
  wb_file_window_init (&packed->window, wb_spool_get_fd (archive->spool),
                       wb_spool_get_size_bytes (archive->spool), cancellable);
}

static void
packed_clear (Packed *packed)
{
  wb_file_window_clear (&packed->window);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Packed, packed_clear)

/* A pair as it lies in its archives. */
typedef struct
{
  const WbZipEntry *entry; /* (unowned) */
  const WbZipEntry *other; /* (unowned) */
  WbNodePair       *pair;  /* (unowned) */
  guint64           header_offset;
} PackedPair;

static const WbZipEntry *
packed_get_entry (Packed *packed,
                  guint   node)
{
  return wb_zip_index_get (packed->archive->index,
                           (guint) packed->archive->tree->nodes[node].entry);
}

static gboolean
packed_locate (Packed           *packed,
               guint             node,
               const WbZipEntry *entry,
               guint64          *offset,
               WbProblems       *problems,
               GError          **error)
{
  *problems |= packed->archive->tree->nodes[node].problems;

  return wb_zip_locate (&packed->window, entry,
                        wb_zip_index_get_directory_offset (packed->archive->index), offset,
                        problems, error);
}

/* Whether the compressed bytes are the same: then so is what becomes of them. */
static gboolean
match (Packed           *a,
       Packed           *b,
       const PackedPair *packed,
       GError          **error)
{
  const WbZipEntry *x = packed->entry;
  const WbZipEntry *y = packed->other;
  WbProblems        problems = 0;
  guint64           a_offset, b_offset;
  guint64           n_left = x->compressed_bytes;

  if (x->method != y->method || x->crc32 != y->crc32 || x->size_bytes != y->size_bytes
      || x->compressed_bytes != y->compressed_bytes
      || (x->flags & WB_ZIP_ENTRY_ENCRYPTED) != (y->flags & WB_ZIP_ENTRY_ENCRYPTED))
    return TRUE;
  if (!packed_locate (a, packed->pair->node, x, &a_offset, &problems, error)
      || !packed_locate (b, packed->pair->other, y, &b_offset, &problems, error))
    return FALSE;
  if ((problems & WB_PROBLEM_UNREADABLE) != 0)
    return TRUE;

  while (n_left > 0)
    {
      gsize         length = (gsize) MIN (n_left, (guint64) WB_FILE_WINDOW_BYTES / 4);
      const guint8 *a_bytes = wb_file_window_get (&a->window, a_offset, length, error);
      const guint8 *b_bytes;

      if (a_bytes == NULL)
        return FALSE;
      b_bytes = wb_file_window_get (&b->window, b_offset, length, error);
      if (b_bytes == NULL)
        return FALSE;
      if (memcmp (a_bytes, b_bytes, length) != 0)
        return TRUE;
      a_offset += length;
      b_offset += length;
      n_left -= length;
    }
  packed->pair->same = TRUE;

  return TRUE;
}

/* Whether nothing but the compressed bytes can be compared. */
static gboolean
is_closed (Packed *packed,
           guint   node)
{
  return (packed->archive->tree->nodes[node].problems & WB_ARCHIVE_NOT_READABLE) != 0;
}

static int
compare_pairs (const void *a,
               const void *b)
{
  const PackedPair *x = a;
  const PackedPair *y = b;

  return (x->header_offset > y->header_offset) - (x->header_offset < y->header_offset);
}

/**
 * wb_archive_match_each:
 * @self: an archive
 * @other: another one
 * @pairs: (inout) (array length=n_pairs): files of both
 * @n_pairs: how many
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Finds out for which of the pairs not even the compressed bytes are different, which takes as long
 * as to read both archives. Says nothing of the others. So encrypted files and those that are too
 * large are the same as themselves, too.
 *
 * Returns: %FALSE if an archive could not be read, or on cancellation
 */
gboolean
wb_archive_match_each (WbArchive    *self,
                       WbArchive    *other,
                       WbNodePair   *pairs,
                       guint         n_pairs,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_auto (Packed) a = { 0 };
  g_auto (Packed) b = { 0 };
  g_autofree PackedPair *packed = g_new (PackedPair, n_pairs);
  guint                  n_back = 0;
  gboolean               only_closed;

  packed_init (&a, self, cancellable);
  packed_init (&b, other, cancellable);
  for (guint i = 0; i < n_pairs; i++)
    packed[i] = (PackedPair){
      .entry = packed_get_entry (&a, pairs[i].node),
      .other = packed_get_entry (&b, pairs[i].other),
      .pair = &pairs[i],
      .header_offset = packed_get_entry (&a, pairs[i].node)->header_offset,
    };
  wb_sort (packed, n_pairs, sizeof *packed, compare_pairs);

  /* In another order it would be read to and fro, and unpacking is faster. */
  for (guint i = 1; i < n_pairs; i++)
    n_back += packed[i].other->header_offset < packed[i - 1].other->header_offset;
  only_closed = n_back > MAX_STEPS_BACK + n_pairs / MAX_STEPS_BACK;

  wb_progress_begin (cancellable, n_pairs);
  for (guint i = 0; i < n_pairs; i++)
    {
      wb_progress_advance (cancellable, 1);
      if (only_closed && !is_closed (&a, packed[i].pair->node))
        continue;
      if (!match (&a, &b, &packed[i], error))
        return FALSE;
    }

  return TRUE;
}
