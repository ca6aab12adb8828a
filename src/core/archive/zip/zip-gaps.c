/* zip-gaps.c: entries of a ZIP file that its list leaves out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/zip-gaps.h"

#include <stdlib.h>
#include <string.h>

#define LOCAL_SIGNATURE "PK\003\004"
#define SIGNATURE_BYTES 4
#define CHUNK_BYTES (WB_FILE_WINDOW_BYTES / 4)

static int
compare_offsets (const void *a,
                 const void *b)
{
  const guint64 *x = a;
  const guint64 *y = b;

  return (*x > *y) - (*x < *y);
}

/* Only a few archives have anything but descriptors between their entries: `./`, which is no entry
 * of the tree, or a folder that stands there twice. */
static gboolean
is_listed (WbZipGaps *self,
           guint64    offset)
{
  guint n = wb_zip_index_get_n (self->index);

  if (self->offsets == NULL)
    {
      self->offsets = g_new (guint64, n);
      for (guint i = 0; i < n; i++)
        self->offsets[i] = wb_zip_index_get (self->index, i)->header_offset;
      qsort (self->offsets, n, sizeof *self->offsets, compare_offsets);
    }

  return bsearch (&offset, self->offsets, n, sizeof *self->offsets, compare_offsets) != NULL;
}

/**
 * wb_zip_gaps_look:
 * @self: what was looked at, with @end where its last entry's data end
 * @offset: where the next entry begins, or the central directory
 * @has_entry: (out): whether something between them begins as an entry does, and no record points
 *   to it. A program that reads an archive from its start takes it for one
 * @error: return location
 *
 * Returns: %FALSE if the file could not be read
 */
gboolean
wb_zip_gaps_look (WbZipGaps *self,
                  guint64    offset,
                  gboolean  *has_entry,
                  GError   **error)
{
  *has_entry = FALSE;

  while (!*has_entry && offset > self->end && offset - self->end >= SIGNATURE_BYTES)
    {
      gsize         length = (gsize) MIN (offset - self->end, (guint64) CHUNK_BYTES);
      const guint8 *bytes = wb_file_window_get (self->window, self->end, length, error);
      const guint8 *found;

      if (bytes == NULL)
        return FALSE;
      found = memmem (bytes, length, LOCAL_SIGNATURE, SIGNATURE_BYTES);
      *has_entry = found != NULL && !is_listed (self, self->end + (guint64) (found - bytes));
      /* What lies on the border of two chunks is found in the second one. */
      self->end += found != NULL ? (gsize) (found - bytes) + SIGNATURE_BYTES
                                 : length - (SIGNATURE_BYTES - 1);
    }

  return TRUE;
}

void
wb_zip_gaps_clear (WbZipGaps *self)
{
  g_clear_pointer (&self->offsets, g_free);
}
