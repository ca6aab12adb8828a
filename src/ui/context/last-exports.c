/* last-exports.c: what was exported last in this run, to compare with
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/context/last-exports.h"

/* The exports of one workspace. */
typedef struct
{
  WbDocument *last;   /* (owned) */
  WbDocument *before; /* (owned) (nullable) */
} Exports;

struct _WbLastExports
{
  GHashTable *exports; /* (owned) (element-type utf8 Exports): by account and workspace */
};

static void
exports_free (Exports *exports)
{
  g_clear_object (&exports->last);
  g_clear_object (&exports->before);
  g_free (exports);
}

static char *
dup_key (WbAccount   *account,
         WbWorkspace *workspace)
{
  return g_strdup_printf ("%s\n%s", wb_account_get_uuid (account),
                          wb_workspace_get_id (workspace));
}

/* Finds the workspace of a document; a different one may be chosen now. */
static Exports *
find_workspace_of (WbLastExports *self,
                   WbDocument    *document)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->exports);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Exports *exports = value;

      if (exports->last == document || exports->before == document)
        return exports;
    }

  return NULL;
}

WbLastExports *
wb_last_exports_new (void)
{
  WbLastExports *self = g_new0 (WbLastExports, 1);

  self->exports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) exports_free);

  return self;
}

void
wb_last_exports_free (WbLastExports *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->exports, g_hash_table_unref);
  g_free (self);
}

void
wb_last_exports_keep (WbLastExports *self,
                      WbAccount     *account,
                      WbWorkspace   *workspace,
                      WbDocument    *document)
{
  g_autofree char *key = NULL;
  Exports         *exports;

  g_return_if_fail (self != NULL);
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (WB_IS_WORKSPACE (workspace));
  g_return_if_fail (WB_IS_DOCUMENT (document));

  key = dup_key (account, workspace);
  exports = g_hash_table_lookup (self->exports, key);
  if (exports == NULL)
    {
      exports = g_new0 (Exports, 1);
      g_hash_table_insert (self->exports, g_steal_pointer (&key), exports);
    }

  g_clear_object (&exports->before);
  exports->before = exports->last;
  exports->last = g_object_ref (document);
}

/**
 * wb_last_exports_get:
 * @self: the last exports
 * @account: (nullable): the account that is chosen
 * @workspace: (nullable): the workspace that is chosen
 * @document: the document in the preview
 *
 * Returns: (transfer none) (nullable): the last export other than @document, of the workspace of
 *   @document if that is known, otherwise of the chosen one
 */
WbDocument *
wb_last_exports_get (WbLastExports *self,
                     WbAccount     *account,
                     WbWorkspace   *workspace,
                     WbDocument    *document)
{
  Exports *exports;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (WB_IS_DOCUMENT (document), NULL);

  exports = find_workspace_of (self, document);
  if (exports == NULL && account != NULL && workspace != NULL)
    {
      g_autofree char *key = dup_key (account, workspace);

      exports = g_hash_table_lookup (self->exports, key);
    }
  if (exports == NULL)
    return NULL;

  return exports->last != document ? exports->last : exports->before;
}
