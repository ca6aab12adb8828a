/* many-service.c: a service with many workspaces, each of which answers as a test says
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "many-service.h"

#include <stdlib.h>
#include <string.h>

#include "zip-maker.h"

#define INSTANCE "instance-1"
#define PREFIX "workspace-"

static void
reply_text (SoupServerMessage *message,
            guint              status,
            const char        *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

static guint
get_number (GHashTable *query,
            const char *name,
            guint       fallback)
{
  const char *text = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  return text != NULL ? (guint) atoi (text) : fallback;
}

static void
reply_workspaces (ManyService       *self,
                  SoupServerMessage *message,
                  GHashTable        *query)
{
  guint offset = get_number (query, "offset", 0);
  guint limit = get_number (query, "limit", 20);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "{\"count\":%u,\"data\":[", self->n);
  for (guint i = offset; i < MIN (self->n, offset + limit); i++)
    g_string_append_printf (text,
                            "%s{\"id\":\"" PREFIX "%u\",\"name\":\"Workspace %u\","
                            "\"instance_id\":\"" INSTANCE "\",\"project_id\":\"p\"}",
                            i > offset ? "," : "", i, i);
  g_string_append (text, "]}");
  reply_text (message, 200, text->str);
}

/* Half of the ZIP, and then the end of the connection, or silence until the service ends. */
static void
reply_half (ManyService       *self,
            SoupServerMessage *message,
            GBytes            *zip,
            gboolean           is_killed)
{
  GIOStream       *stream = soup_server_message_steal_connection (message);
  GOutputStream   *output = g_io_stream_get_output_stream (stream);
  gsize            size = g_bytes_get_size (zip);
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: "
                                           "application/octet-stream\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           size);

  g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all (output, g_bytes_get_data (zip, NULL), size / 2, NULL, NULL, NULL);
  if (is_killed)
    g_io_stream_close (stream, NULL, NULL);
  g_ptr_array_add (self->streams, stream);
}

static void
reply_export (ManyService       *self,
              SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char         *id = soup_message_headers_get_one (
            soup_server_message_get_request_headers (message), "workspace");
  guint      workspace = id != NULL && g_str_has_prefix (id, PREFIX)
                           ? (guint) atoi (id + strlen (PREFIX))
                           : self->n;
  ManyAnswer answer = workspace < self->n ? self->answers[workspace] : MANY_WITHDRAWN;
  g_autoptr (GBytes) zip = NULL;

  self->n_exports++;
  switch (answer)
    {
    case MANY_BUSY:
      if (self->was_busy[workspace])
        break;
      self->was_busy[workspace] = TRUE;
      soup_message_headers_append (headers, "Retry-After", "0");
      reply_text (message, 429, "{\"error_code\":\"APIG.0308\",\"error_msg\":\"busy\"}");
      return;
    case MANY_WITHDRAWN:
      reply_text (message, 404,
                  "{\"error_code\":\"APIG.0101\",\"error_msg\":\"The API does not exist\"}");
      return;
    case MANY_REFUSED:
      reply_text (message, 403,
                  "{\"error_code\":\"DLF.6888\",\"error_msg\":\"No permission\"}");
      return;
    case MANY_EMPTY:
      reply_text (message, 400,
                  "{\"error_code\":\"DLF.6322\",\"error_msg\":\"No connections\"}");
      return;
    case MANY_SIGN_IN:
      reply_text (message, 401,
                  "{\"error_code\":\"APIG.0307\",\"error_msg\":\"The token must be updated\"}");
      return;
    case MANY_HANG:
      soup_server_message_pause (message);
      return;
    case MANY_RIGHT:
    case MANY_KILLED:
    case MANY_HALF:
    case MANY_LARGE:
    case MANY_STRANGE:
    default:
      break;
    }

  zip = many_service_dup_zip (self, workspace);
  if (answer == MANY_KILLED || answer == MANY_HALF)
    {
      reply_half (self, message, zip, answer == MANY_KILLED);
      return;
    }
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_append (headers, "Content-Type", "application/octet-stream");
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), zip);
}

/* What the list says, which goes on when the export has been withdrawn. */
static void
reply_connections (ManyService       *self,
                   SoupServerMessage *message)
{
  const char *id = soup_message_headers_get_one (
    soup_server_message_get_request_headers (message), "workspace");
  guint            workspace = id != NULL ? (guint) atoi (id + strlen (PREFIX)) : 0;
  g_autofree char *text = NULL;

  text = g_strdup_printf ("{\"total\":1,\"connections\":[{\"name\":\"db-%u\",\"type\":\"MYSQL\","
                          "\"config\":{\"ip\":\"host-%u.example\",\"port\":\"3306\","
                          "\"userName\":\"u\",\"password\":\"*********\"}}]}",
                          workspace, self->versions[workspace]);
  reply_text (message, 200, text);
}

static void
handle_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  ManyService *self = user_data;

  if (g_str_has_suffix (path, "/connections/export"))
    reply_export (self, message);
  else if (g_str_has_suffix (path, "/connections"))
    reply_connections (self, message);
  else if (self->list_status != 0)
    reply_text (message, self->list_status, "{\"error_msg\":\"no list\"}");
  else if (!self->lists)
    reply_text (message, 200, "{\"count\":0,\"commodity_orders\":[]}");
  else if (g_str_has_suffix (path, "/instances"))
    reply_text (message, 200,
                "{\"count\":1,\"commodity_orders\":[{\"resource_id\":\"" INSTANCE "\","
                "\"resource_name\":\"dayu\",\"status\":2}]}");
  else
    reply_workspaces (self, message, query);
}

static void
over_cb (SoupServerMessage *message,
         ManyService       *self)
{
  self->n_under_way--;
}

static void
started_cb (SoupServer        *server,
            SoupServerMessage *message,
            ManyService       *self)
{
  gint64 now_us = g_get_monotonic_time ();

  g_array_append_val (self->times_us, now_us);
  self->n_under_way++;
  self->max_under_way = MAX (self->max_under_way, self->n_under_way);
}

static void
ended_cb (SoupServer        *server,
          SoupServerMessage *message,
          ManyService       *self)
{
  over_cb (message, self);
}

/**
 * many_service_new:
 * @n: how many workspaces
 *
 * Returns: (transfer full): a service on the test's main context, which lists them
 */
ManyService *
many_service_new (guint n)
{
  ManyService *self = g_new0 (ManyService, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->n = n;
  self->lists = TRUE;
  self->answers = g_new0 (ManyAnswer, n + 1);
  self->was_busy = g_new0 (gboolean, n + 1);
  self->versions = g_new0 (guint, n + 1);
  self->times_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->streams = g_ptr_array_new_with_free_func (g_object_unref);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, handle_cb, self, NULL);
  g_signal_connect (self->server, "request-read", G_CALLBACK (started_cb), self);
  g_signal_connect (self->server, "request-finished", G_CALLBACK (ended_cb), self);
  g_signal_connect (self->server, "request-aborted", G_CALLBACK (ended_cb), self);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return self;
}

void
many_service_free (ManyService *self)
{
  g_signal_handlers_disconnect_by_data (self->server, self);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->url);
  g_free (self->answers);
  g_free (self->was_busy);
  g_free (self->versions);
  g_array_unref (self->times_us);
  g_ptr_array_unref (self->streams);
  g_free (self);
}

void
many_service_set (ManyService *self,
                  guint        workspace,
                  ManyAnswer   answer)
{
  g_assert_cmpuint (workspace, <, self->n);
  self->answers[workspace] = answer;
  self->was_busy[workspace] = FALSE;
}

GListModel *
many_service_dup_workspaces (ManyService *self)
{
  GListStore *workspaces = g_list_store_new (WB_TYPE_WORKSPACE);

  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *id = g_strdup_printf (PREFIX "%u", i);
      g_autofree char *name = g_strdup_printf ("Workspace %u", i);
      g_autoptr (WbWorkspace) workspace = wb_workspace_new (name, id);

      g_list_store_append (workspaces, workspace);
    }

  return G_LIST_MODEL (workspaces);
}

void
many_service_change (ManyService *self,
                     guint        workspace)
{
  g_assert_cmpuint (workspace, <, self->n);
  self->versions[workspace]++;
}

/* The bytes that an export of it sends. */
GBytes *
many_service_dup_zip (ManyService *self,
                      guint        workspace)
{
  g_autoptr (WbZipMaker) maker = wb_zip_maker_new ();
  g_autofree char *path = g_strdup_printf ("connections/db-%u.conn", workspace);
  g_autofree char *text = NULL;
  g_autofree char *filler = NULL;

  text = g_strdup_printf ("{\"name\":\"db-%u\",\"type\":\"MYSQL\",\"config\":"
                          "{\"ip\":\"host-%u.example\",\"port\":\"3306\",\"userName\":\"u\","
                          "\"password\":\"canary-password-%u\"}}",
                          workspace, self->versions[workspace], workspace);
  wb_zip_maker_add_text (maker, path,
                         self->answers[workspace] == MANY_STRANGE ? "canary, not JSON" : text);
  if (self->answers[workspace] == MANY_LARGE)
    {
      const WbZipItem large = {
        .name = "connections/filler.bin",
        .stored = TRUE,
        .data = filler = g_malloc0 (MANY_LARGE_BYTES),
        .data_length = MANY_LARGE_BYTES,
      };

      wb_zip_maker_add (maker, &large);
    }

  return wb_zip_maker_finish (maker, NULL);
}
