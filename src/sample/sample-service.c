/* sample-service.c: the service in small, on this computer, for a first try and for tests
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-service.h"

#include <glib/gi18n-lib.h>

#include "sample/sample-random.h"
#include "sample/sample-reply.h"
#include "sample/sample-service-private.h"

#define PROJECT_ID "5ab8a2e1c63d4b0fa1f7d2c9e0b43c86"
#define PROJECT_NAME "sample"

#define ACCESS_KEY_CHARS 20
#define SECRET_KEY_CHARS 40
#define PASSWORD_CHARS 20
#define NAME_CHARS 6
#define LETTERS G_CSET_a_2_z G_CSET_A_2_Z

G_DEFINE_FINAL_TYPE (WbSampleService, wb_sample_service, G_TYPE_OBJECT)

enum
{
  PROP_IDENTITY_URL = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* A request that waits for the other identity service's word. */
typedef struct
{
  WbSampleService   *self;    /* (owned) */
  SoupServerMessage *message; /* (owned) */
  GHashTable        *query;   /* (owned) (nullable) */
} Judging;

static void
judged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Judging         *judging = user_data;
  g_autofree char *project_id = NULL;

  /* Without an answer the token counts as wrong. */
  project_id = wb_sample_judge_finish (SOUP_SESSION (object), result, NULL);
  g_object_set_data_full (G_OBJECT (judging->message), "project-id",
                          g_steal_pointer (&project_id), g_free);
  if (judging->self->server != NULL)
    {
      wb_sample_requests_serve (judging->self, judging->message, judging->query);
      soup_server_message_unpause (judging->message);
    }

  g_clear_pointer (&judging->query, g_hash_table_unref);
  g_object_unref (judging->message);
  g_object_unref (judging->self);
  g_free (judging);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  WbSampleService *self = WB_SAMPLE_SERVICE (user_data);
  const char      *token;
  Judging         *judging;

  if (wb_sample_body_is_too_large (message))
    {
      wb_sample_reply_error (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "APIG.0201",
                             "Request entity too large");
      return;
    }

  token = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                        "X-Auth-Token");
  if (self->identity_url == NULL || token == NULL)
    {
      wb_sample_requests_serve (self, message, query);
      return;
    }

  judging = g_new0 (Judging, 1);
  judging->self = g_object_ref (self);
  judging->message = g_object_ref (message);
  judging->query = query != NULL ? g_hash_table_ref (query) : NULL;
  soup_server_message_pause (message);
  wb_sample_judge_async (self->session, self->identity_url, token, judged_cb, judging);
}

static void
wb_sample_service_constructed (GObject *object)
{
  WbSampleService *self = WB_SAMPLE_SERVICE (object);

  G_OBJECT_CLASS (wb_sample_service_parent_class)->constructed (object);

  if (self->identity_url != NULL)
    {
      self->session = soup_session_new ();
      soup_session_set_proxy_resolver (self->session, NULL);
    }
}

static void
wb_sample_service_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  WbSampleService *self = WB_SAMPLE_SERVICE (object);

  switch (property_id)
    {
    case PROP_IDENTITY_URL:
      self->identity_url = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_sample_service_dispose (GObject *object)
{
  wb_sample_service_stop (WB_SAMPLE_SERVICE (object));
  g_clear_object (&WB_SAMPLE_SERVICE (object)->session);

  G_OBJECT_CLASS (wb_sample_service_parent_class)->dispose (object);
}

static void
wb_sample_service_finalize (GObject *object)
{
  WbSampleService *self = WB_SAMPLE_SERVICE (object);

  g_free (self->account_uuid);
  g_free (self->identity_url);
  g_free (self->identity.domain);
  g_free (self->identity.user);
  g_free (self->identity.password);
  g_free (self->identity.project_id);
  g_free (self->identity.project_name);
  g_free (self->access_key);
  g_free (self->secret_key);
  g_hash_table_unref (self->tokens);

  G_OBJECT_CLASS (wb_sample_service_parent_class)->finalize (object);
}

static void
wb_sample_service_class_init (WbSampleServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = wb_sample_service_constructed;
  object_class->set_property = wb_sample_service_set_property;
  object_class->dispose = wb_sample_service_dispose;
  object_class->finalize = wb_sample_service_finalize;

  properties[PROP_IDENTITY_URL] =
    g_param_spec_string ("identity-url", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_sample_service_init (WbSampleService *self)
{
  g_autofree char *domain = wb_sample_random_dup_text (G_CSET_DIGITS, NAME_CHARS);
  g_autofree char *user = wb_sample_random_dup_text (G_CSET_DIGITS, NAME_CHARS);

  self->account_uuid = g_uuid_string_random ();
  self->identity.domain = g_strconcat ("sample-", domain, NULL);
  self->identity.user = g_strconcat ("user-", user, NULL);
  self->identity.password = wb_sample_random_dup_text (LETTERS G_CSET_DIGITS, PASSWORD_CHARS);
  self->identity.project_id = g_strdup (PROJECT_ID);
  self->identity.project_name = g_strdup (PROJECT_NAME);
  self->access_key = wb_sample_random_dup_text (G_CSET_A_2_Z G_CSET_DIGITS, ACCESS_KEY_CHARS);
  self->secret_key = wb_sample_random_dup_text (LETTERS G_CSET_DIGITS, SECRET_KEY_CHARS);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

WbSampleService *
wb_sample_service_new (void)
{
  return g_object_new (WB_TYPE_SAMPLE_SERVICE, NULL);
}

/**
 * wb_sample_service_start:
 * @self: a service that does not run
 * @port: a port, or 0 for any that is free
 * @error: (out) (optional): an error of GIO if the port is taken, or %WB_ERROR_FAILED
 *
 * Listens on 127.0.0.1 alone, and serves on the calling thread's default main context.
 *
 * Returns: %TRUE if it runs
 */
gboolean
wb_sample_service_start (WbSampleService *self,
                         guint            port,
                         GError         **error)
{
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  GSList *uris;

  g_return_val_if_fail (WB_IS_SAMPLE_SERVICE (self), FALSE);
  g_return_val_if_fail (self->server == NULL, FALSE);
  g_return_val_if_fail (port <= G_MAXUINT16, FALSE);

  if (self->workspaces == NULL)
    self->workspaces = wb_sample_data_load (error);
  if (self->workspaces == NULL)
    return FALSE;

  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, request_cb, self, NULL);
  g_signal_connect (server, "request-started", G_CALLBACK (wb_sample_body_watch_cb), NULL);

  address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  if (!soup_server_listen (server, address, 0, error))
    {
      /* Translators: put before the sentence that says what went wrong */
      g_prefix_error (error, "%s ", _ ("The sample service could not be started:"));
      return FALSE;
    }

  uris = soup_server_get_uris (server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->server = g_steal_pointer (&server);

  return TRUE;
}

/**
 * wb_sample_service_stop:
 * @self: a service
 *
 * Closes all connections. The tokens and keys it issued are no longer valid then.
 */
void
wb_sample_service_stop (WbSampleService *self)
{
  g_return_if_fail (WB_IS_SAMPLE_SERVICE (self));

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->workspaces, g_ptr_array_unref);
  g_hash_table_remove_all (self->tokens);
}

void
wb_sample_service_set_answer (WbSampleService *self,
                              WbSource         call,
                              WbSampleAnswer   answer)
{
  g_return_if_fail (WB_IS_SAMPLE_SERVICE (self));
  g_return_if_fail ((guint) call < WB_N_SOURCES);

  self->answers[call] = answer;
}

void
wb_sample_service_set_dialect (WbSampleService *self,
                               WbSampleDialect  dialect)
{
  g_return_if_fail (WB_IS_SAMPLE_SERVICE (self));

  self->dialect = dialect;
}

/**
 * wb_sample_service_get_url:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): the address of its DataArts Factory and of its identity
 *   service, while it runs
 */
const char *
wb_sample_service_get_url (WbSampleService *self)
{
  g_return_val_if_fail (WB_IS_SAMPLE_SERVICE (self), NULL);

  return self->url;
}

const char *
wb_sample_service_get_project_id (WbSampleService *self)
{
  g_return_val_if_fail (WB_IS_SAMPLE_SERVICE (self), NULL);

  return self->identity.project_id;
}

/**
 * wb_sample_service_dup_zip:
 * @self: a service that runs
 * @workspace_id: a workspace's ID, empty for the default one
 *
 * Returns: (transfer full) (nullable): the bytes that an export of it sends; %NULL for the empty
 *   workspace, and for one that is not there
 */
GBytes *
wb_sample_service_dup_zip (WbSampleService *self,
                           const char      *workspace_id)
{
  const WbSampleWorkspace *workspace;

  g_return_val_if_fail (WB_IS_SAMPLE_SERVICE (self), NULL);
  g_return_val_if_fail (workspace_id != NULL, NULL);

  workspace = wb_sample_requests_find_workspace (self, workspace_id);

  return workspace != NULL && workspace->zip != NULL ? g_bytes_ref (workspace->zip) : NULL;
}
