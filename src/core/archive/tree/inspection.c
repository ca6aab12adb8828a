/* inspection.c: one look at everything in a ZIP file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/inspection.h"

#include "core/archive/tree/file-order.h"
#include "core/archive/zip/zip-gaps.h"
#include "core/archive/zip/zip-local.h"
#include "core/archive/zip/zip-reader.h"
#include "core/input-limits.h"
#include "core/progress.h"
#include "core/thread.h"

/* Entries are independent, so several threads read them: of many entries, all of which are small,
 * so that no more memory is taken at once. */
#define MAX_PARTS 4
#define MIN_ENTRIES_OF_PART 256
#define MAX_BYTES_OF_PART ((guint64) 1024 * 1024)

/* What one thread reads of an archive that is being opened. */
typedef struct
{
  WbNodeTree          *tree;  /* (unowned) */
  WbFacts             *facts; /* (unowned), or (owned) of all parts but the first */
  WbFileWindow         window;
  const char          *password; /* (unowned) (nullable) */
  const WbZipContents *contents; /* (unowned) (array length=n_contents) */
  guint                n_contents;
  guint64              total_bytes;
  guint                n_read;
  GThread             *thread; /* (owned) (nullable) */
  GError              *error;  /* (owned) (nullable) */
} Part;

static gboolean
same_header (const WbZipEntry *a,
             const WbZipEntry *b)
{
  return a->header_offset == b->header_offset
         && a->compressed_bytes == b->compressed_bytes && a->size_bytes == b->size_bytes;
}

/* Flags what can be known without reading, and says where an entry's contents are. */
static gboolean
inspect_entry (WbZipIndex    *index,
               gboolean       has_password,
               WbFileWindow  *window,
               WbNode        *node,
               WbZipContents *contents,
               GError       **error)
{
  const WbZipEntry *entry = contents->entry;
  WbProblems        problems = 0;

  if (!wb_zip_locate (window, entry, wb_zip_index_get_directory_offset (index),
                      &contents->data_offset, &problems, error))
    return FALSE;

  node->problems |= problems;
  if (!wb_node_is_file (node))
    return TRUE;

  if (entry->encryption == WB_ZIP_STRONG
      || (entry->encryption != WB_ZIP_PLAIN && !has_password))
    problems |= WB_PROBLEM_ENCRYPTED;
  if (entry->size_bytes > WB_ARCHIVE_MAX_ENTRY_BYTES)
    problems |= WB_PROBLEM_TOO_LARGE;
  /* No compression makes so little so large; nor could it be read within limits. */
  else if (entry->compressed_bytes > 2 * WB_ARCHIVE_MAX_ENTRY_BYTES)
    problems |= WB_PROBLEM_UNREADABLE;
  node->problems |= problems;

  return TRUE;
}

/* The end of an entry whose header is wrong is not known. */
#define UNKNOWN_END G_MAXUINT64

/* Looks in front of an entry for one that is not listed. */
static gboolean
inspect_gap (WbZipGaps           *gaps,
             WbNode              *node,
             const WbZipContents *contents,
             GError             **error)
{
  gboolean has_entry;

  if (!wb_zip_gaps_look (gaps, contents->entry->header_offset, &has_entry, error))
    return FALSE;
  if (has_entry)
    node->problems |= WB_PROBLEM_UNLISTED;

  if ((node->problems & WB_PROBLEM_UNREADABLE) != 0)
    gaps->end = UNKNOWN_END;
  else
    gaps->end = MAX (gaps->end == UNKNOWN_END ? 0 : gaps->end,
                     contents->data_offset + contents->entry->compressed_bytes);

  return TRUE;
}

/* Entries whose data lie over each other: how a small file pretends to be a huge one. Two records
 * of one and the same header are duplicates, not this. */
static void
flag_overlaps (WbNodeTree          *tree,
               const WbZipContents *contents,
               guint                n)
{
  guint64 end = 0;
  guint   last = 0;

  for (guint i = 0; i < n; i++)
    {
      WbNode *node = &tree->nodes[contents[i].id];

      if ((node->problems & WB_PROBLEM_UNREADABLE) != 0)
        continue;
      if (contents[i].entry->header_offset < end
          && !same_header (contents[i].entry, contents[last].entry))
        {
          node->problems |= WB_PROBLEM_UNREADABLE;
          tree->nodes[contents[last].id].problems |= WB_PROBLEM_UNREADABLE;
        }
      if (contents[i].data_offset + contents[i].entry->compressed_bytes > end)
        {
          end = contents[i].data_offset + contents[i].entry->compressed_bytes;
          last = i;
        }
    }
}

static gboolean
contents_cb (const WbZipContents *contents,
             const guint8        *bytes,
             gsize                length,
             WbProblems           problems,
             gpointer             user_data)
{
  Part   *part = user_data;
  WbNode *node = &part->tree->nodes[contents->id];

  node->problems |= problems;
  part->n_read++;
  wb_progress_advance (part->window.cancellable, 1);
  part->total_bytes += length;

  if (node->kind == WB_NODE_CONNECTION
      && (problems & WB_ARCHIVE_NOT_READABLE) == 0
      && !wb_facts_take (part->facts, part->tree, contents->id, (const char *) bytes, length))
    node->problems |= WB_PROBLEM_NOT_JSON;
  if (node->kind == WB_NODE_NOTE && (node->problems & ~(guint) WB_PROBLEM_DUPLICATE) == 0)
    wb_facts_take_note (part->facts, node, (const char *) bytes, length);

  return part->total_bytes <= WB_ARCHIVE_MAX_TOTAL_BYTES;
}

static guint64
sum_sizes (const WbZipContents *contents,
           guint                n)
{
  guint64 bytes = 0;

  for (guint i = 0; i < n; i++)
    bytes += contents[i].entry->size_bytes;

  return bytes;
}

/* Leaves Waybill's own notes alone. */
static guint
keep_notes (const WbNodeTree *tree,
            WbZipContents    *contents,
            guint             n)
{
  guint n_notes = 0;

  for (guint i = 0; i < n; i++)
    {
      if (tree->nodes[contents[i].id].kind == WB_NODE_NOTE)
        contents[n_notes++] = contents[i];
    }

  return n_notes;
}

static gpointer
read_part (gpointer data)
{
  Part *part = data;

  wb_zip_read_contents (&part->window, part->password, part->contents, part->n_contents,
                        contents_cb, part, &part->error);

  return NULL;
}

/* Into how many parts the entries are divided. Where the limit on all of them together could end
 * the reading, it is one, because then their order counts. */
static guint
count_parts (const WbZipContents *contents,
             guint                n)
{
  guint64 largest_bytes = 0;

  for (guint i = 0; i < n; i++)
    largest_bytes = MAX (largest_bytes, contents[i].entry->size_bytes);
  if (sum_sizes (contents, n) > WB_ARCHIVE_MAX_TOTAL_BYTES || largest_bytes > MAX_BYTES_OF_PART)
    return 1;

  return CLAMP (MIN (g_get_num_processors (), n / MIN_ENTRIES_OF_PART), 1, MAX_PARTS);
}

/* Reads them all, the first part in this thread.
 * Returns: how many were read before the limit, or -1 */
static int
read_all (const Part *all,
          GError    **error)
{
  Part    parts[MAX_PARTS];
  guint   n_parts = count_parts (all->contents, all->n_contents);
  GError *first_error = NULL;
  int     n_read = 0;

  for (guint i = 0; i < n_parts; i++)
    {
      guint start = (guint) ((guint64) all->n_contents * i / n_parts);
      guint end = (guint) ((guint64) all->n_contents * (i + 1) / n_parts);

      parts[i] = *all;
      parts[i].contents = all->contents + start;
      parts[i].n_contents = end - start;
      if (i == 0)
        continue;
      parts[i].facts = wb_facts_new_part (all->facts);
      wb_file_window_init (&parts[i].window, all->window.fd, all->window.size_bytes,
                           all->window.cancellable);
      wb_thread_start ("inspection", read_part, &parts[i], &parts[i].thread, NULL);
    }
  for (guint i = 0; i < n_parts; i++)
    {
      if (parts[i].thread != NULL)
        g_thread_join (parts[i].thread);
      else
        read_part (&parts[i]);
      n_read += (int) parts[i].n_read;
      if (parts[i].error != NULL && first_error == NULL)
        first_error = g_steal_pointer (&parts[i].error);
      g_clear_error (&parts[i].error);
      wb_file_window_clear (&parts[i].window);
      if (i == 0)
        continue;
      wb_facts_take_part (all->facts, parts[i].facts, parts[i].contents, parts[i].n_contents);
      wb_facts_free (parts[i].facts);
    }
  if (first_error == NULL)
    return n_read;
  g_propagate_error (error, first_error);

  return -1;
}

/**
 * wb_inspect:
 * @spool: the file
 * @index: what it lists
 * @tree: (inout): gets each file's problems
 * @facts: (inout): gets what is to be kept of the contents
 * @password: (nullable): what opens encrypted entries
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Looks at every file once, as far as the facts ask for it, in the order in which they lie, and at
 * the headers of folders.
 *
 * Returns: %FALSE if the file could not be read or on cancellation
 */
gboolean
wb_inspect (WbSpool      *spool,
            WbZipIndex   *index,
            WbNodeTree   *tree,
            WbFacts      *facts,
            const char   *password,
            GCancellable *cancellable,
            GError      **error)
{
  guint                     n;
  g_autofree WbZipContents *contents = wb_file_order_new (tree, index, &n);
  g_auto (WbFileWindow) window = { 0 };
  g_auto (WbZipGaps) gaps = { .window = &window, .index = index };
  Part     all = { .tree = tree, .facts = facts, .password = password, .contents = contents };
  gboolean has_entry = FALSE;
  guint    n_files = 0;
  guint    last = 0;
  int      n_read;

  wb_file_window_init (&window, wb_spool_get_fd (spool),
                       wb_spool_get_size_bytes (spool), cancellable);
  for (guint i = 0; i < n; i++)
    {
      if (!inspect_entry (index, password != NULL, &window, &tree->nodes[contents[i].id],
                          &contents[i], error)
          || !inspect_gap (&gaps, &tree->nodes[contents[i].id], &contents[i], error))
        return FALSE;
      last = contents[i].id;
      if (wb_node_is_file (&tree->nodes[contents[i].id]))
        contents[n_files++] = contents[i];
    }
  if (n > 0
      && !wb_zip_gaps_look (&gaps, wb_zip_index_get_directory_offset (index), &has_entry, error))
    return FALSE;
  if (has_entry)
    tree->nodes[last].problems |= WB_PROBLEM_UNLISTED;
  flag_overlaps (tree, contents, n_files);

  for (guint i = 0; i < n_files; i++)
    {
      if ((tree->nodes[contents[i].id].problems & WB_ARCHIVE_NOT_READABLE) == 0)
        contents[all.n_contents++] = contents[i];
    }
  if (facts->depth == WB_OPEN_INDEX
      && sum_sizes (contents, all.n_contents) <= WB_ARCHIVE_MAX_TOTAL_BYTES)
    all.n_contents = keep_notes (tree, contents, all.n_contents);
  wb_file_window_init (&all.window, window.fd, window.size_bytes, cancellable);
  wb_progress_begin (cancellable, all.n_contents);
  n_read = read_all (&all, error);
  if (n_read < 0)
    return FALSE;
  for (guint i = (guint) n_read; i < all.n_contents; i++)
    tree->nodes[contents[i].id].problems |= WB_PROBLEM_TOO_LARGE;

  return TRUE;
}
