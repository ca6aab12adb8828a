/* sample-service.c: the service in small, on this computer, for a first try and for tests
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample/sample-service.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "sample/sample-data.h"
#include "sample/sample-directory.h"
#include "sample/sample-identity.h"
#include "sample/sample-judge.h"
#include "sample/sample-random.h"
#include "sample/sample-reply.h"
#include "sample/sample-signature.h"

#define TOKENS_PATH "/v3/auth/tokens"
#define PROJECT_ID "5ab8a2e1c63d4b0fa1f7d2c9e0b43c86"
#define PROJECT_NAME "sample"

#define MAX_BODY_BYTES (64 * 1024)
#define TOKEN_LIFETIME_S (24 * 60 * 60)

/* The tokens of the real clouds are several thousand characters long. */
#define TOKEN_RANDOM_BYTES 1536
#define ACCESS_KEY_CHARS 20
#define SECRET_KEY_CHARS 40
#define PASSWORD_CHARS 20
#define NAME_CHARS 6
#define LETTERS G_CSET_a_2_z G_CSET_A_2_Z

typedef struct
{
  gint64   issued_at_s;
  gint64   expires_at_s;
  gboolean scoped;
} Token;

struct _WbSampleService
{
  GObject parent_instance;

  SoupServer      *server;       /* (owned) (nullable): while it runs */
  char            *url;          /* (owned) (nullable) */
  char            *account_uuid; /* (owned) */
  WbSampleIdentity identity;     /* (owned) */
  char            *access_key;   /* (owned) */
  char            *secret_key;   /* (owned) */
  GHashTable      *tokens;       /* (owned) (element-type utf8 Token) */
  GPtrArray       *workspaces;   /* (owned) (nullable) (element-type WbSampleWorkspace) */
  char            *identity_url; /* (owned) (nullable): who judges tokens, if not this service */
  SoupSession     *session;      /* (owned) (nullable): to ask it */
};

G_DEFINE_FINAL_TYPE (WbSampleService, wb_sample_service, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_IDENTITY_URL,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* A request's body so far. */
typedef struct
{
  gsize    length_bytes;
  gboolean too_large;
} BodyCount;

/* Looks like a real one: Base64 of a signed message, with `-` for `/`. */
static char *
issue_token (WbSampleService *self,
             gint64           now_s,
             gboolean         scoped)
{
  guint8           bytes[TOKEN_RANDOM_BYTES];
  Token           *token = g_new0 (Token, 1);
  g_autofree char *random = NULL;
  char            *text;

  wb_sample_random_fill (bytes, sizeof bytes);
  random = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (random, "/", '-');
  text = g_strconcat ("MIIF", random, NULL);

  token->issued_at_s = now_s;
  token->expires_at_s = now_s + TOKEN_LIFETIME_S;
  token->scoped = scoped;
  g_hash_table_insert (self->tokens, g_strdup (text), token);

  return text;
}

static GBytes *
dup_request_body (SoupServerMessage *message)
{
  return soup_message_body_flatten (soup_server_message_get_request_body (message));
}

static gboolean
has_json_type (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), "application/json") == 0;
}

/* Who has a token may ask about it, and about no other. */
static void
show_token (WbSampleService   *self,
            SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char         *given = soup_message_headers_get_one (headers, "X-Auth-Token");
  const char         *subject = soup_message_headers_get_one (headers, "X-Subject-Token");
  const Token        *token = given != NULL ? g_hash_table_lookup (self->tokens, given) : NULL;

  if (token == NULL || token->expires_at_s <= g_get_real_time () / G_USEC_PER_SEC)
    wb_sample_reply_identity_error (message, SOUP_STATUS_UNAUTHORIZED,
                                    "The request you have made requires authentication.");
  else if (g_strcmp0 (given, subject) != 0)
    wb_sample_reply_identity_error (message, SOUP_STATUS_NOT_FOUND, "This is not a token.");
  else
    wb_sample_reply_token (message, &self->identity, given, token->scoped, token->issued_at_s,
                           token->expires_at_s, SOUP_STATUS_OK);
}

static void
handle_tokens (WbSampleService   *self,
               SoupServerMessage *message)
{
  g_autoptr (GBytes) body = dup_request_body (message);
  gint64           now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *text = NULL;
  g_autofree char *token = NULL;
  gboolean         scoped;
  guint            status;

  if (g_str_equal (soup_server_message_get_method (message), "GET"))
    {
      show_token (self, message);
      return;
    }
  if (!g_str_equal (soup_server_message_get_method (message), "POST"))
    {
      wb_sample_reply_identity_error (message, SOUP_STATUS_METHOD_NOT_ALLOWED,
                                      "The method is not allowed for the requested URL.");
      return;
    }
  if (!has_json_type (message))
    {
      wb_sample_reply_identity_error (message, SOUP_STATUS_BAD_REQUEST,
                                      "Expecting to find application/json in Content-Type header.");
      return;
    }

  status = wb_sample_identity_check (&self->identity, body, &scoped, &text);
  if (status != SOUP_STATUS_CREATED)
    {
      wb_sample_reply_identity_error (message, status, text);
      return;
    }

  token = issue_token (self, now_s, scoped);
  wb_sample_reply_token (message, &self->identity, token, scoped, now_s, now_s + TOKEN_LIFETIME_S,
                         SOUP_STATUS_CREATED);
}

static void
refuse_sign_in (SoupServerMessage *message,
                const char        *reason)
{
  g_autofree char *text = g_strconcat ("Incorrect IAM authentication information: ", reason, NULL);

  wb_sample_reply_error (message, SOUP_STATUS_UNAUTHORIZED, "APIG.0301", text);
}

/* The project that the request is signed in to. */
static const char *
get_project_id (WbSampleService   *self,
                SoupServerMessage *message)
{
  const char *judged = g_object_get_data (G_OBJECT (message), "project-id");

  return judged != NULL ? judged : self->identity.project_id;
}

/* Answers the request if it is not signed in; to a project, if @needs_project. */
static gboolean
check_sign_in (WbSampleService   *self,
               SoupServerMessage *message,
               gboolean           needs_project)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri               *uri = soup_server_message_get_uri (message);
  const char         *given = soup_message_headers_get_one (headers, "X-Auth-Token");
  gint64              now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *reason = NULL;
  Token           *token;

  if (given != NULL && g_object_get_data (G_OBJECT (message), "project-id") != NULL)
    return TRUE;
  if (given != NULL)
    {
      token = g_hash_table_lookup (self->tokens, given);
      if (token == NULL)
        {
          refuse_sign_in (message, "decrypt token fail");
          return FALSE;
        }
      if (token->expires_at_s <= now_s)
        {
          refuse_sign_in (message, "token expires");
          return FALSE;
        }
      if (needs_project && !token->scoped)
        {
          wb_sample_reply_error (message, SOUP_STATUS_FORBIDDEN, "APIG.0310",
                                 "The project is unavailable");
          return FALSE;
        }
      return TRUE;
    }

  if (soup_message_headers_get_one (headers, "Authorization") == NULL)
    {
      refuse_sign_in (message, "x-auth-token not found");
      return FALSE;
    }

  body = dup_request_body (message);
  if (!wb_sample_signature_check (soup_server_message_get_method (message), g_uri_get_path (uri),
                                  g_uri_get_query (uri), headers, body, self->access_key,
                                  self->secret_key, now_s, &reason))
    {
      refuse_sign_in (message, reason);
      return FALSE;
    }

  return TRUE;
}

static const WbSampleWorkspace *
find_workspace (WbSampleService *self,
                const char      *id)
{
  for (guint i = 0; self->workspaces != NULL && i < self->workspaces->len; i++)
    {
      const WbSampleWorkspace *workspace = g_ptr_array_index (self->workspaces, i);

      if (g_str_equal (workspace->id, id))
        return workspace;
    }

  return NULL;
}

/* The workspace that a request is about; answers it if it may not be. */
static const WbSampleWorkspace *
find_requested_workspace (WbSampleService   *self,
                          SoupServerMessage *message,
                          const char        *project_id)
{
  SoupMessageHeaders      *headers = soup_server_message_get_request_headers (message);
  const char              *header_project = soup_message_headers_get_one (headers, "X-Project-Id");
  const char              *workspace_id = soup_message_headers_get_one (headers, "workspace");
  const WbSampleWorkspace *workspace = NULL;

  if (!g_str_equal (project_id, get_project_id (self, message))
      || (header_project != NULL && !g_str_equal (header_project, project_id)))
    {
      wb_sample_reply_error (message, SOUP_STATUS_FORBIDDEN, "APIG.0310",
                             "The project is unavailable");
      return NULL;
    }

  /* The real service, too, finds no workspace without the project's header. An empty ID is none. */
  if (workspace_id == NULL)
    workspace = find_workspace (self, "");
  else if (*workspace_id != '\0' && header_project != NULL)
    workspace = find_workspace (self, workspace_id);
  if (workspace == NULL)
    wb_sample_reply_error (message, SOUP_STATUS_BAD_REQUEST, "DLF.3051",
                           "Workspace does not exists.");

  return workspace;
}

static void
handle_export (WbSampleService   *self,
               SoupServerMessage *message,
               const char        *project_id)
{
  SoupMessageHeaders      *headers = soup_server_message_get_request_headers (message);
  SoupMessageHeaders      *response_headers = soup_server_message_get_response_headers (message);
  const WbSampleWorkspace *workspace;
  g_autofree char         *request_id = NULL;

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_NONE
      && soup_message_headers_get_one (headers, "Content-Length") == NULL)
    {
      wb_sample_reply_error (message, SOUP_STATUS_LENGTH_REQUIRED, "APIG.0201",
                             "Bad request: Content-Length is required");
      return;
    }
  if (!has_json_type (message))
    {
      wb_sample_reply_error (message, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "APIG.0201",
                             "Bad request: Content-Type must be application/json");
      return;
    }

  if (!check_sign_in (self, message, TRUE))
    return;

  workspace = find_requested_workspace (self, message, project_id);
  if (workspace == NULL)
    return;
  if (workspace->zip == NULL)
    {
      wb_sample_reply_error (message, SOUP_STATUS_BAD_REQUEST, "DLF.6322",
                             "The data connection does not exist.");
      return;
    }

  request_id = g_uuid_string_random ();
  soup_message_headers_replace (response_headers, "X-Request-Id", request_id);
  soup_message_headers_replace (response_headers, "Content-Type", "application/octet-stream");
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), workspace->zip);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

/* The lists, all of them `GET`. Returns %FALSE if it is none. */
static gboolean
handle_list (WbSampleService   *self,
             SoupServerMessage *message,
             char             **segments,
             GHashTable        *query)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char    *path = g_strjoinv ("/", segments);
  g_autofree char    *pattern = NULL;
  guint               n = g_strv_length (segments);

  if (!g_str_equal (soup_server_message_get_method (message), "GET"))
    return FALSE;

  if (g_str_equal (path, "/v3/auth/projects") || g_str_equal (path, "/v3/projects"))
    {
      /* Criteria are for administrators, and for keys. */
      if (check_sign_in (self, message, FALSE))
        {
          if (g_str_equal (path, "/v3/projects")
              && soup_message_headers_get_one (headers, "X-Auth-Token") != NULL)
            wb_sample_reply_identity_error (message, SOUP_STATUS_FORBIDDEN,
                                            "You are not authorized to perform the requested "
                                            "action: identity:list_projects.");
          else
            wb_sample_directory_reply_projects (message, &self->identity);
        }
      return TRUE;
    }

  if (n < 4 || !g_str_equal (segments[1], "v1"))
    return FALSE;

  pattern = g_strjoinv ("/", segments + 3);
  if (!g_str_equal (pattern, "instances") && !g_str_equal (pattern, "connections")
      && !g_str_equal (pattern, "workspaces/" WB_SAMPLE_INSTANCE_ID))
    return FALSE;

  if (!check_sign_in (self, message, TRUE))
    return TRUE;
  if (g_str_equal (pattern, "connections"))
    {
      const WbSampleWorkspace *workspace = find_requested_workspace (self, message, segments[2]);

      if (workspace != NULL)
        wb_sample_directory_reply_connections (message, workspace->n_connections);
    }
  else if (!g_str_equal (segments[2], get_project_id (self, message)))
    {
      wb_sample_reply_error (message, SOUP_STATUS_FORBIDDEN, "APIG.0310",
                             "The project is unavailable");
    }
  else if (g_str_equal (pattern, "instances"))
    {
      wb_sample_directory_reply_instances (message, &self->identity, query);
    }
  else
    {
      wb_sample_directory_reply_workspaces (message, &self->identity, self->workspaces, query);
    }

  return TRUE;
}

static void
serve (WbSampleService   *self,
       SoupServerMessage *message,
       GHashTable        *query)
{
  const char *raw_path = g_uri_get_path (soup_server_message_get_uri (message));
  g_auto (GStrv) segments = g_strsplit (raw_path, "/", -1);

  if (g_str_equal (raw_path, TOKENS_PATH))
    {
      handle_tokens (self, message);
      return;
    }
  if (handle_list (self, message, segments, query))
    return;

  /* /v1/PROJECT/connections/export */
  if (g_str_equal (soup_server_message_get_method (message), "POST")
      && g_strv_length (segments) == 5 && g_str_equal (segments[1], "v1")
      && g_str_equal (segments[3], "connections") && g_str_equal (segments[4], "export"))
    {
      handle_export (self, message, segments[2]);
      return;
    }

  wb_sample_reply_error (message, SOUP_STATUS_NOT_FOUND, "APIG.0101",
                         "The API does not exist or has not been published in the environment");
}

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
      serve (judging->self, judging->message, judging->query);
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
  BodyCount       *count = g_object_get_data (G_OBJECT (message), "body-count");
  const char      *token;
  Judging         *judging;

  if (count != NULL && count->too_large)
    {
      wb_sample_reply_error (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "APIG.0201",
                             "Request entity too large");
      return;
    }

  token = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                        "X-Auth-Token");
  if (self->identity_url == NULL || token == NULL)
    {
      serve (self, message, query);
      return;
    }

  judging = g_new0 (Judging, 1);
  judging->self = g_object_ref (self);
  judging->message = g_object_ref (message);
  judging->query = query != NULL ? g_hash_table_ref (query) : NULL;
  soup_server_message_pause (message);
  wb_sample_judge_async (self->session, self->identity_url, token, judged_cb, judging);
}

/* What is too large is read to its end, so that the client hears why, but not kept. */
static void
count_body (SoupServerMessage *message,
            BodyCount         *count,
            guint64            length_bytes)
{
  if (length_bytes <= MAX_BODY_BYTES)
    return;

  count->too_large = TRUE;
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

static void
got_headers_cb (SoupServerMessage *message,
                BodyCount         *count)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    count_body (message, count, (guint64) soup_message_headers_get_content_length (headers));
}

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              BodyCount         *count)
{
  count->length_bytes += g_bytes_get_size (chunk);
  count_body (message, count, count->length_bytes);
}

static void
request_started_cb (SoupServer        *server,
                    SoupServerMessage *message,
                    gpointer           user_data)
{
  BodyCount *count = g_new0 (BodyCount, 1);

  g_object_set_data_full (G_OBJECT (message), "body-count", count, g_free);
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), count);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), count);
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

/**
 * wb_sample_service_new:
 *
 * Returns: (transfer full): a service that does not run yet
 */
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
  g_signal_connect (server, "request-started", G_CALLBACK (request_started_cb), NULL);

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
 * Closes all connections. What it issued is good for nothing then.
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

/**
 * wb_sample_service_get_project_id:
 * @self: a service
 *
 * Returns: (transfer none): the ID of its only project
 */
const char *
wb_sample_service_get_project_id (WbSampleService *self)
{
  g_return_val_if_fail (WB_IS_SAMPLE_SERVICE (self), NULL);

  return self->identity.project_id;
}

/**
 * wb_sample_service_dup_account:
 * @self: a service that runs
 * @method: the way to sign in
 *
 * Returns: (transfer full): a transient account for it, with all its workspaces. Each call gives
 *   the same UUID
 */
WbAccount *
wb_sample_service_dup_account (WbSampleService *self,
                               WbAuthMethod     method)
{
  WbAccount *account;
  g_autoptr (GListStore) workspaces = NULL;

  g_return_val_if_fail (WB_IS_SAMPLE_SERVICE (self), NULL);
  g_return_val_if_fail (self->server != NULL, NULL);

  workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
  for (guint i = 0; i < self->workspaces->len; i++)
    {
      const WbSampleWorkspace *data = g_ptr_array_index (self->workspaces, i);
      g_autoptr (WbWorkspace) workspace = wb_workspace_new (data->name, data->id);

      g_list_store_append (workspaces, workspace);
    }

  account = wb_account_new_with_uuid (self->account_uuid);
  /* Translators: the name of the account that tries the program on made-up data */
  wb_account_set (account, WB_ACCOUNT_NAME, _ ("Sample data"));
  wb_account_set (account, WB_ACCOUNT_CLOUD, WB_CLOUD_OTHER);
  wb_account_set (account, WB_ACCOUNT_SERVICE_URL, self->url);
  wb_account_set (account, WB_ACCOUNT_IDENTITY_URL, self->url);
  wb_account_set (account, WB_ACCOUNT_MANAGEMENT_URL, self->url);
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, self->identity.project_id);
  if (method == WB_AUTH_PASSWORD)
    {
      wb_account_set (account, WB_ACCOUNT_DOMAIN, self->identity.domain);
      wb_account_set (account, WB_ACCOUNT_USER, self->identity.user);
    }
  wb_account_set_auth_method (account, method);
  wb_account_set_workspaces (account, G_LIST_MODEL (workspaces));
  wb_account_set_transient (account, TRUE);

  return account;
}

/**
 * wb_sample_service_dup_credentials:
 * @self: a service that runs
 * @method: the way to sign in
 *
 * Returns: (transfer full): credentials that it accepts in this run
 */
WbCredentials *
wb_sample_service_dup_credentials (WbSampleService *self,
                                   WbAuthMethod     method)
{
  g_autofree char *token = NULL;

  g_return_val_if_fail (WB_IS_SAMPLE_SERVICE (self), NULL);
  g_return_val_if_fail (self->server != NULL, NULL);

  switch (method)
    {
    case WB_AUTH_PASSWORD:
      return wb_credentials_new_password (self->identity.domain, self->identity.user,
                                          self->identity.password);

    case WB_AUTH_KEY:
      return wb_credentials_new_key (self->access_key, self->secret_key, NULL);

    case WB_AUTH_TOKEN:
      token = issue_token (self, g_get_real_time () / G_USEC_PER_SEC, TRUE);
      return wb_credentials_new_token (token);

    default:
      g_return_val_if_reached (NULL);
    }
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

  workspace = find_workspace (self, workspace_id);

  return workspace != NULL && workspace->zip != NULL ? g_bytes_ref (workspace->zip) : NULL;
}
