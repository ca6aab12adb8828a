/* rebuild.c: a ZIP of the official layout, made of what the service says of its connections
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/rebuilt/rebuild.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/archive/rebuilt/rebuilt-connection.h"
#include "core/archive/rebuilt/rebuilt-names.h"
#include "core/archive/rebuilt/waybill-note.h"
#include "core/archive/zip/zip-writer.h"
#include "core/error.h"

struct _WbRebuild
{
  WbSource        source;
  GPtrArray      *connections; /* (owned) (element-type WbRebuiltConnection) */
  GPtrArray      *gone;        /* (owned) (element-type utf8) */
  WbSecretSearch *search;      /* (owned): the secrets of all connections */
  gboolean        is_sealed;   /* nothing is added any more */
};

static int
compare_connections (const void *a,
                     const void *b)
{
  const WbRebuiltConnection *x = *(const WbRebuiltConnection *const *) a;
  const WbRebuiltConnection *y = *(const WbRebuiltConnection *const *) b;
  int                        order = strcmp (x->name, y->name);

  return order != 0 ? order : strcmp (x->text->str, y->text->str);
}

static int
compare_names (const void *a,
               const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The path of each connection in the archive. */
static GPtrArray *
make_paths (WbRebuild *self)
{
  guint                   n = self->connections->len;
  g_autofree const char **names = g_new0 (const char *, n + 1);
  g_autoptr (GPtrArray) stems = NULL;
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    names[i] = ((const WbRebuiltConnection *) g_ptr_array_index (self->connections, i))->name;
  stems = wb_rebuilt_names_new (names, n);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (paths, g_strdup_printf ("connections/%s.conn",
                                             (const char *) g_ptr_array_index (stems, i)));

  return paths;
}

static gboolean
check_size (WbRebuild *self,
            GBytes    *note,
            guint64    max_size_bytes,
            GError   **error)
{
  g_autofree char *limit = NULL;
  guint64          size_bytes = g_bytes_get_size (note);

  for (guint i = 0; i < self->connections->len; i++)
    {
      const WbRebuiltConnection *connection = g_ptr_array_index (self->connections, i);

      size_bytes += connection->text->len;
    }
  if (size_bytes <= max_size_bytes)
    return TRUE;

  limit = g_format_size (max_size_bytes);
  g_set_error (error, WB_ERROR, WB_ERROR_SERVICE,
               /* Translators: %s is a size such as “2.1 GB” */
               _ ("The connections are larger than the limit of %s allows. If that much is right, "
                  "raise the limit."),
               limit);

  return FALSE;
}

static gboolean
add_files (WbRebuild    *self,
           WbZipWriter  *writer,
           GPtrArray    *paths,
           GCancellable *cancellable,
           GError      **error)
{
  for (guint i = 0; i < paths->len; i++)
    {
      const WbRebuiltConnection *connection = g_ptr_array_index (self->connections, i);
      const char                *path = g_ptr_array_index (paths, i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !wb_zip_writer_add (writer, path, strlen (path), connection->text->str,
                                 connection->text->len, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * wb_rebuild_new:
 * @source: where the replies will come from; not %WB_SOURCE_EXPORT
 *
 * Returns: (transfer full): an archive without connections, to be freed with wb_rebuild_free(). Not
 *   for several threads at once.
 */
WbRebuild *
wb_rebuild_new (WbSource source)
{
  WbRebuild *self;

  g_return_val_if_fail (source == WB_SOURCE_LIST || source == WB_SOURCE_MANAGEMENT, NULL);

  self = g_new0 (WbRebuild, 1);
  self->source = source;
  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_rebuilt_connection_free);
  self->gone = g_ptr_array_new_with_free_func (g_free);
  self->search = wb_secret_search_new ();

  return self;
}

void
wb_rebuild_free (WbRebuild *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->connections);
  g_ptr_array_unref (self->gone);
  wb_secret_search_free (self->search);
  g_free (self);
}

/**
 * wb_rebuild_add:
 * @self: an archive that is not written yet
 * @connection: the JSON object of one connection as the service sent it
 * @error: return location, for what is not a connection
 *
 * Their order does not matter.
 *
 * Returns: whether it is one; else @self is as before, with %WB_ERROR_SERVICE and a sentence that
 *   quotes nothing of the reply
 */
gboolean
wb_rebuild_add (WbRebuild *self,
                GBytes    *connection,
                GError   **error)
{
  WbRebuiltConnection *rebuilt;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (connection != NULL, FALSE);
  g_return_val_if_fail (!self->is_sealed, FALSE);

  rebuilt = wb_rebuilt_connection_new (connection, self->search, error);
  if (rebuilt == NULL)
    return FALSE;
  g_ptr_array_add (self->connections, rebuilt);

  return TRUE;
}

/**
 * wb_rebuild_add_gone:
 * @self: an archive that is not written yet
 * @name: a connection that was listed, and gone when it was read
 *
 * It is left out, and `WAYBILL.json` names it.
 */
void
wb_rebuild_add_gone (WbRebuild  *self,
                     const char *name)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  g_ptr_array_add (self->gone, g_utf8_make_valid (name, -1));
}

/**
 * wb_rebuild_write:
 * @self: an archive; nothing can be added any more
 * @folder: (nullable): where it is to be saved later
 * @max_size_bytes: more than this is an error
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Writes a ZIP with `connections/{name}.conn` for each, and `WAYBILL.json`. The same connections
 * give the same bytes, in whichever order they came. Blocks; for a thread.
 *
 * Returns: (transfer full): the file, or %NULL; with %WB_ERROR_NO_CONNECTIONS if there are none
 */
WbSpool *
wb_rebuild_write (WbRebuild    *self,
                  const char   *folder,
                  guint64       max_size_bytes,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_autoptr (WbZipWriter) writer = NULL;
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (GBytes) note = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->connections->len == 0)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_NO_CONNECTIONS,
                           _ ("The workspace has no connections."));
      return NULL;
    }

  g_ptr_array_sort (self->connections, compare_connections);
  g_ptr_array_sort (self->gone, compare_names);
  if (!self->is_sealed)
    wb_secret_search_seal (self->search);
  self->is_sealed = TRUE;
  paths = make_paths (self);
  note = wb_waybill_note_write (self->source, self->connections, paths, self->gone, self->search,
                                error);
  if (note == NULL || !check_size (self, note, max_size_bytes, error))
    return NULL;

  writer = wb_zip_writer_new (folder, error);
  if (writer == NULL || !add_files (self, writer, paths, cancellable, error)
      || !wb_zip_writer_add (writer, WB_NOTE_WAYBILL, strlen (WB_NOTE_WAYBILL),
                             g_bytes_get_data (note, NULL), g_bytes_get_size (note), error))
    return NULL;

  return wb_zip_writer_finish (writer, error);
}
