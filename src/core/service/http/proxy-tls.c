/* proxy-tls.c: an HTTPS proxy: TLS with its own name, and one `CONNECT` in it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/client-private.h"

#include <string.h>

#include "core/input-limits.h"
#include "core/wipe.h"

/* GIO's own has 0. */
#define PRIORITY 100

#define STEP_BYTES 4096

/* What libsoup leaves to GIO: a proxy to which one speaks TLS. GIO's own takes the proxy's IP
 * address for its name, which almost no certificate has (ghttpproxy.c, 2.74 to 2.89). */
#define WB_TYPE_TLS_PROXY (wb_tls_proxy_get_type ())
G_DECLARE_FINAL_TYPE (WbTlsProxy, wb_tls_proxy, WB, TLS_PROXY, GObject)

struct _WbTlsProxy
{
  GObject parent_instance;
};

static void tls_proxy_iface_init (GProxyInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbTlsProxy, wb_tls_proxy, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY, tls_proxy_iface_init))

G_DEFINE_QUARK (wb - proxy - status, wb_proxy_status)

/* On a connection: why it failed. */
#define FAILURE_KEY "waybill-proxy-failure"

typedef struct
{
  GProxyAddress *address; /* (owned) */
  GIOStream     *plain;   /* (owned): the connection itself */
  GIOStream     *tls;     /* (owned) (nullable) */
  char          *request; /* (owned) (nullable): with the password in it */
  GString       *head;    /* (owned): of the answer */
  char           buffer[STEP_BYTES];
} Connect;

static void read_step (GTask *task);

static void
connect_free (Connect *self)
{
  g_clear_pointer (&self->request, wb_wipe_and_free);
  g_string_free (self->head, TRUE);
  g_clear_object (&self->tls);
  g_clear_object (&self->plain);
  g_clear_object (&self->address);
  g_free (self);
}

static char *
dup_request (GProxyAddress *address)
{
  const char      *host = g_proxy_address_get_destination_hostname (address);
  const char      *user = g_proxy_address_get_username (address);
  gboolean         is_ipv6 = strchr (host, ':') != NULL;
  g_autofree char *ascii = g_hostname_to_ascii (host);
  g_autofree char *target = NULL;
  char            *basic = NULL;
  char            *request;

  target = g_strdup_printf ("%s%s%s:%u", is_ipv6 ? "[" : "", ascii != NULL ? ascii : host,
                            is_ipv6 ? "]" : "",
                            g_proxy_address_get_destination_port (address));
  if (user != NULL)
    basic = wb_proxy_dup_basic (user, g_proxy_address_get_password (address));
  request = g_strdup_printf ("CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s%s%s\r\n", target, target,
                             basic != NULL ? "Proxy-Authorization: " : "",
                             basic != NULL ? basic : "", basic != NULL ? "\r\n" : "");
  wb_wipe_and_free (basic);

  return request;
}

/* Returns: where the head ends, NULL if it does not yet */
static const char *
find_end (const char *head)
{
  for (const char *p = strchr (head, '\n'); p != NULL; p = strchr (p + 1, '\n'))
    {
      const char *next = p[1] == '\r' ? p + 2 : p + 1;

      if (*next == '\n')
        return next + 1;
    }

  return NULL;
}

/* Takes @error. */
static void
fail (GTask  *task,
      GError *error)
{
  Connect *self = g_task_get_task_data (task);

  g_object_set_data_full (G_OBJECT (self->plain), FAILURE_KEY, g_error_copy (error),
                          (GDestroyNotify) g_error_free);
  g_task_return_error (task, error);
}

static void
fail_to_parse (GTask      *task,
               const char *message)
{
  fail (task, g_error_new_literal (SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING, message));
}

static void
fail_by_status (GTask              *task,
                guint               status,
                SoupMessageHeaders *headers)
{
  const char *authenticate = soup_message_headers_get_list (headers, "Proxy-Authenticate");

  fail (task, g_error_new_literal (wb_proxy_status_quark (), (int) status,
                                   authenticate != NULL ? authenticate : ""));
}

/* Returns: TRUE if it was an interim answer, so that another one follows */
static gboolean
read_head (GTask *task)
{
  Connect    *self = g_task_get_task_data (task);
  const char *end = find_end (self->head->str);
  guint       status;
  gboolean    is_valid;
  g_autoptr (SoupMessageHeaders) headers = NULL;

  if (end == NULL)
    return TRUE;

  headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  is_valid = soup_headers_parse_response (self->head->str, (int) (end - self->head->str), headers,
                                          NULL, &status, NULL);
  if (is_valid && SOUP_STATUS_IS_INFORMATIONAL (status)
      && status != SOUP_STATUS_SWITCHING_PROTOCOLS)
    {
      g_string_erase (self->head, 0, end - self->head->str);
      return read_head (task);
    }

  /* Behind the head there is nothing until the service has been spoken to. */
  if (!is_valid || (SOUP_STATUS_IS_SUCCESSFUL (status) && *end != '\0'))
    fail_to_parse (task, "Could not parse HTTP response");
  else if (SOUP_STATUS_IS_SUCCESSFUL (status))
    g_task_return_pointer (task, g_steal_pointer (&self->tls), g_object_unref);
  else
    fail_by_status (task, status, headers);

  return FALSE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Connect *self = g_task_get_task_data (task);
  GError  *error = NULL;
  gssize   n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);

  if (n < 0)
    {
      fail (task, error);
      return;
    }
  if (n == 0)
    {
      fail_to_parse (task, "Connection terminated unexpectedly");
      return;
    }

  g_string_append_len (self->head, self->buffer, n);
  if (self->head->len > WB_PROXY_MAX_HEAD_BYTES)
    fail_to_parse (task, "Header too big");
  /* The parser takes a text. */
  else if (memchr (self->buffer, '\0', (gsize) n) != NULL)
    fail_to_parse (task, "Could not parse HTTP response");
  else if (read_head (task))
    read_step (task);
}

static void
read_step (GTask *task)
{
  Connect *self = g_task_get_task_data (task);

  g_input_stream_read_async (g_io_stream_get_input_stream (self->tls), self->buffer,
                             sizeof self->buffer, g_task_get_priority (task),
                             g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    fail (task, error);
  else
    read_step (task);
}

static void
shook_hands_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Connect *self = g_task_get_task_data (task);
  GError  *error = NULL;

  if (!g_tls_connection_handshake_finish (G_TLS_CONNECTION (object), result, &error))
    {
      fail (task, error);
      return;
    }

  self->request = dup_request (self->address);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->tls), self->request,
                                   strlen (self->request), g_task_get_priority (task),
                                   g_task_get_cancellable (task), written_cb,
                                   g_object_ref (task));
}

static void
tls_proxy_connect_async (GProxy             *proxy,
                         GIOStream          *io_stream,
                         GProxyAddress      *address,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (proxy, cancellable, callback, user_data);
  g_autoptr (GSocketConnectable) name = NULL;
  Connect *self = g_new0 (Connect, 1);
  GError  *error = NULL;

  g_task_set_source_tag (task, tls_proxy_connect_async);
  g_task_set_task_data (task, self, (GDestroyNotify) connect_free);
  self->address = g_object_ref (address);
  self->plain = g_object_ref (io_stream);
  self->head = g_string_new (NULL);

  name = g_network_address_parse_uri (g_proxy_address_get_uri (address), 443, &error);
  if (name != NULL)
    self->tls = g_tls_client_connection_new (io_stream, name, &error);
  if (self->tls == NULL)
    {
      fail (task, error);
      return;
    }

  g_tls_connection_handshake_async (G_TLS_CONNECTION (self->tls), g_task_get_priority (task),
                                    cancellable, shook_hands_cb, g_object_ref (task));
}

static GIOStream *
tls_proxy_connect_finish (GProxy       *proxy,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* It looks up the names. */
static gboolean
tls_proxy_supports_hostname (GProxy *proxy)
{
  return TRUE;
}

static void
tls_proxy_iface_init (GProxyInterface *iface)
{
  iface->connect_async = tls_proxy_connect_async;
  iface->connect_finish = tls_proxy_connect_finish;
  iface->supports_hostname = tls_proxy_supports_hostname;
}

static void
wb_tls_proxy_class_init (WbTlsProxyClass *klass)
{
}

static void
wb_tls_proxy_init (WbTlsProxy *self)
{
}

/**
 * wb_proxy_tls_register:
 *
 * From now on a connection through an HTTPS proxy is made as here, for all of the process. A
 * refusal is an error in wb_proxy_status_quark(): the code is the status, the message what
 * `Proxy-Authenticate` says. It is asynchronous only.
 */
void
wb_proxy_tls_register (void)
{
  /* This makes GIO register the extension point. */
  g_autoptr (GProxy) http = g_proxy_get_default_for_protocol ("http");

  g_io_extension_point_implement (G_PROXY_EXTENSION_POINT_NAME, WB_TYPE_TLS_PROXY, "https",
                                  PRIORITY);
}

/**
 * wb_proxy_tls_get_failure:
 * @connection: a connection to a proxy
 *
 * Returns: (nullable): why there is no tunnel on it, if it is to an HTTPS proxy. GIO drops that
 *   when it goes on to another address.
 */
const GError *
wb_proxy_tls_get_failure (GIOStream *connection)
{
  g_return_val_if_fail (G_IS_IO_STREAM (connection), NULL);

  return g_object_get_data (G_OBJECT (connection), FAILURE_KEY);
}
