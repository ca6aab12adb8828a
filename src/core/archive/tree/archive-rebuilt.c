/* archive-rebuilt.c: what a rebuilt archive says of itself
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/tree/archive-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static int
compare_path (const void *a,
              const void *b)
{
  const WbNode            *node = a;
  const WbMissingPassword *missing = *(const WbMissingPassword *const *) b;
  gsize                    length = strlen (missing->path);
  int                      order;

  order = memcmp (node->path, missing->path, MIN (node->path_length, length));

  return order != 0 ? order : (node->path_length > length) - (node->path_length < length);
}

/* Learns what the note says, as far as it is about what the archive has: a copy may have less. */
void
wb_archive_take_note (WbArchive *self)
{
  const GPtrArray *missing = self->facts->note != NULL ? self->facts->note->missing : NULL;

  self->is_rebuilt = self->facts->note != NULL;
  self->missing = g_ptr_array_new ();
  for (guint i = 0; i < self->tree->n_nodes; i++)
    {
      const WbNode *node = &self->tree->nodes[i];
      gpointer     *found = NULL;

      if (wb_node_is_waybill_note (node) && (node->problems & WB_PROBLEM_ENCRYPTED) != 0)
        self->is_rebuilt = TRUE;
      /* Waybill itself chose the file's name. */
      if (self->facts->note != NULL)
        self->facts->facts[i].findings &= ~(WbFindings) WB_FINDING_NAME_DIFFERS;
      if (node->kind == WB_NODE_CONNECTION && missing != NULL && missing->len > 0)
        found = bsearch (node, missing->pdata, missing->len, sizeof (gpointer), compare_path);
      if (found != NULL)
        {
          ((WbMissingPassword *) *found)->node = i;
          g_ptr_array_add (self->missing, *found);
        }
    }
}

/**
 * wb_archive_is_rebuilt:
 * @self: an archive
 *
 * Returns: whether it says of itself that Waybill made it of a list of connections, or is a copy of
 *   such a one; also while a password is needed to read where it comes from
 */
gboolean
wb_archive_is_rebuilt (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), FALSE);

  return self->is_rebuilt;
}

/**
 * wb_archive_get_source:
 * @self: an archive
 *
 * Returns: where its connections come from, as far as it says so: %WB_SOURCE_EXPORT if it is not
 *   rebuilt, or not unlocked
 */
WbSource
wb_archive_get_source (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), WB_SOURCE_EXPORT);

  return self->facts->note != NULL ? self->facts->note->source : WB_SOURCE_EXPORT;
}

/**
 * wb_archive_get_missing_passwords:
 * @self: an archive
 *
 * Returns: (transfer none) (element-type WbMissingPassword): its connections whose passwords the
 *   service did not send, as a rebuilt archive says it; else none
 */
const GPtrArray *
wb_archive_get_missing_passwords (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);

  return self->missing;
}

/**
 * wb_archive_dup_rebuilt_text:
 * @self: an archive
 *
 * Returns: (transfer full) (nullable): sentences that say that it is rebuilt, of what, and what it
 *   can lack, translated; %NULL if it is not
 */
char *
wb_archive_dup_rebuilt_text (WbArchive *self)
{
  g_return_val_if_fail (WB_IS_ARCHIVE (self), NULL);

  if (!self->is_rebuilt)
    return NULL;

  switch (wb_archive_get_source (self))
    {
    case WB_SOURCE_LIST:
      return g_strdup (_ ("Rebuilt: Waybill made this ZIP file of the list of connections in "
                          "DataArts Factory. It is not an export. It can lack passwords, and "
                          "connections that a permission policy hides."));
    case WB_SOURCE_MANAGEMENT:
      return g_strdup (_ ("Rebuilt: Waybill made this ZIP file of the connections in Management "
                          "Center. It is not an export. It can lack passwords, connections that a "
                          "permission policy hides, and connections that exist in DataArts Factory "
                          "alone."));
    case WB_SOURCE_EXPORT:
    case WB_N_SOURCES:
    default:
      return g_strdup (_ ("Rebuilt: Waybill made this ZIP file. It is not an export."));
    }
}
