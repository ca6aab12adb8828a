/* compared-pairs.c: which old and new file are the same connection
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare/compared-side.h"

#include <string.h>

#include "core/sort.h"

static int
compare_paths (const void *a,
               const void *b)
{
  const WbComparedFile *x = *(const WbComparedFile *const *) a;
  const WbComparedFile *y = *(const WbComparedFile *const *) b;
  int                   order = memcmp (x->path, y->path, MIN (x->path_length, y->path_length));

  return order != 0 ? order : (x->path_length > y->path_length) - (x->path_length < y->path_length);
}

static int
compare_spelled (const void *a,
                 const void *b)
{
  const WbComparedFile *x = *(const WbComparedFile *const *) a;
  const WbComparedFile *y = *(const WbComparedFile *const *) b;

  return strcmp (x->spelled, y->spelled);
}

static int
compare_names (const void *a,
               const void *b)
{
  const WbComparedFile *x = *(const WbComparedFile *const *) a;
  const WbComparedFile *y = *(const WbComparedFile *const *) b;

  return strcmp (x->name, y->name);
}

static int
compare_contents (const void *a,
                  const void *b)
{
  const WbComparedFile *x = *(const WbComparedFile *const *) a;
  const WbComparedFile *y = *(const WbComparedFile *const *) b;

  return memcmp (x->content, y->content, WB_CANONICAL_BYTES);
}

static int
compare_settings (const void *a,
                  const void *b)
{
  const WbComparedFile *x = *(const WbComparedFile *const *) a;
  const WbComparedFile *y = *(const WbComparedFile *const *) b;

  return memcmp (x->settings, y->settings, WB_CANONICAL_BYTES);
}

typedef gboolean (*IsCandidate) (const WbComparedFile *file);

static gboolean
is_any (const WbComparedFile *file)
{
  return TRUE;
}

static gboolean
is_read (const WbComparedFile *file)
{
  return file->read;
}

static gboolean
is_named (const WbComparedFile *file)
{
  return *file->name != '\0';
}

/* The files that have no counterpart yet. */
static GPtrArray *
find_unpaired (WbComparedSide *side,
               IsCandidate     is_candidate)
{
  GPtrArray *files = g_ptr_array_new ();

  for (guint i = 0; i < side->n_files; i++)
    {
      if (!side->files[i].paired && is_candidate (&side->files[i]))
        g_ptr_array_add (files, &side->files[i]);
    }

  return files;
}

static void
add_pair (GArray         *pairs,
          WbComparedFile *old_file,
          WbComparedFile *new_file,
          gboolean        renamed)
{
  WbComparedPair pair = { old_file, new_file, renamed };

  old_file->paired = new_file->paired = TRUE;
  g_array_append_val (pairs, pair);
}

static guint
count_equal (GPtrArray   *files,
             guint        first,
             GCompareFunc compare)
{
  guint n = 1;

  while (first + n < files->len && compare (&files->pdata[first], &files->pdata[first + n]) == 0)
    n++;

  return n;
}

/* Pairs what is equal and has no counterpart; if @unique, only where no third one is equal. */
static void
pair_equal (GArray         *pairs,
            WbComparedSide *old_side,
            WbComparedSide *new_side,
            IsCandidate     is_candidate,
            GCompareFunc    compare,
            gboolean        unique,
            gboolean        renamed)
{
  g_autoptr (GPtrArray) old_files = find_unpaired (old_side, is_candidate);
  g_autoptr (GPtrArray) new_files = find_unpaired (new_side, is_candidate);
  guint i = 0;
  guint j = 0;

  wb_sort (old_files->pdata, old_files->len, sizeof *old_files->pdata, compare);
  wb_sort (new_files->pdata, new_files->len, sizeof *new_files->pdata, compare);
  while (i < old_files->len && j < new_files->len)
    {
      int   order = compare (&old_files->pdata[i], &new_files->pdata[j]);
      guint n_old = order <= 0 ? count_equal (old_files, i, compare) : 0;
      guint n_new = order >= 0 ? count_equal (new_files, j, compare) : 0;

      if (!unique || (n_old == 1 && n_new == 1))
        {
          for (guint k = 0; k < MIN (n_old, n_new); k++)
            add_pair (pairs, g_ptr_array_index (old_files, i + k),
                      g_ptr_array_index (new_files, j + k), renamed);
        }
      i += n_old;
      j += n_new;
    }
}

/* Windows writes backslashes, macOS decomposes what other systems compose. */
static void
spell_paths (WbComparedSide *side)
{
  for (guint i = 0; i < side->n_files; i++)
    {
      WbComparedFile  *file = &side->files[i];
      g_autofree char *path = NULL;
      const char      *relative;

      if (file->paired)
        continue;
      path = wb_archive_dup_path (side->archive, file->node);
      g_strdelimit (path, "\\", '/');
      relative = path;
      while (g_str_has_prefix (relative, "./"))
        relative += strlen ("./");
      file->spelled = g_utf8_normalize (relative, -1, G_NORMALIZE_NFC);
    }
}

/* Finds files of @side that lie in more folders than those of @inner. */
static void
pair_wrapped (GArray         *pairs,
              WbComparedSide *side,
              WbComparedSide *inner,
              gboolean        side_is_old)
{
  g_autoptr (GHashTable) files = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < inner->n_files; i++)
    {
      if (!inner->files[i].paired)
        g_hash_table_insert (files, inner->files[i].spelled, &inner->files[i]);
    }

  for (guint i = 0; i < side->n_files; i++)
    {
      WbComparedFile *file = &side->files[i];
      WbComparedFile *other = NULL;
      const char     *slash = file->paired ? NULL : strchr (file->spelled, '/');

      while (slash != NULL && other == NULL)
        {
          other = g_hash_table_lookup (files, slash + 1);
          slash = strchr (slash + 1, '/');
        }
      if (other != NULL && !other->paired)
        add_pair (pairs, side_is_old ? file : other, side_is_old ? other : file, FALSE);
    }
}

/**
 * wb_compared_pair_paths:
 * @pairs: (element-type WbComparedPair): gets what belongs together
 * @old_side: a side, not read yet
 * @new_side: the other one
 *
 * Pairs files with the same path: byte for byte, else in another spelling, else, where no two have
 * the same, below folders that only one side has. Where Waybill itself has named files, connections
 * are first known by what they call themselves.
 */
void
wb_compared_pair_paths (GArray         *pairs,
                        WbComparedSide *old_side,
                        WbComparedSide *new_side)
{
  if (old_side->one_form)
    pair_equal (pairs, old_side, new_side, is_named, compare_names, TRUE, FALSE);
  pair_equal (pairs, old_side, new_side, is_any, compare_paths, FALSE, FALSE);

  spell_paths (old_side);
  spell_paths (new_side);
  pair_equal (pairs, old_side, new_side, is_any, compare_spelled, FALSE, FALSE);
  if (pairs->len > 0)
    return;

  pair_wrapped (pairs, new_side, old_side, FALSE);
  pair_wrapped (pairs, old_side, new_side, TRUE);
}

/**
 * wb_compared_pair_renamed:
 * @pairs: (element-type WbComparedPair): gets what belongs together
 * @old_side: a side that is read
 * @new_side: the other one, likewise
 *
 * Pairs what is left: connections that call themselves the same, those that say the same, and those
 * whose settings say the same, as far as they can be compared.
 */
void
wb_compared_pair_renamed (GArray         *pairs,
                          WbComparedSide *old_side,
                          WbComparedSide *new_side)
{
  pair_equal (pairs, old_side, new_side, is_named, compare_names, TRUE, TRUE);
  pair_equal (pairs, old_side, new_side, is_read, compare_contents, FALSE, TRUE);
  pair_equal (pairs, old_side, new_side, is_read, compare_settings, TRUE, TRUE);
}
