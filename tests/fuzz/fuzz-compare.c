/* fuzz-compare.c: any two archives of two files each: equal to themselves, the same both ways
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "core/archive/compare/compare.h"

#define N_FILES 2

static WbArchive *
make_archive (char   **names,
              GBytes  *contents[N_FILES],
              gboolean turned)
{
  char   *order[N_FILES];
  GBytes *parts[N_FILES];
  g_autoptr (GBytes) zip = NULL;

  for (guint i = 0; i < N_FILES; i++)
    {
      order[i] = names[turned ? N_FILES - 1 - i : i];
      parts[i] = contents[turned ? N_FILES - 1 - i : i];
    }
  zip = fuzz_make_zip (order, parts, N_FILES);

  return fuzz_open_archive (zip);
}

static WbComparison *
compare (WbArchive *a,
         WbArchive *b)
{
  g_autoptr (GError) error = NULL;
  WbComparison    *comparison = wb_comparison_new (a, b, NULL, &error);
  g_autofree char *text = NULL;

  fuzz_check (comparison != NULL);
  text = wb_comparison_dup_text (comparison, NULL, NULL);
  fuzz_check (text == NULL || g_utf8_validate (text, -1, NULL));

  return comparison;
}

static guint
count (WbComparison    *comparison,
       WbDifferenceKind kind)
{
  return wb_comparison_get_n_of (comparison, kind);
}

static void
check_same (WbComparison *a,
            WbComparison *b,
            gboolean      turned)
{
  for (WbDifferenceKind kind = 0; kind < WB_N_DIFFERENCE_KINDS; kind++)
    {
      WbDifferenceKind other = kind;

      if (turned && kind == WB_DIFFERENCE_ADDED)
        other = WB_DIFFERENCE_REMOVED;
      else if (turned && kind == WB_DIFFERENCE_REMOVED)
        other = WB_DIFFERENCE_ADDED;
      fuzz_check (count (a, kind) == count (b, other));
    }
  fuzz_check (wb_comparison_get_n_same (a) == wb_comparison_get_n_same (b));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  char   *names[] = { (char *) "connections/a.conn", (char *) "connections/b.conn" };
  char   *new_names[] = { (char *) "connections/a.conn", (char *) "connections/c.conn" };
  GBytes *parts[2 * N_FILES];
  g_autoptr (WbArchive) a = NULL;
  g_autoptr (WbArchive) b = NULL;
  g_autoptr (WbArchive) turned = NULL;

  for (guint i = 0; i < 2 * N_FILES; i++)
    parts[i] = fuzz_next_part (&data, &size);
  a = make_archive (names, parts, FALSE);
  b = make_archive (new_names, parts + N_FILES, FALSE);
  turned = make_archive (new_names, parts + N_FILES, TRUE);
  if (a != NULL && b != NULL && turned != NULL)
    {
      g_autoptr (WbComparison) itself = compare (a, a);
      g_autoptr (WbComparison) there = compare (a, b);
      g_autoptr (WbComparison) back = compare (b, a);
      g_autoptr (WbComparison) reordered = compare (a, turned);

      fuzz_check (wb_comparison_get_n_counted (itself) == 0);
      check_same (there, back, TRUE);
      check_same (there, reordered, FALSE);
    }
  for (guint i = 0; i < 2 * N_FILES; i++)
    g_bytes_unref (parts[i]);

  return 0;
}
