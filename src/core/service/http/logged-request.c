/* logged-request.c: one request and its answer, without anything secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/http/request-log.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/service/http/echo.h"
#include "core/service/http/reply-headers.h"
#include "core/service/http/sent-secrets.h"
#include "core/text.h"

#define MAX_ID_BYTES 128

/* Not translated: what is pasted into a ticket is read elsewhere. */
#define ID_CHARS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.:"

struct _WbLoggedRequest
{
  GObject parent_instance;

  GDateTime *time; /* (owned) */
  gint64     begun_us;
  gint64     took_us;
  char      *method;     /* (owned) */
  char      *url;        /* (owned): escaped */
  char      *sent;       /* (owned): the kinds of the credentials that were sent */
  char      *received;   /* (owned) (nullable): likewise */
  char      *request_id; /* (owned) (nullable) */
  char      *route;      /* (owned) (nullable): through which proxy, and why */
  char      *error;      /* (owned) (nullable): escaped */
  guint      status;
  guint64    sent_bytes;
  guint64    received_bytes;
  gboolean   is_over;
};

G_DEFINE_FINAL_TYPE (WbLoggedRequest, wb_logged_request, G_TYPE_OBJECT)

enum
{
  PROP_TEXT = 1,
  PROP_TIME,
  PROP_WHAT,
  PROP_STATUS,
  PROP_DURATION,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* The headers with credentials, and what the log calls them. */
static const struct
{
  const char *header;
  const char *kind;
} kinds[] = {
  { "X-Auth-Token", "[token]" },
  { "X-Subject-Token", "[token]" },
  { "X-Security-Token", "[security token]" },
  { "Authorization", "[signature]" },
  { "Openstack-Auth-Receipt", "[receipt]" },
};

static void
changed (WbLoggedRequest *self)
{
  self->took_us = g_get_monotonic_time () - self->begun_us;
  for (guint i = PROP_TEXT; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static char *
dup_status (WbLoggedRequest *self)
{
  if (self->status != 0)
    return g_strdup_printf ("%u", self->status);

  return g_strdup (self->is_over ? _ ("failed") : "…");
}

static char *
describe_credentials (SoupMessageHeaders *headers,
                      gboolean            has_secret_body)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (soup_message_headers_get_one (headers, kinds[i].header) != NULL)
        g_string_append_printf (text, ", %s: %s", kinds[i].header, kinds[i].kind);
    }
  if (has_secret_body)
    g_string_append (text, ", body: [credentials]");

  return g_string_free (text, FALSE);
}

/* A service may echo anything: an ID that holds what is secret in this message, or a piece of that,
 * is not safe. */
static gboolean
is_safe_id (const char  *id,
            SoupMessage *message)
{
  g_autofree const char **secrets = wb_sent_secrets_list (message);
  gsize                   length = strlen (id);

  return length > 0 && length <= MAX_ID_BYTES && strspn (id, ID_CHARS) == length
         && !wb_echo_has (id, secrets);
}

static char *
dup_request_id (SoupMessage *message)
{
  const char *id;

  id = wb_reply_headers_get_request_id (soup_message_get_response_headers (message));
  if (id == NULL)
    return NULL;

  return g_strdup (is_safe_id (id, message) ? id : "[left out]");
}

static void
read_sizes (WbLoggedRequest *self,
            SoupMessage     *message)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (message);

  if (metrics == NULL)
    return;

  self->sent_bytes = soup_message_metrics_get_request_body_size (metrics);
  self->received_bytes = soup_message_metrics_get_response_body_size (metrics);
}

static void
got_headers_cb (SoupMessage     *message,
                WbLoggedRequest *self)
{
  self->status = soup_message_get_status (message);
  g_free (self->received);
  self->received = describe_credentials (soup_message_get_response_headers (message), FALSE);
  g_free (self->request_id);
  self->request_id = dup_request_id (message);
  changed (self);
}

static void
finished_cb (SoupMessage     *message,
             WbLoggedRequest *self)
{
  /* Without an answer, wb_request_log_fail() is yet to say why. */
  self->is_over = self->status != SOUP_STATUS_NONE;
  read_sizes (self, message);
  changed (self);
}

static void
wb_logged_request_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  WbLoggedRequest *self = WB_LOGGED_REQUEST (object);

  switch (property_id)
    {
    case PROP_TEXT:
      g_value_take_string (value, wb_logged_request_dup_text (self));
      break;
    case PROP_TIME:
      g_value_take_string (value, g_date_time_format (self->time, "%H:%M:%S"));
      break;
    case PROP_WHAT:
      g_value_take_string (value, g_strdup_printf ("%s %s", self->method, self->url));
      break;
    case PROP_STATUS:
      g_value_take_string (value, dup_status (self));
      break;
    case PROP_DURATION:
      g_value_take_string (value, g_strdup_printf ("%" G_GINT64_FORMAT, self->took_us / 1000));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_logged_request_finalize (GObject *object)
{
  WbLoggedRequest *self = WB_LOGGED_REQUEST (object);

  g_clear_pointer (&self->time, g_date_time_unref);
  g_free (self->method);
  g_free (self->url);
  g_free (self->sent);
  g_free (self->received);
  g_free (self->request_id);
  g_free (self->route);
  g_free (self->error);

  G_OBJECT_CLASS (wb_logged_request_parent_class)->finalize (object);
}

static void
wb_logged_request_class_init (WbLoggedRequestClass *klass)
{
  static const char *const names[N_PROPERTIES] = {
    [PROP_TEXT] = "text",
    [PROP_TIME] = "time",
    [PROP_WHAT] = "what",
    [PROP_STATUS] = "status",
    [PROP_DURATION] = "duration",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wb_logged_request_get_property;
  object_class->finalize = wb_logged_request_finalize;

  for (guint i = PROP_TEXT; i < N_PROPERTIES; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, "",
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_logged_request_init (WbLoggedRequest *self)
{
}

/**
 * wb_logged_request_new:
 * @message: a message that is about to be sent, with all its headers
 *
 * Returns: (transfer full): it, followed from now to its end
 */
WbLoggedRequest *
wb_logged_request_new (SoupMessage *message)
{
  WbLoggedRequest        *self;
  GUri                   *uri;
  g_autofree char        *url = NULL;
  g_autofree char        *safe_url = NULL;
  gboolean                has_secret_body;
  g_autofree const char **secrets = NULL;

  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);

  uri = soup_message_get_uri (message);
  url = g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO | G_URI_HIDE_FRAGMENT);
  /* IDs from the service's lists are in it. */
  secrets = wb_sent_secrets_list (message);
  safe_url = wb_echo_hide_whole (url, secrets);
  /* The only bodies that are sent are those that ask for a token. */
  has_secret_body = g_str_equal (soup_message_get_method (message), "POST")
                    && g_str_has_suffix (g_uri_get_path (uri), "/auth/tokens");

  self = g_object_new (WB_TYPE_LOGGED_REQUEST, NULL);
  self->time = g_date_time_new_now_local ();
  self->begun_us = g_get_monotonic_time ();
  self->method = g_strdup (soup_message_get_method (message));
  self->url = wb_text_escape (safe_url, -1);
  self->sent = describe_credentials (soup_message_get_request_headers (message),
                                     has_secret_body);

  g_signal_connect_object (message, "got-headers", G_CALLBACK (got_headers_cb), self, 0);
  soup_message_add_flags (message, SOUP_MESSAGE_COLLECT_METRICS);
  g_signal_connect_object (message, "finished", G_CALLBACK (finished_cb), self, 0);

  return self;
}

void
wb_logged_request_fail (WbLoggedRequest *self,
                        const GError    *error)
{
  g_return_if_fail (WB_IS_LOGGED_REQUEST (self));
  g_return_if_fail (error != NULL);

  g_free (self->error);
  self->error = wb_text_escape (error->message, -1);
  self->is_over = TRUE;
  changed (self);
}

void
wb_logged_request_set_route (WbLoggedRequest *self,
                             const char      *route)
{
  g_return_if_fail (WB_IS_LOGGED_REQUEST (self));
  g_return_if_fail (route != NULL);

  g_free (self->route);
  self->route = wb_text_escape (route, -1);
  changed (self);
}

/**
 * wb_logged_request_dup_text:
 * @self: a request
 *
 * Returns: (transfer full): method, address, status, sizes of the bodies, time, proxy, request ID
 *   and the kinds of the credentials, in one line
 */
char *
wb_logged_request_dup_text (WbLoggedRequest *self)
{
  GString         *text;
  g_autofree char *time = NULL;

  g_return_val_if_fail (WB_IS_LOGGED_REQUEST (self), NULL);

  time = g_date_time_format_iso8601 (self->time);
  text = g_string_new (NULL);
  g_string_append_printf (text, "%s %s %s", time, self->method, self->url);
  if (self->status != 0)
    g_string_append_printf (text, " → %u", self->status);
  else if (!self->is_over)
    g_string_append (text, " …");
  g_string_append_printf (text, " (%" G_GINT64_FORMAT " ms, %" G_GUINT64_FORMAT " bytes sent, "
                                "%" G_GUINT64_FORMAT " bytes received",
                          self->took_us / 1000, self->sent_bytes, self->received_bytes);
  if (self->route != NULL)
    g_string_append_printf (text, ", %s", self->route);
  if (self->request_id != NULL)
    g_string_append_printf (text, ", request ID %s", self->request_id);
  if (*self->sent != '\0')
    g_string_append_printf (text, "; sent%s", self->sent + 1);
  if (self->received != NULL && *self->received != '\0')
    g_string_append_printf (text, "; received%s", self->received + 1);
  g_string_append_c (text, ')');
  if (self->error != NULL)
    g_string_append_printf (text, " failed: %s", self->error);

  return g_string_free (text, FALSE);
}

gboolean
wb_logged_request_is_over (WbLoggedRequest *self)
{
  g_return_val_if_fail (WB_IS_LOGGED_REQUEST (self), FALSE);

  return self->is_over;
}
