/* inspection.c: one look at everything in a ZIP file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/inspection.h"

#include "core/archive/zip/zip-local.h"
#include "core/archive/zip/zip-reader.h"
#include "core/input-limits.h"

/* State of an archive that is being opened. */
typedef struct
{
  WbNodeTree *tree;  /* (unowned) */
  WbFacts    *facts; /* (unowned) */
  guint64     total_bytes;
  guint       n_read;
} Opening;

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
  Opening *opening = user_data;
  WbNode  *node = &opening->tree->nodes[contents->id];

  node->problems |= problems;
  opening->n_read++;
  opening->total_bytes += length;

  if (node->kind == WB_NODE_CONNECTION
      && (problems & WB_ARCHIVE_NOT_READABLE) == 0
      && !wb_facts_take (opening->facts, opening->tree, contents->id, (const char *) bytes, length))
    node->problems |= WB_PROBLEM_NOT_JSON;
  if (node->kind == WB_NODE_NOTE && (node->problems & ~(guint) WB_PROBLEM_DUPLICATE) == 0)
    wb_facts_take_note (opening->facts, node, (const char *) bytes, length);

  return opening->total_bytes <= WB_ARCHIVE_MAX_TOTAL_BYTES;
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
 * Looks at every file once, in the order in which they lie, and at the headers of folders.
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
  g_autofree WbZipContents *contents = g_new (WbZipContents, tree->n_nodes);
  g_auto (WbFileWindow) window = { 0 };
  Opening opening = { .tree = tree, .facts = facts };
  guint   n = 0;
  guint   n_files = 0;
  guint   n_readable = 0;

  for (guint i = 0; i < tree->n_nodes; i++)
    {
      if (tree->nodes[i].entry >= 0)
        contents[n++] = (WbZipContents){
          .entry = wb_zip_index_get (index, (guint) tree->nodes[i].entry),
          .id = i,
        };
    }
  qsort (contents, n, sizeof *contents, wb_zip_contents_compare);

  wb_file_window_init (&window, wb_spool_get_fd (spool),
                       wb_spool_get_size_bytes (spool), cancellable);
  for (guint i = 0; i < n; i++)
    {
      if (!inspect_entry (index, password != NULL, &window, &tree->nodes[contents[i].id],
                          &contents[i], error))
        return FALSE;
      if (wb_node_is_file (&tree->nodes[contents[i].id]))
        contents[n_files++] = contents[i];
    }
  flag_overlaps (tree, contents, n_files);

  for (guint i = 0; i < n_files; i++)
    {
      if ((tree->nodes[contents[i].id].problems & WB_ARCHIVE_NOT_READABLE) == 0)
        contents[n_readable++] = contents[i];
    }
  if (!wb_zip_read_contents (&window, password, contents, n_readable, contents_cb, &opening, error))
    return FALSE;
  for (guint i = opening.n_read; i < n_readable; i++)
    tree->nodes[contents[i].id].problems |= WB_PROBLEM_TOO_LARGE;

  return TRUE;
}
