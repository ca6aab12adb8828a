/* findings.c: what a careful reader would notice in an archive
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/findings.h"

#include <string.h>

#include "core/archive/tree/archive-private.h"
#include "core/archive/tree/natural-order.h"
#include "core/thread.h"

typedef struct
{
  const char *text; /* (unowned) */
  guint       node;
} Item;

static int
compare_items (const void *a,
               const void *b)
{
  const Item *x = a;
  const Item *y = b;

  return wb_caseless_compare (x->text, strlen (x->text), y->text, strlen (y->text));
}

/* Flags all connections whose text is that of another one. */
static void
flag_equal (WbArchive   *archive,
            WbFindings  *findings,
            WbFindings   kind,
            WbDigestText text)
{
  guint            n_nodes = wb_archive_get_n_nodes (archive);
  g_autofree Item *items = g_new (Item, n_nodes);
  guint            n = 0;

  for (guint node = 0; node < n_nodes; node++)
    {
      Item item = { .text = wb_archive_get_text (archive, node, text), .node = node };

      if (*item.text != '\0')
        items[n++] = item;
    }
  qsort (items, n, sizeof *items, compare_items);
  for (guint i = 1; i < n; i++)
    {
      if (compare_items (&items[i - 1], &items[i]) == 0)
        {
          findings[items[i - 1].node] |= kind;
          findings[items[i].node] |= kind;
        }
    }
}

/* The layout of the service's API reference: `connections/NAME.conn`, and nothing else. */
static gboolean
lies_elsewhere (WbArchive *archive,
                guint      node)
{
  const WbNode *n = &archive->tree->nodes[node];

  if (!wb_node_counts (n))
    return FALSE;

  return n->kind != WB_NODE_CONNECTION || n->name_start != strlen ("connections/")
         || memcmp (n->path, "connections/", n->name_start) != 0;
}

/**
 * wb_findings_new:
 * @archive: an archive
 *
 * Returns: (transfer full) (element-type WbFinding): what there is to notice, in the order of the
 *   nodes
 */
GArray *
wb_findings_new (WbArchive *archive)
{
  GArray                *result = g_array_new (FALSE, FALSE, sizeof (WbFinding));
  guint                  n_nodes;
  g_autofree WbFindings *findings = NULL;

  g_return_val_if_fail (WB_IS_ARCHIVE (archive), result);

  n_nodes = wb_archive_get_n_nodes (archive);
  findings = g_new0 (WbFindings, n_nodes);
  flag_equal (archive, findings, WB_FINDING_DUPLICATE_NAME, WB_DIGEST_NAME);
  flag_equal (archive, findings, WB_FINDING_SHARED_ADDRESS, WB_DIGEST_ADDRESS);
  for (guint node = 0; node < n_nodes; node++)
    {
      findings[node] |= wb_archive_peek_fact (archive, node, NULL)->findings;
      if (lies_elsewhere (archive, node))
        findings[node] |= WB_FINDING_ELSEWHERE;

      while (findings[node] != WB_FINDING_NONE)
        {
          WbFinding finding = { .node = node, .kind = wb_findings_take_first (&findings[node]) };

          g_array_append_val (result, finding);
        }
    }

  return result;
}

static void
find_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_task_return_pointer (task, wb_findings_new (source), (GDestroyNotify) g_array_unref);
}

/**
 * wb_findings_new_async:
 * @archive: an archive
 * @cancellable: (nullable): to stop
 * @callback: called when done
 * @user_data: for @callback
 *
 * Looks in a thread: a large archive takes its time.
 */
void
wb_findings_new_async (WbArchive          *archive,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_ARCHIVE (archive));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (archive, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_findings_new_async);
  wb_thread_run_task (task, find_in_thread);
}

/**
 * wb_findings_new_finish:
 * @archive: the archive
 * @result: as given to the callback
 * @error: return location: %G_IO_ERROR_CANCELLED alone
 *
 * Returns: (transfer full) (element-type WbFinding): as wb_findings_new(), or %NULL
 */
GArray *
wb_findings_new_finish (WbArchive    *archive,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, archive), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
