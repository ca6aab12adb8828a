/* fault-server.c: a server that answers byte for byte as a test says, also wrongly
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fault-server.h"

#include <string.h>

struct _FaultServer
{
  GSocketService  *service;     /* (owned) */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  char           **protocols;   /* (owned) (nullable) */
  GQueue           answers;     /* (owned) (element-type Answer) */
  GPtrArray       *requests;    /* (owned) (element-type utf8) */
  GPtrArray       *peers;       /* (owned) (element-type Peer) */
  guint            port;
  guint            tunnel_port;
  gboolean         drips;
  guint            n_opened;
  guint            n_left;
  guint64          n_bytes;
};

typedef struct
{
  GByteArray *bytes; /* (owned) */
  FaultEnd    end;
} Answer;

typedef struct
{
  FaultServer  *server;      /* (nullable): NULL once it is gone */
  GIOStream    *stream;      /* (owned) */
  GCancellable *cancellable; /* (owned) */
  Answer       *answer;      /* (owned) (nullable) */
  GString      *request;     /* (owned) */
  gsize         offset;      /* of the first byte of the answer that is still to be written */
  guint         n_pending;
  guint8        buffer[4096];
} Peer;

static void
answer_free (Answer *answer)
{
  g_byte_array_unref (answer->bytes);
  g_free (answer);
}

/* When the server is gone and nothing is under way any more. */
static void
peer_release (Peer *peer)
{
  if (peer->server != NULL || peer->n_pending > 0)
    return;

  g_clear_object (&peer->stream);
  g_clear_object (&peer->cancellable);
  g_clear_pointer (&peer->answer, answer_free);
  g_string_free (peer->request, TRUE);
  g_free (peer);
}

static void
peer_leave (Peer *peer)
{
  peer->server = NULL;
  g_cancellable_cancel (peer->cancellable);
  peer_release (peer);
}

static void peer_read (Peer *peer);
static void peer_write (Peer *peer);
static void peer_write_more (Peer *peer);

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Peer *peer = user_data;

  g_io_stream_close_finish (G_IO_STREAM (object), result, NULL);
  peer->n_pending--;
  peer_release (peer);
}

static void
spliced_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Peer *peer = user_data;

  g_io_stream_splice_finish (result, NULL);
  peer->n_pending--;
  peer_release (peer);
}

static void
peer_tunnel (Peer *peer)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1",
                                                (guint16) peer->server->tunnel_port, NULL, &error);
  g_assert_no_error (error);
  peer->n_pending++;
  g_io_stream_splice_async (peer->stream, G_IO_STREAM (connection),
                            G_IO_STREAM_SPLICE_CLOSE_STREAM1 | G_IO_STREAM_SPLICE_CLOSE_STREAM2,
                            G_PRIORITY_DEFAULT, peer->cancellable, spliced_cb, peer);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Peer    *peer = user_data;
  gboolean written;

  written = g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
  peer->n_pending--;
  if (peer->server == NULL)
    {
      peer_release (peer);
      return;
    }

  if (!written)
    {
      peer->server->n_left++;
    }
  else if (peer->offset < peer->answer->bytes->len)
    {
      peer_write_more (peer);
    }
  else if (peer->answer->end == FAULT_ENDLESS)
    {
      peer_write (peer);
    }
  else if (peer->answer->end == FAULT_CLOSE)
    {
      peer->n_pending++;
      g_io_stream_close_async (peer->stream, G_PRIORITY_DEFAULT, NULL, closed_cb, peer);
    }
  else if (peer->answer->end == FAULT_TUNNEL)
    {
      peer_tunnel (peer);
    }
  else
    {
      peer_read (peer);
    }
}

static void
peer_write_more (Peer *peer)
{
  GByteArray *bytes = peer->answer->bytes;
  gsize       start = peer->offset;
  gsize       length = peer->server->drips ? MIN (bytes->len - start, 1) : bytes->len - start;

  peer->offset += length;
  peer->n_pending++;
  g_output_stream_write_all_async (g_io_stream_get_output_stream (peer->stream),
                                   bytes->data + start, length, G_PRIORITY_DEFAULT,
                                   peer->cancellable, written_cb, peer);
}

static void
peer_write (Peer *peer)
{
  gsize length = peer->answer->bytes->len;

  peer->offset = 0;
  /* The second time and later. */
  if (peer->request == NULL || peer->request->len == 0)
    peer->offset = length - MIN (length, 1024);
  g_string_truncate (peer->request, 0);

  peer_write_more (peer);
}

static gboolean
is_whole (const GString *request)
{
  const char      *end = strstr (request->str, "\r\n\r\n");
  const char      *length;
  g_autofree char *head = NULL;

  if (end == NULL)
    return FALSE;

  head = g_ascii_strdown (request->str, end - request->str);
  length = strstr (head, "\r\ncontent-length:");

  return length == NULL
         || (end + 4 - request->str)
                + g_ascii_strtoull (length + strlen ("\r\ncontent-length:"), NULL, 10)
              <= request->len;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Peer  *peer = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, NULL);

  peer->n_pending--;
  if (peer->server == NULL)
    {
      peer_release (peer);
      return;
    }
  if (n <= 0)
    {
      peer->server->n_left++;
      return;
    }

  peer->server->n_bytes += (guint64) n;
  g_string_append_len (peer->request, (const char *) peer->buffer, n);
  if (!is_whole (peer->request))
    {
      peer_read (peer);
      return;
    }

  g_ptr_array_add (peer->server->requests, g_strdup (peer->request->str));
  if (peer->answer == NULL)
    peer->answer = g_queue_pop_head (&peer->server->answers);
  if (peer->answer != NULL)
    peer_write (peer);
  else
    peer_read (peer);
}

static void
peer_read (Peer *peer)
{
  peer->n_pending++;
  g_input_stream_read_async (g_io_stream_get_input_stream (peer->stream), peer->buffer,
                             sizeof peer->buffer, G_PRIORITY_DEFAULT, peer->cancellable, read_cb,
                             peer);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  FaultServer *self = user_data;
  Peer        *peer = g_new0 (Peer, 1);

  peer->server = self;
  peer->cancellable = g_cancellable_new ();
  peer->request = g_string_new (NULL);
  if (self->certificate != NULL)
    {
      peer->stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate,
                                                  NULL);
      g_assert_nonnull (peer->stream);
      g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (peer->stream),
                                                 (const char *const *) self->protocols);
      g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (peer->stream), FALSE);
    }
  else
    {
      peer->stream = g_object_ref (G_IO_STREAM (connection));
    }
  g_ptr_array_add (self->peers, peer);
  self->n_opened++;
  peer_read (peer);

  return TRUE;
}

FaultServer *
fault_server_new (GTlsCertificate *certificate)
{
  FaultServer *self = g_new0 (FaultServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) actual = NULL;
  g_autoptr (GError) error = NULL;

  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->peers = g_ptr_array_new_with_free_func ((GDestroyNotify) peer_leave);
  g_set_object (&self->certificate, certificate);

  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &actual, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (actual));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);

  return self;
}

gboolean
fault_server_add_ipv6 (FaultServer *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, (guint16) self->port);

  return g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted,
                                        G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, NULL,
                                        NULL);
}

void
fault_server_free (FaultServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_object (&self->service);
  g_clear_pointer (&self->peers, g_ptr_array_unref);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_queue_clear_full (&self->answers, (GDestroyNotify) answer_free);
  g_clear_object (&self->certificate);
  g_strfreev (self->protocols);
  g_free (self);

  /* Operations under way end in the main context. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

guint
fault_server_get_port (FaultServer *self)
{
  return self->port;
}

char *
fault_server_dup_url (FaultServer *self)
{
  return g_strdup_printf ("%s:%u",
                          self->certificate != NULL ? "https://localhost" : "http://127.0.0.1",
                          self->port);
}

void
fault_server_add (FaultServer *self,
                  const char  *bytes,
                  gssize       length,
                  FaultEnd     end)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->bytes = g_byte_array_new ();
  g_byte_array_append (answer->bytes, (const guint8 *) bytes,
                       (guint) (length < 0 ? (gssize) strlen (bytes) : length));
  answer->end = end;
  g_queue_push_tail (&self->answers, answer);
}

void
fault_server_add_reply (FaultServer *self,
                        guint        status,
                        const char  *headers,
                        const char  *body,
                        gssize       body_length)
{
  GString *reply = g_string_new (NULL);

  if (body_length < 0)
    body_length = (gssize) strlen (body);
  g_string_printf (reply, "HTTP/1.1 %u Status\r\nContent-Length: %" G_GSSIZE_FORMAT "\r\n%s\r\n",
                   status, body_length, headers != NULL ? headers : "");
  g_string_append_len (reply, body, body_length);
  fault_server_add (self, reply->str, (gssize) reply->len, FAULT_CLOSE);
  g_string_free (reply, TRUE);
}

void
fault_server_set_protocols (FaultServer       *self,
                            const char *const *protocols)
{
  g_strfreev (self->protocols);
  self->protocols = g_strdupv ((char **) protocols);
}

void
fault_server_set_tunnel_port (FaultServer *self,
                              guint        port)
{
  self->tunnel_port = port;
}

void
fault_server_set_drip (FaultServer *self)
{
  self->drips = TRUE;
}

guint
fault_server_get_n_opened (FaultServer *self)
{
  return self->n_opened;
}

guint
fault_server_get_n_requests (FaultServer *self)
{
  return self->requests->len;
}

guint
fault_server_get_n_left (FaultServer *self)
{
  return self->n_left;
}

const char *
fault_server_get_request (FaultServer *self,
                          guint        index)
{
  g_assert_cmpuint (index, <, self->requests->len);

  return g_ptr_array_index (self->requests, index);
}

char *
fault_server_dup_header (FaultServer *self,
                         guint        index,
                         const char  *name)
{
  g_auto (GStrv) lines = g_strsplit (fault_server_get_request (self, index), "\r\n", -1);

  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      gsize length = strlen (name);

      if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
        return g_strstrip (g_strdup (lines[i] + length + 1));
    }

  return NULL;
}

guint64
fault_server_get_n_bytes (FaultServer *self)
{
  return self->n_bytes;
}
