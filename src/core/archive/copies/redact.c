/* redact.c: a copy of an archive without its secrets
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/copies/redact.h"

#include <string.h>

#include "core/archive/copies/redact-json.h"
#include "core/archive/secrets/secret-keys.h"
#include "core/archive/secrets/secret-search.h"
#include "core/archive/tree/archive-private.h"
#include "core/archive/zip/zip-writer.h"
#include "core/progress.h"
#include "core/sha256.h"
#include "core/text.h"
#include "core/thread.h"

typedef struct
{
  WbArchive      *archive;     /* (unowned) */
  WbSecretSearch *search;      /* (owned) */
  WbZipWriter    *writer;      /* (owned) */
  guint8         *written;     /* (owned): for each node */
  GCancellable   *cancellable; /* (unowned) (nullable) */
  guint           n_connections;
  guint           n_secrets;
  char           *old_note; /* (owned) (nullable): of an archive that is a redacted copy itself */
  GError         *error;    /* (owned) (nullable) */
} Redacting;

static void
redacting_clear (Redacting *self)
{
  g_clear_pointer (&self->search, wb_secret_search_free);
  g_clear_pointer (&self->writer, wb_zip_writer_free);
  g_clear_pointer (&self->written, g_free);
  g_clear_pointer (&self->old_note, g_free);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Redacting, redacting_clear)

static gboolean
collect_cb (WbArchive    *archive,
            guint         node,
            const guint8 *bytes,
            gsize         length,
            WbProblems    problems,
            gpointer      user_data)
{
  Redacting *self = user_data;
  g_autoptr (GBytes) contents = g_bytes_new_static (bytes, length);

  wb_redact_collect (contents, self->search);

  return !g_cancellable_set_error_if_cancelled (self->cancellable, &self->error);
}

static gboolean
add_entry (Redacting    *self,
           guint         node,
           const guint8 *bytes,
           gsize         length)
{
  const WbNode    *n = &self->archive->tree->nodes[node];
  gboolean         is_folder = n->kind == WB_NODE_FOLDER;
  g_autofree char *copy_path = wb_node_dup_copy_path (n);
  gsize            name_length;
  g_autofree char *name = wb_secret_search_replace (self->search, copy_path, n->path_length,
                                                    &name_length);
  g_autofree char *path = g_malloc (name_length + 1);

  memcpy (path, name, name_length);
  if (is_folder)
    path[name_length++] = '/';
  /* A secret that a replaced one has left behind, or a name that got too long. */
  if (wb_secret_search_is_in (self->search, path, name_length) || name_length > G_MAXUINT16)
    return TRUE;

  self->written[node] = TRUE;

  return wb_zip_writer_add (self->writer, path, name_length, bytes, length, &self->error);
}

static gboolean
is_redaction_note (const WbNode *node)
{
  return node->kind == WB_NODE_NOTE && node->path_length == strlen (WB_NOTE_REDACTED)
         && memcmp (node->path, WB_NOTE_REDACTED, node->path_length) == 0;
}

/* The note of the copy takes the place of the note that the archive has, and quotes it. */
static void
take_old_note (Redacting    *self,
               guint         node,
               const guint8 *bytes,
               gsize         length)
{
  gsize            new_length;
  g_autofree char *text = NULL;

  if (self->old_note != NULL || !g_utf8_validate_len ((const char *) bytes, length, NULL))
    return;
  text = wb_secret_search_replace (self->search, (const char *) bytes, length, &new_length);
  if (wb_secret_search_is_in (self->search, text, new_length))
    return;

  self->old_note = g_strndup (text, new_length);
  self->written[node] = TRUE;
}

static gboolean
redact_cb (WbArchive    *archive,
           guint         node,
           const guint8 *bytes,
           gsize         length,
           WbProblems    problems,
           gpointer      user_data)
{
  Redacting *self = user_data;
  g_autoptr (GBytes) contents = NULL;
  g_autoptr (GBytes) redacted = NULL;
  guint n_secrets = 0;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    return FALSE;
  if ((archive->tree->nodes[node].kind != WB_NODE_CONNECTION
       && archive->tree->nodes[node].kind != WB_NODE_NOTE)
      || (problems & ~(WbProblems) WB_PROBLEM_DUPLICATE) != 0)
    return TRUE;
  if (is_redaction_note (&archive->tree->nodes[node]))
    {
      take_old_note (self, node, bytes, length);
      return TRUE;
    }

  contents = g_bytes_new_static (bytes, length);
  redacted = wb_redact_json (contents, self->search, &n_secrets);
  if (redacted == NULL)
    return TRUE;

  if (!add_entry (self, node, g_bytes_get_data (redacted, NULL), g_bytes_get_size (redacted)))
    return FALSE;
  if (self->written[node])
    {
      self->n_connections += archive->tree->nodes[node].kind == WB_NODE_CONNECTION;
      self->n_secrets += n_secrets;
    }

  return TRUE;
}

/* An entry's path as it may be named. */
static char *
dup_path (Redacting *self,
          guint      node)
{
  const WbNode    *n = &self->archive->tree->nodes[node];
  gsize            length;
  g_autofree char *path = wb_secret_search_replace (self->search, n->path, n->path_length,
                                                    &length);

  if (wb_secret_search_is_in (self->search, path, length))
    return g_strdup (WB_SECRET_STARS);

  return wb_text_escape (path, (gssize) length);
}

/* In English whatever the language, for the same input must give the same bytes. */
static gboolean
add_note (Redacting    *self,
          GPtrArray    *left_out,
          GCancellable *cancellable)
{
  WbSpool         *spool = self->archive->spool;
  g_autofree char *sha256 = g_strdup (wb_spool_get_sha256 (spool));
  g_autoptr (GString) text = g_string_new (NULL);

  if (sha256 == NULL)
    sha256 = wb_sha256_of_fd (wb_spool_get_fd (spool), wb_spool_get_size_bytes (spool),
                              cancellable, &self->error);
  if (sha256 == NULL)
    return FALSE;

  g_string_append_printf (text,
                          "This is a redacted copy of %s, made with Waybill.\n\n"
                          "Passwords and other secrets are replaced by *********. Addresses, user "
                          "names and\ndescriptions are as they were. Importing this copy would "
                          "lose the passwords.\n\n"
                          "SHA-256 of the source: %s\n"
                          "Connections: %u\n"
                          "Places replaced: %u\n"
                          "Entries left out: %u\n",
                          wb_archive_is_rebuilt (self->archive)
                            ? "data connections that were not exported but listed (WAYBILL.json)"
                            : "an export of data connections",
                          sha256, self->n_connections, self->n_secrets, left_out->len);
  for (guint i = 0; i < left_out->len; i++)
    g_string_append_printf (text, "  %s\n", (const char *) g_ptr_array_index (left_out, i));
  if (self->old_note != NULL)
    g_string_append_printf (text, "\nThe note in the source:\n\n%s", self->old_note);

  return wb_zip_writer_add (self->writer, WB_NOTE_REDACTED, strlen (WB_NOTE_REDACTED), text->str,
                            text->len, &self->error);
}

static gboolean
add_folders (Redacting *self)
{
  for (guint node = 0; node < self->archive->tree->n_nodes; node++)
    {
      const WbNode *n = &self->archive->tree->nodes[node];

      if (n->kind == WB_NODE_FOLDER && n->entry >= 0
          && (n->problems & WB_PROBLEM_UNSAFE_PATH) == 0 && !add_entry (self, node, NULL, 0))
        return FALSE;
    }

  return TRUE;
}

void
wb_redaction_free (WbRedaction *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->spool);
  g_clear_pointer (&self->left_out, g_ptr_array_unref);
  g_free (self);
}

/**
 * wb_redact:
 * @archive: an archive
 * @cancellable: (nullable): a cancellable, or a progress
 * @error: return location
 *
 * Makes a copy with the same layout, in which each secret is replaced by `*********` where it
 * stands; one of six or more characters also wherever else it occurs: in other fields, keys and
 * names, plain, with escapes, or in base64. A file that is not a fully understood JSON connection
 * is left out. Waybill's own notes stay. A note with the source's SHA-256 is added. The same input
 * gives the same bytes. Blocks; for a thread.
 *
 * Returns: (transfer full): the copy
 */
WbRedaction *
wb_redact (WbArchive    *archive,
           GCancellable *cancellable,
           GError      **error)
{
  g_auto (Redacting) self = { .archive = archive, .cancellable = cancellable };
  g_autoptr (WbRedaction) result = NULL;

  g_return_val_if_fail (WB_IS_ARCHIVE (archive), NULL);

  wb_progress_set_stage (cancellable, 0, 0.5);
  self.search = wb_secret_search_new ();
  self.written = g_new0 (guint8, archive->tree->n_nodes);
  self.writer = wb_zip_writer_new (NULL, error);
  if (self.writer == NULL
      || !wb_archive_read_each (archive, NULL, collect_cb, &self, cancellable, error))
    return NULL;
  wb_secret_search_seal (self.search);
  wb_progress_set_stage (cancellable, 0.5, 1);

  result = g_new0 (WbRedaction, 1);
  result->left_out = g_ptr_array_new_with_free_func (g_free);
  if (self.error == NULL && add_folders (&self)
      && !wb_archive_read_each (archive, NULL, redact_cb, &self, cancellable, error))
    return NULL;
  for (guint node = 0; node < archive->tree->n_nodes; node++)
    {
      const WbNode *n = &archive->tree->nodes[node];

      if ((wb_node_counts (n) || n->kind == WB_NODE_NOTE) && !self.written[node])
        g_ptr_array_add (result->left_out, dup_path (&self, node));
    }

  if (self.error == NULL && add_note (&self, result->left_out, cancellable))
    result->spool = wb_zip_writer_finish (self.writer, &self.error);
  if (result->spool == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self.error));
      return NULL;
    }
  result->n_connections = self.n_connections;
  result->n_secrets = self.n_secrets;

  return g_steal_pointer (&result);
}

static void
redact_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  GError      *error = NULL;
  WbRedaction *redaction = wb_redact (task_data, cancellable, &error);

  if (redaction != NULL)
    g_task_return_pointer (task, redaction, (GDestroyNotify) wb_redaction_free);
  else
    g_task_return_error (task, error);
}

/**
 * wb_redact_async:
 * @archive: an archive
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * wb_redact() in a thread.
 */
void
wb_redact_async (WbArchive          *archive,
                 GCancellable       *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_ARCHIVE (archive));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_redact_async);
  g_task_set_task_data (task, g_object_ref (archive), g_object_unref);
  wb_thread_run_task (task, redact_thread);
}

WbRedaction *
wb_redact_finish (GAsyncResult *result,
                  GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_redact_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
