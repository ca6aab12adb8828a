/* connections.c: all connections of a workspace, read one by one or from a list
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/connections/connections.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/service/connections/connection-list.h"
#include "core/service/connections/requests.h"
#include "core/service/http/sendable.h"
#include "core/text.h"

/* How often the list is read again because a connection could not be. */
#define MAX_LISTS 5

/* What came of one that was listed. */
typedef enum
{
  FATE_UNREAD,
  FATE_READING,
  FATE_READ,
  FATE_FAILED, /* unless it is gone */
} Fate;

typedef struct
{
  char *id;   /* (owned) */
  char *name; /* (owned) */
  Fate  fate;
} Entry;

typedef struct
{
  WbSource    source;
  WbRequests *requests; /* (owned) */
  WbRebuild  *rebuild;  /* (owned) (nullable) */
  GPtrArray  *entries;  /* (owned) (element-type Entry): those that are listed */
  guint       n_reading;
  guint       n_read;
  guint       n_lists;
  GError     *failure;  /* (owned) (nullable): of the first that could not be read */
  gboolean    is_fatal; /* whatever the list says */

  GCancellable *cancellable; /* (owned): of the requests; an error cancels them, too */
  GCancellable *outer;       /* (owned) (nullable): the caller's */
  gulong        outer_id;

  WbConnectionsProgress progress;
  gpointer              progress_data;
} Reading;

static void go_on (GTask *task);
static void list (GTask *task);

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

static void
reading_free (Reading *self)
{
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_id);
  g_clear_object (&self->outer);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->requests);
  g_clear_pointer (&self->rebuild, wb_rebuild_free);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_free (self);
}

static void
report (Reading *self)
{
  self->progress (self->n_read, self->entries->len, wb_requests_get_retry_at (self->requests),
                  self->progress_data);
}

static void
retry_at_cb (WbRequests *requests,
             GParamSpec *pspec,
             gpointer    user_data)
{
  report (user_data);
}

/* The one exit; what is still under way is over by then. */
static void
finish (GTask *task)
{
  Reading *self = g_task_get_task_data (task);

  g_signal_handlers_disconnect_by_data (self->requests, self);
  if (self->failure != NULL)
    g_task_return_error (task, g_steal_pointer (&self->failure));
  else
    g_task_return_pointer (task, g_steal_pointer (&self->rebuild),
                           (GDestroyNotify) wb_rebuild_free);
}

/* Names the connection, but where that would be beside the point. Takes @error. */
static void
fail (Reading     *self,
      const Entry *entry,
      GError      *error)
{
  WbErrorKind      kind = wb_error_get_kind (error);
  g_autofree char *name = wb_text_escape (entry->name, -1);
  gboolean         is_answer = kind == WB_ERROR_KIND_SERVICE || kind == WB_ERROR_KIND_WITHDRAWN
                       || kind == WB_ERROR_KIND_NOT_PERMITTED
                       || kind == WB_ERROR_KIND_NO_CONNECTIONS;

  if (is_answer || kind == WB_ERROR_KIND_NETWORK)
    /* Translators: a connection's name; a sentence follows, so keep the space. */
    g_prefix_error (&error, _ ("The connection “%s” could not be read: "), name);
  if (!is_answer)
    {
      /* The others would end alike; five refused signatures lock a key. */
      if (!self->is_fatal)
        g_clear_error (&self->failure);
      self->is_fatal = TRUE;
    }
  if (self->failure == NULL)
    self->failure = error;
  else
    g_error_free (error);
  if (self->is_fatal)
    g_cancellable_cancel (self->cancellable);
}

/* --- one by one --- */

/* What Management Center sent must be the connection that was asked for. */
static gboolean
add_reply (Reading     *self,
           const Entry *entry,
           JsonNode    *root,
           GBytes      *body,
           GError     **error)
{
  g_autofree char *id = wb_connection_dup_id (json_node_get_object (root), "dw_id");

  if (id != NULL && !g_str_equal (id, entry->id))
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_SERVICE,
                           _ ("Management Center sent another one."));
      return FALSE;
    }

  return wb_rebuild_add (self->rebuild, body, error);
}

typedef struct
{
  GTask *task; /* (owned) */
  Entry *entry;
} Request;

static void
shown_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree Request *request = user_data;
  g_autoptr (GTask) task = request->task;
  Reading *self = g_task_get_task_data (task);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;

  self->n_reading--;
  root = wb_requests_get_finish (WB_REQUESTS (object), result, &body, &error);
  if (root != NULL && add_reply (self, request->entry, root, body, &error))
    {
      request->entry->fate = FATE_READ;
      self->n_read++;
      report (self);
    }
  else
    {
      request->entry->fate = FATE_FAILED;
      fail (self, request->entry, error);
    }
  go_on (task);
}

static void
show (GTask *task,
      Entry *entry)
{
  WbSignIn          *sign_in = g_task_get_source_object (task);
  Reading           *self = g_task_get_task_data (task);
  const WbEndpoints *endpoints = wb_client_get_endpoints (wb_sign_in_get_client (sign_in));
  g_autofree char   *project = NULL;
  g_autofree char   *id = g_uri_escape_string (entry->id, NULL, FALSE);
  g_autofree char   *url = NULL;
  Request           *request = g_new0 (Request, 1);

  project = g_uri_escape_string (wb_sign_in_get_project_id (sign_in), NULL, FALSE);
  url = g_strdup_printf ("%s/v1/%s/data-connections/%s", endpoints->management_url, project, id);
  entry->fate = FATE_READING;
  self->n_reading++;
  request->task = g_object_ref (task);
  request->entry = entry;
  wb_requests_get_async (self->requests, WB_SERVICE_CALL_DATA_CONNECTION, url, shown_cb, request);
}

/* --- the list --- */

/* By their IDs. */
static GHashTable *
index_entries (GPtrArray *entries)
{
  GHashTable *by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      g_hash_table_insert (by_id, entry->id, entry);
    }

  return by_id;
}

/* A connection of DataArts Factory's list, which has all of it. */
static void
add_listed (Reading                  *self,
            Entry                    *entry,
            const WbListedConnection *connection)
{
  GError *error = NULL;

  if (wb_rebuild_add (self->rebuild, connection->json, &error))
    {
      entry->fate = FATE_READ;
      self->n_read++;
    }
  else
    {
      entry->fate = FATE_FAILED;
      fail (self, entry, error);
    }
}

/* A list is the newest word on which connections there are: those that were not read and are not in
 * it are gone; those that are new in it will be read. */
static void
take_list (Reading   *self,
           GPtrArray *listed)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->entries);
  g_autoptr (GHashTable) known_before = index_entries (before);
  g_autoptr (GHashTable) known_now = NULL;

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  for (guint i = 0; i < listed->len; i++)
    {
      const WbListedConnection *connection = g_ptr_array_index (listed, i);
      const Entry              *known = g_hash_table_lookup (known_before, connection->id);
      Entry                    *entry = g_new0 (Entry, 1);

      entry->id = g_strdup (connection->id);
      entry->name = g_strdup (connection->name);
      entry->fate = known != NULL ? known->fate : FATE_UNREAD;
      g_ptr_array_add (self->entries, entry);
      if (self->source == WB_SOURCE_LIST && entry->fate != FATE_READ)
        add_listed (self, entry, connection);
    }

  known_now = index_entries (self->entries);
  for (guint i = before->len; i > 0; i--)
    {
      Entry *entry = g_ptr_array_index (before, i - 1);

      if (g_hash_table_contains (known_now, entry->id))
        continue;
      if (entry->fate == FATE_READ)
        g_ptr_array_add (self->entries, g_ptr_array_steal_index (before, i - 1));
      else
        wb_rebuild_add_gone (self->rebuild, entry->name);
    }
}

static gboolean
has_failed (Reading *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->fate == FATE_FAILED)
        return TRUE;
    }

  return FALSE;
}

/* Decides by the list that was just taken. */
static void
judge (GTask *task)
{
  Reading *self = g_task_get_task_data (task);

  if (self->entries->len == 0)
    {
      g_clear_error (&self->failure);
      self->failure = g_error_new_literal (
        WB_ERROR, WB_ERROR_NO_CONNECTIONS,
        _ ("The service lists no connections in this workspace: it has none, or this user may see "
           "none. Choose another workspace, or ask the account’s administrator for a role in this "
           "one."));
      finish (task);
      return;
    }
  if (has_failed (self))
    {
      /* What is wrong in this list may be right, or gone, in the next. */
      if (self->source == WB_SOURCE_LIST && self->n_lists == 1)
        list (task);
      else
        finish (task);
      return;
    }
  if (self->failure != NULL && self->n_lists == MAX_LISTS)
    {
      finish (task);
      return;
    }

  g_clear_error (&self->failure);
  report (self);
  go_on (task);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) listed = NULL;
  GError *error = NULL;

  listed = wb_connection_list_finish (WB_REQUESTS (object), result, &error);
  if (listed == NULL && self->n_lists > 1
      && g_error_matches (error, WB_ERROR, WB_ERROR_NO_CONNECTIONS))
    {
      g_clear_error (&error);
      listed = g_ptr_array_new ();
    }
  if (listed == NULL)
    {
      /* What led to a second list says more, unless this is the end of all requests. */
      if (self->failure == NULL || wb_error_get_kind (error) == WB_ERROR_KIND_CANCELLED)
        {
          g_clear_error (&self->failure);
          self->failure = g_steal_pointer (&error);
        }
      g_clear_error (&error);
      finish (task);
      return;
    }

  if (self->source == WB_SOURCE_LIST)
    g_clear_error (&self->failure);
  take_list (self, listed);
  judge (task);
}

static void
list (GTask *task)
{
  Reading *self = g_task_get_task_data (task);

  self->n_lists++;
  wb_connection_list_async (self->requests, self->source, listed_cb, g_object_ref (task));
}

/* Reads the next ones; at the end of them, or of what is still under way after a failure, decides
 * what comes then. */
static void
go_on (GTask *task)
{
  Reading *self = g_task_get_task_data (task);

  for (guint i = 0; self->failure == NULL && self->n_reading < WB_CLIENT_MAX_REQUESTS
                    && i < self->entries->len;
       i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->fate == FATE_UNREAD)
        show (task, entry);
    }
  if (self->n_reading > 0)
    return;

  if (self->failure != NULL && !self->is_fatal)
    list (task);
  else
    finish (task);
}

/* --- */

static void
cancelled_cb (GCancellable *outer,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
check (WbSignIn   *sign_in,
       WbSource    source,
       const char *workspace_id,
       GError    **error)
{
  const WbEndpoints *endpoints = wb_client_get_endpoints (wb_sign_in_get_client (sign_in));

  if (!wb_sendable_check_workspace (workspace_id, error))
    return FALSE;
  if (source != WB_SOURCE_MANAGEMENT)
    return TRUE;

  if (endpoints->management_url == NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("The account has no address for Management Center. Enter that "
                              "address in the account."));
      return FALSE;
    }
  if (workspace_id == NULL || *workspace_id == '\0')
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("Management Center needs the workspace’s ID, also that of the "
                              "default workspace. Enter it in the account: it is in the console’s "
                              "address."));
      return FALSE;
    }

  return TRUE;
}

/**
 * wb_connections_read_async:
 * @sign_in: a sign-in that is prepared, so that its project ID is known
 * @source: %WB_SOURCE_LIST or %WB_SOURCE_MANAGEMENT
 * @workspace_id: (nullable): which workspace; %NULL and empty are the service's `default` one,
 *   which Management Center does not know
 * @progress: called from time to time
 * @progress_data: for @progress
 * @cancellable: (nullable): ends it at once
 * @callback: called at the end
 * @user_data: for @callback
 *
 * Reads all connections, or fails: one that cannot be read ends it with its name and its status,
 * unless the list, asked again, no longer has it. Management Center lists connections without their
 * configurations, so each is asked for, eight at most at a time
 * (`GET /v1/{project_id}/data-connections/{data_connection_id}`).
 */
void
wb_connections_read_async (WbSignIn             *sign_in,
                           WbSource              source,
                           const char           *workspace_id,
                           WbConnectionsProgress progress,
                           gpointer              progress_data,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;
  Reading *self;
  GError  *error = NULL;

  g_return_if_fail (WB_IS_SIGN_IN (sign_in));
  g_return_if_fail (source == WB_SOURCE_LIST || source == WB_SOURCE_MANAGEMENT);
  g_return_if_fail (wb_sign_in_get_project_id (sign_in) != NULL);
  g_return_if_fail (progress != NULL);

  task = g_task_new (sign_in, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_connections_read_async);
  if (!check (sign_in, source, workspace_id, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self = g_new0 (Reading, 1);
  self->source = source;
  self->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                              g_object_ref (self->cancellable), g_object_unref);
    }
  /* Other windows may read from the same service. */
  wb_client_keep_pace (wb_sign_in_get_client (sign_in));
  self->requests = wb_requests_new (sign_in, workspace_id, self->cancellable);
  self->rebuild = wb_rebuild_new (source);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->progress = progress;
  self->progress_data = progress_data;
  g_task_set_task_data (task, self, (GDestroyNotify) reading_free);
  g_signal_connect (self->requests, "notify::retry-at", G_CALLBACK (retry_at_cb), self);

  list (task);
}

/**
 * wb_connections_read_finish:
 * @sign_in: the sign-in
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): all connections, ready to be written; or %NULL with an error,
 *   %WB_ERROR_NO_CONNECTIONS if there are none
 */
WbRebuild *
wb_connections_read_finish (WbSignIn     *sign_in,
                            GAsyncResult *result,
                            GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, sign_in), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
