/* sample-data.c: made-up workspaces and the archives their exports give
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-data.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/json-scan.h"
#include "core/libarchive.h"
#include "sample-resources.h"

#define RESOURCE_PATH "/io/github/waybill/Waybill/sample.json"

/* The second of November 2026, in the morning: the same data is the same archive each run. */
#define ENTRY_TIME 1793611800

static void
workspace_free (WbSampleWorkspace *workspace)
{
  g_free (workspace->id);
  g_free (workspace->name);
  g_clear_pointer (&workspace->connections, json_array_unref);
  g_clear_pointer (&workspace->zip, g_bytes_unref);
  g_free (workspace);
}

static la_ssize_t
append_cb (struct archive *writer,
           void           *user_data,
           const void     *bytes,
           size_t          length_bytes)
{
  g_byte_array_append (user_data, bytes, (guint) length_bytes);

  return (la_ssize_t) length_bytes;
}

static gboolean
set_archive_error (const WbLibarchive *libarchive,
                   struct archive     *writer,
                   GError            **error)
{
  /* Translators: the reason. */
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED, _ ("The sample data could not be packed: %s"),
               libarchive->archive_error_string (writer));

  return FALSE;
}

/* One connection as the body of the request that would create it, which is what the service's API
 * reference suggests: no file of the real service has been published. */
static gboolean
add_connection (const WbLibarchive *libarchive,
                struct archive     *writer,
                JsonNode           *connection,
                GError            **error)
{
  g_autofree char      *text = json_to_string (connection, TRUE);
  g_autofree char      *path = NULL;
  JsonObject           *object = json_node_get_object (connection);
  gsize                 length_bytes = strlen (text);
  struct archive_entry *entry = libarchive->archive_entry_new ();
  gboolean              written;

  path = g_strdup_printf ("connections/%s.conn", json_object_get_string_member (object, "name"));
  libarchive->archive_entry_set_pathname (entry, path);
  libarchive->archive_entry_set_filetype (entry, AE_IFREG);
  libarchive->archive_entry_set_perm (entry, 0644);
  libarchive->archive_entry_set_mtime (entry, ENTRY_TIME, 0);
  libarchive->archive_entry_set_size (entry, (la_int64_t) length_bytes);

  written = libarchive->archive_write_header (writer, entry) == ARCHIVE_OK
            && libarchive->archive_write_data (writer, text, length_bytes)
                 == (la_ssize_t) length_bytes;
  libarchive->archive_entry_free (entry);

  return written || set_archive_error (libarchive, writer, error);
}

static GBytes *
new_zip (const WbLibarchive *libarchive,
         JsonArray          *connections,
         GError            **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  struct archive *writer = libarchive->archive_write_new ();
  gboolean        written;

  /* Without the second line it would be filled up with zeros to a tape's block. */
  written = libarchive->archive_write_set_format_zip (writer) == ARCHIVE_OK
            && libarchive->archive_write_set_bytes_in_last_block (writer, 1) == ARCHIVE_OK
            && libarchive->archive_write_open (writer, bytes, NULL, append_cb, NULL) == ARCHIVE_OK;
  if (!written)
    set_archive_error (libarchive, writer, error);

  for (guint i = 0; written && i < json_array_get_length (connections); i++)
    written = add_connection (libarchive, writer, json_array_get_element (connections, i), error);

  if (written && libarchive->archive_write_close (writer) != ARCHIVE_OK)
    written = set_archive_error (libarchive, writer, error);
  libarchive->archive_write_free (writer);

  return written ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

/**
 * wb_sample_data_load:
 * @error: (out) (optional): %WB_ERROR_FAILED if an archive cannot be made
 *
 * Returns: (transfer full) (element-type WbSampleWorkspace) (nullable): the workspaces, the default
 *   one first
 */
GPtrArray *
wb_sample_data_load (GError **error)
{
  g_autoptr (GPtrArray) workspaces = NULL;
  g_autoptr (GBytes) data = NULL;
  g_autoptr (JsonNode) root = NULL;
  const WbLibarchive *libarchive = wb_libarchive_load (error);
  JsonArray          *array;
  const char         *text;
  gsize               length_bytes;

  if (libarchive == NULL)
    return NULL;

  data = g_resource_lookup_data (wb_sample_get_resource (), RESOURCE_PATH,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (data == NULL)
    return NULL;

  text = g_bytes_get_data (data, &length_bytes);
  root = wb_json_parse (text, length_bytes, error);
  if (root == NULL)
    return NULL;

  workspaces = g_ptr_array_new_with_free_func ((GDestroyNotify) workspace_free);
  array = json_object_get_array_member (json_node_get_object (root), "workspaces");
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject        *object = json_array_get_object_element (array, i);
      JsonArray         *connections = json_object_get_array_member (object, "connections");
      WbSampleWorkspace *workspace = g_new0 (WbSampleWorkspace, 1);

      g_ptr_array_add (workspaces, workspace);
      workspace->id = g_strdup (json_object_get_string_member (object, "id"));
      workspace->name = g_strdup (json_object_get_string_member (object, "name"));
      workspace->connections = json_array_ref (connections);
      if (json_array_get_length (connections) == 0)
        continue;

      workspace->zip = new_zip (libarchive, connections, error);
      if (workspace->zip == NULL)
        return NULL;
    }

  return g_steal_pointer (&workspaces);
}
