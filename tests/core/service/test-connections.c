/* test-connections.c: archives made of lists, against a service that also answers wrongly
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/export/export.h"

#include <stdlib.h>
#include <string.h>

#include "archive-fixture.h"
#include "await.h"
#include "core/error.h"
#include "core/input-limits.h"
#include "core/service/connections/connection-list.h"

#define PROJECT "b384b9e9ab9b4ee8994c8633aabc9505"
#define WORKSPACE "d1cd7861478748a6925bc02f47c69279"
#define MAX_SIZE_BYTES ((guint64) 16 * 1024 * 1024)

typedef enum
{
  ENTRIES, /* `offset` counts entries */
  PAGES,   /* pages, from 0 */
  PAGES_1, /* pages, from 1; 0 is the first, too */
  CLAMPED, /* pages, and the last one for each number behind it */
  IGNORED, /* `offset` and `limit` do not count */
  STRICT,  /* entries; behind the end is a mistake, and so is a page as long as the list */
} Reading;

typedef enum
{
  TOTAL, /* how many there are */
  NO_TOTAL,
  STRING,    /* as a string */
  OF_PAGE,   /* how many are in the page */
  TOO_SMALL, /* a number that is something else */
} Total;

typedef struct _Service Service;

/* Called for each request with its number, from 1; FALSE if it has answered. */
typedef gboolean (*Fault) (Service           *self,
                           SoupServerMessage *message,
                           const char        *id);

struct _Service
{
  SoupServer *server;
  char       *url;
  GPtrArray  *names; /* (element-type utf8): of the connections; the ID is `id-` and the name */
  Reading     reading;
  Total       total;
  guint       page_size; /* the most in a page */
  Fault       fault;

  guint    n_requests;
  guint    n_lists; /* requests for a page */
  guint    n_under_way;
  guint    max_under_way;
  gboolean lacks_workspace; /* a request without the header */

  /* For the faults. */
  guint         n_faults;
  guint         fault_status;
  const char   *fault_text;
  const char   *retry_after;
  GCancellable *cancellable;
};

static void
reply (SoupServerMessage *message,
       guint              status,
       const char        *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

static void
append_entry (GString    *text,
              const char *name,
              gboolean    is_managed)
{
  if (is_managed)
    g_string_append_printf (text, "{\"dw_id\":\"id-%s\",\"dw_name\":\"%s\",\"dw_type\":\"DLI\"}",
                            name, name);
  else
    g_string_append_printf (text, "{\"name\":\"%s\",\"type\":\"DLI\",\"description\":\"\"}", name);
}

static void
reply_page (Service           *self,
            SoupServerMessage *message,
            GHashTable        *query,
            gboolean           is_managed)
{
  const char *limit_text = query != NULL ? g_hash_table_lookup (query, "limit") : NULL;
  const char *offset_text = query != NULL ? g_hash_table_lookup (query, "offset") : NULL;
  guint       limit = limit_text != NULL ? (guint) atoi (limit_text) : 200;
  guint       offset = offset_text != NULL ? (guint) atoi (offset_text) : 0;
  guint       n = self->names->len;
  guint       end;
  g_autoptr (GString) text = g_string_new ("{");

  limit = MIN (limit, self->page_size);
  if (self->reading == STRICT && offset_text != NULL && (offset >= n || limit == n))
    {
      reply (message, 400, "{\"error_code\":\"DAYU.4402\",\"error_msg\":\"page\"}");
      return;
    }
  if (self->reading == CLAMPED && n > 0)
    offset = MIN (offset, (n - 1) / limit);
  if (self->reading == PAGES_1 && offset > 0)
    offset--;
  if (self->reading == PAGES || self->reading == PAGES_1 || self->reading == CLAMPED)
    offset *= limit;
  if (self->reading == IGNORED)
    {
      offset = 0;
      limit = n;
    }
  offset = MIN (offset, n);
  end = MIN (offset + limit, n);

  if (self->total == STRING)
    g_string_append_printf (text, "\"%s\":\"%u\",", is_managed ? "count" : "total", n);
  else if (self->total != NO_TOTAL)
    g_string_append_printf (text, "\"%s\":%u,", is_managed ? "count" : "total",
                            self->total == TOTAL     ? n
                            : self->total == OF_PAGE ? end - offset
                                                     : MIN (1, n));
  g_string_append_printf (text, "\"%s\":[", is_managed ? "data_connection_lists" : "connections");
  for (guint i = offset; i < end; i++)
    {
      append_entry (text, g_ptr_array_index (self->names, i), is_managed);
      if (i + 1 < end)
        g_string_append_c (text, ',');
    }
  g_string_append (text, "]}");
  reply (message, 200, text->str);
}

static void
finished_cb (SoupServerMessage *message,
             Service           *self)
{
  self->n_under_way--;
}

static gboolean
has_name (Service    *self,
          const char *name)
{
  return g_ptr_array_find_with_equal_func (self->names, name, g_str_equal, NULL);
}

static void
handle_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Service            *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char         *id = NULL;

  self->n_requests++;
  self->n_under_way++;
  self->max_under_way = MAX (self->max_under_way, self->n_under_way);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  if (g_strcmp0 (soup_message_headers_get_one (headers, "workspace"), WORKSPACE) != 0
      || g_strcmp0 (soup_message_headers_get_one (headers, "X-Project-Id"), PROJECT) != 0)
    self->lacks_workspace = TRUE;

  if (g_str_has_prefix (path, "/v1/" PROJECT "/data-connections/id-"))
    id = path + strlen ("/v1/" PROJECT "/data-connections/id-");
  else
    self->n_lists++;
  if (self->fault != NULL && !self->fault (self, message, id))
    return;

  if (g_str_equal (path, "/v1/" PROJECT "/connections"))
    {
      reply_page (self, message, query, FALSE);
    }
  else if (g_str_equal (path, "/v1/" PROJECT "/data-connections"))
    {
      reply_page (self, message, query, TRUE);
    }
  else if (id != NULL && has_name (self, id))
    {
      g_autoptr (GString) text = g_string_new (NULL);

      append_entry (text, id, TRUE);
      reply (message, 200, text->str);
    }
  else if (id != NULL)
    {
      reply (message, 400, "{\"error_code\":\"DAYU.1005\",\"error_msg\":\"no such\"}");
    }
  else
    {
      reply (message, 404, "{\"error_code\":\"APIG.0101\",\"error_msg\":\"no API\"}");
    }
}

static void
service_init (Service *self,
              guint    n)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  *self = (Service){ .page_size = 100 };
  self->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->names, g_strdup_printf ("c%03u", i));
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, handle_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
service_clear (Service *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_ptr_array_unref (self->names);
  g_free (self->url);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Service, service_clear)

static WbSignIn *
new_sign_in (Service *service)
{
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (WbClient) client = NULL;
  g_autoptr (WbCredentials) credentials = wb_credentials_new_token ("token");
  g_autoptr (GError) error = NULL;

  endpoints = wb_endpoints_new (service->url, service->url, service->url, &error);
  g_assert_no_error (error);
  client = g_object_new (WB_TYPE_CLIENT, "endpoints", endpoints, NULL);

  return wb_sign_in_new (client, credentials, PROJECT, NULL);
}

static WbExport *
new_export (Service *service,
            WbSource source)
{
  g_autoptr (WbSignIn) sign_in = new_sign_in (service);
  WbExport *export = wb_export_new (sign_in, WORKSPACE, MAX_SIZE_BYTES);

  wb_export_set_source (export, source);

  return export;
}

static GPtrArray *
list (Service *service,
      WbSource source,
      GError **error)
{
  g_autoptr (WbSignIn) sign_in = new_sign_in (service);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (WbRequests) requests = wb_requests_new (sign_in, WORKSPACE, cancellable);
  g_autoptr (GAsyncResult) result = NULL;

  g_object_set (requests, "distance-us", 0, NULL);
  wb_connection_list_async (requests, source, await_cb, &result);
  await (&result);

  return wb_connection_list_finish (requests, result, error);
}

/* Runs the main context until the result is there, which a fault may ask for from within. */
static WbSpool *
run (WbExport *export,
     GCancellable *cancellable,
     GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_export_run_async (export, cancellable, await_cb, &result);
  await (&result);

  return wb_export_run_finish (export, result, error);
}

/* How many connections there are, and `WAYBILL.json`. */
static void
read_archive (WbSpool *spool,
              guint   *n,
              char   **note)
{
  g_autoptr (WbArchive) archive = archive_open_spool (spool);

  *n = 0;
  for (guint node = 0; node < wb_archive_get_n_nodes (archive); node++)
    {
      g_autofree char *path = wb_archive_dup_path (archive, node);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      if (g_str_has_suffix (path, ".conn"))
        (*n)++;
      if (!g_str_equal (path, "WAYBILL.json"))
        continue;
      bytes = wb_archive_read (archive, node, NULL, &error);
      g_assert_no_error (error);
      *note = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
}

static void
assert_list (Service   *service,
             GPtrArray *listed)
{
  g_assert_cmpuint (listed->len, ==, service->names->len);
  for (guint i = 0; i < listed->len; i++)
    {
      const WbListedConnection *connection = g_ptr_array_index (listed, i);

      g_assert_cmpstr (connection->name, ==, g_ptr_array_index (service->names, i));
      for (guint k = 0; k < i; k++)
        g_assert_cmpstr (((WbListedConnection *) g_ptr_array_index (listed, k))->id, !=,
                         connection->id);
    }
  g_assert_false (service->lacks_workspace);
}

static void
assert_pages (Reading  reading,
              Total    total,
              guint    n,
              guint    page_size,
              WbSource source)
{
  g_auto (Service) service = { 0 };
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GError) error = NULL;

  service_init (&service, n);
  service.reading = reading;
  service.total = total;
  service.page_size = page_size;
  listed = list (&service, source, &error);
  g_test_message ("%u %u %u %u: %u requests", reading, total, n, page_size, service.n_requests);
  g_assert_no_error (error);
  assert_list (&service, listed);
}

/* Whatever `offset` and the total mean, and wherever pages end, the list is whole. */
static void
test_pages (void)
{
  static const guint sizes[] = { 0, 1, 9, 10, 99, 100, 101, 200, 237 };
  static const guint page_sizes[] = { 100, 50, 17 };

  for (Reading reading = ENTRIES; reading <= STRICT; reading++)
    for (Total total = TOTAL; total <= TOO_SMALL; total++)
      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        for (guint k = 0; k < G_N_ELEMENTS (page_sizes); k++)
          {
            WbSource source = (i + k) % 2 == 0 ? WB_SOURCE_LIST : WB_SOURCE_MANAGEMENT;

            /* Nothing shows what is missing in a page that is cut at 17 and says that this is all.
             * Management Center alone is known to be strict, and to know a list without pages. */
            if (page_sizes[k] % 10 != 0 && total == OF_PAGE)
              continue;
            if (reading == STRICT)
              source = WB_SOURCE_MANAGEMENT;
            if (reading == STRICT && (k > 0 || total == TOO_SMALL))
              continue;
            assert_pages (reading, total, sizes[i], page_sizes[k], source);
          }
}

/* As many pages as are read, and one connection more. */
static void
test_endless (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_auto (Service) service = { 0 };
      g_autoptr (GPtrArray) listed = NULL;
      g_autoptr (GError) error = NULL;

      service_init (&service, WB_LIST_MAX_PAGES * 10 + i);
      service.page_size = 10;
      listed = list (&service, WB_SOURCE_LIST, &error);
      g_test_message ("%u pages", service.n_lists);
      if (i == 0)
        {
          g_assert_no_error (error);
          assert_list (&service, listed);
          continue;
        }
      g_assert_null (listed);
      g_assert_error (error, WB_ERROR, WB_ERROR_SERVICE);
      g_assert_nonnull (strstr (error->message, "keeps sending more pages"));
    }
}

/* --- lists that change --- */

static gboolean
shrink (Service           *self,
        SoupServerMessage *message,
        const char        *id)
{
  /* Before the second page. */
  if (self->n_lists == 2)
    g_ptr_array_remove_index (self->names, 5);

  return TRUE;
}

static gboolean
grow (Service           *self,
      SoupServerMessage *message,
      const char        *id)
{
  if (self->n_lists == 2)
    g_ptr_array_insert (self->names, 5, g_strdup ("new"));

  return TRUE;
}

/* One goes and one comes, so that the total stays. */
static gboolean
replace (Service           *self,
         SoupServerMessage *message,
         const char        *id)
{
  if (self->n_lists == 2)
    {
      g_ptr_array_remove_index (self->names, self->names->len - 1);
      g_ptr_array_insert (self->names, 5, g_strdup ("new"));
    }

  return TRUE;
}

static gboolean
keep_growing (Service           *self,
              SoupServerMessage *message,
              const char        *id)
{
  g_ptr_array_insert (self->names, 0, g_strdup_printf ("new%u", self->n_requests));

  return TRUE;
}

static void
test_changes (void)
{
  static const Fault faults[] = { shrink, grow, replace };
  static const Total totals[] = { TOTAL, STRING };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    for (Reading reading = ENTRIES; reading <= PAGES_1; reading++)
      for (guint k = 0; k < G_N_ELEMENTS (totals); k++)
        {
          g_auto (Service) service = { 0 };
          g_autoptr (GPtrArray) listed = NULL;
          g_autoptr (GError) error = NULL;

          service_init (&service, 250);
          service.reading = reading;
          service.total = totals[k];
          service.fault = faults[i];
          listed = list (&service, WB_SOURCE_MANAGEMENT, &error);
          g_test_message ("%u %u: %u requests", i, reading, service.n_requests);
          g_assert_no_error (error);
          assert_list (&service, listed);
        }
}

/* Not for ever. */
static void
test_unsteady (void)
{
  g_auto (Service) service = { 0 };
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GError) error = NULL;

  service_init (&service, 250);
  service.fault = keep_growing;
  listed = list (&service, WB_SOURCE_LIST, &error);
  g_assert_null (listed);
  g_assert_error (error, WB_ERROR, WB_ERROR_SERVICE);
  g_assert_nonnull (strstr (error->message, "stay the same"));
  g_assert_cmpuint (service.n_requests, <, 20);
}

/* A total that is never reached. */
static gboolean
lie (Service           *self,
     SoupServerMessage *message,
     const char        *id)
{
  reply (message, 200, "{\"total\":3,\"connections\":[{\"name\":\"a\",\"type\":\"DLI\"}]}");

  return FALSE;
}

static void
test_incomplete (void)
{
  g_auto (Service) service = { 0 };
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GError) error = NULL;

  service_init (&service, 0);
  service.fault = lie;
  listed = list (&service, WB_SOURCE_LIST, &error);
  g_assert_null (listed);
  g_assert_error (error, WB_ERROR, WB_ERROR_SERVICE);
  g_assert_nonnull (strstr (error->message, "not be complete"));
}

/* --- whole archives --- */

static void
test_whole (void)
{
  for (WbSource source = WB_SOURCE_LIST; source <= WB_SOURCE_MANAGEMENT; source++)
    {
      g_auto (Service) service = { 0 };
      g_autoptr (WbExport) export = NULL;
      g_autoptr (WbSpool) spool = NULL;
      g_autofree char *note = NULL;
      g_autoptr (GError) error = NULL;
      WbSource other;
      guint    n = 0;

      service_init (&service, 23);
      export = new_export (&service, source);
      spool = run (export, NULL, &error);
      g_assert_no_error (error);
      read_archive (spool, &n, &note);
      g_assert_cmpuint (n, ==, 23);
      g_assert_nonnull (strstr (note, wb_source_to_string (source)));
      g_assert_cmpuint (service.n_requests, ==, source == WB_SOURCE_LIST ? 1 : 24);
      g_assert_cmpuint (service.max_under_way, <=, 8);
      g_assert_false (service.lacks_workspace);
      g_assert_cmpuint (wb_export_get_n_read (export), ==, 23);
      g_assert_cmpuint (wb_export_get_n_connections (export), ==, 23);
      g_assert_cmpint (wb_export_get_state (export), ==, WB_EXPORT_DONE);
      g_assert_nonnull (wb_export_get_finished (export));
      g_assert_false (wb_export_get_next_source (export, &other));
    }
}

/* Requests that are not answered, until there are as many as may be. */
static gboolean
hold (Service           *self,
      SoupServerMessage *message,
      const char        *id)
{
  if (id == NULL)
    return TRUE;

  soup_server_message_pause (message);
  self->n_faults++;
  if (self->n_faults == 8)
    g_cancellable_cancel (self->cancellable);

  return FALSE;
}

/* Never more than eight at a time; and a cancellation ends all of them. */
static void
test_in_flight (void)
{
  g_auto (Service) service = { 0 };
  g_autoptr (WbExport) export = NULL;
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  WbSource other;

  service_init (&service, 29);
  service.fault = hold;
  service.cancellable = cancellable;
  export = new_export (&service, WB_SOURCE_MANAGEMENT);
  spool = run (export, cancellable, &error);
  g_assert_null (spool);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (service.n_faults, ==, 8);
  g_assert_cmpuint (service.n_requests, ==, 9);
  g_assert_false (wb_export_get_next_source (export, &other));
}

static gboolean
cancel (Service           *self,
        SoupServerMessage *message,
        const char        *id)
{
  if (self->n_requests == 3)
    g_cancellable_cancel (self->cancellable);

  return TRUE;
}

static void
test_cancel (void)
{
  g_auto (Service) service = { 0 };
  g_autoptr (WbExport) export = NULL;
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  service_init (&service, 29);
  service.fault = cancel;
  service.cancellable = cancellable;
  export = new_export (&service, WB_SOURCE_MANAGEMENT);
  spool = run (export, cancellable, &error);
  g_assert_null (spool);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (service.n_requests, ==, 3);
}

/* --- connections that cannot be read --- */

static gboolean
answer_one (Service           *self,
            SoupServerMessage *message,
            const char        *id)
{
  if (g_strcmp0 (id, "c000") != 0)
    return TRUE;

  self->n_faults++;
  if (self->retry_after != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                  "Retry-After", self->retry_after);
  reply (message, self->fault_status, self->fault_text);

  return FALSE;
}

static void
test_unreadable (void)
{
  static const struct
  {
    guint       status;
    const char *text;
    WbErrorKind kind;
    const char *code;
    guint       n_tries;
  } cases[] = {
    { 404, "{\"error_code\":\"DAYU.1005\",\"error_msg\":\"x\"}", WB_ERROR_KIND_SERVICE,
      "DAYU.1005", 1 },
    { 404, "", WB_ERROR_KIND_SERVICE, NULL, 1 },
    { 404, "{\"error_code\":\"APIG.0101\",\"error_msg\":\"x\"}", WB_ERROR_KIND_SERVICE,
      "APIG.0101", 1 },
    { 500, "{\"error_code\":\"DAYU.3531\",\"error_msg\":\"x\"}", WB_ERROR_KIND_SERVICE,
      "DAYU.3531", 1 },
    { 403, "{}", WB_ERROR_KIND_NOT_PERMITTED, NULL, 1 },
    { 503, "{}", WB_ERROR_KIND_SERVICE, NULL, 5 },
    { 429, "{\"error_code\":\"APIG.0308\",\"error_msg\":\"x\"}", WB_ERROR_KIND_SERVICE,
      "APIG.0308", 5 },
    { 200, "{}", WB_ERROR_KIND_SERVICE, NULL, 1 },
    { 200, "[]", WB_ERROR_KIND_SERVICE, NULL, 1 },
    { 200, "", WB_ERROR_KIND_SERVICE, NULL, 1 },
    { 200, "null", WB_ERROR_KIND_SERVICE, NULL, 1 },
    { 200, "{\"dw_id\":\"id-c000\"", WB_ERROR_KIND_SERVICE, NULL, 1 },
    { 200, "{\"dw_id\":\"id-c000\"}", WB_ERROR_KIND_SERVICE, NULL, 1 },
    { 200, "{\"dw_id\":\"id-c001\",\"dw_name\":\"c001\",\"dw_type\":\"DLI\"}",
      WB_ERROR_KIND_SERVICE, NULL, 1 },
    { 200, "{\"error_code\":\"DAYU.3531\",\"error_msg\":\"x\"}", WB_ERROR_KIND_SERVICE, NULL, 1 },
    { 204, "", WB_ERROR_KIND_SERVICE, NULL, 1 },
    { 302, "", WB_ERROR_KIND_SERVICE, NULL, 1 },
    { 401, "{}", WB_ERROR_KIND_SIGN_IN, NULL, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Service) service = { 0 };
      g_autoptr (WbExport) export = NULL;
      g_autoptr (WbSpool) spool = NULL;
      g_autoptr (GError) error = NULL;
      WbSource other;
      gboolean is_named = cases[i].kind != WB_ERROR_KIND_SIGN_IN;

      service_init (&service, 1);
      service.fault = answer_one;
      service.fault_status = cases[i].status;
      service.fault_text = cases[i].text;
      service.retry_after = cases[i].n_tries > 1 ? "0" : NULL;
      export = new_export (&service, WB_SOURCE_MANAGEMENT);
      spool = run (export, NULL, &error);
      g_assert_null (spool);
      g_assert_nonnull (error);
      g_test_message ("%u: %s", i, error->message);
      g_assert_cmpint (wb_error_get_kind (error), ==, cases[i].kind);
      g_assert_true ((strstr (error->message, "“c000”") != NULL) == is_named);
      if (cases[i].status != 200)
        g_assert_cmpuint (wb_error_get_http_status (error), ==, cases[i].status);
      if (cases[i].code != NULL)
        g_assert_cmpstr (wb_error_get_service_code (error), ==, cases[i].code);
      g_assert_cmpuint (service.n_faults, ==, cases[i].n_tries);

      /* The list was asked whether it is gone; not after a refused sign-in. */
      g_assert_cmpuint (service.n_lists, ==, is_named ? 2 : 1);
      g_assert_false (wb_export_get_next_source (export, &other));
    }
}

static gboolean
delete_one (Service           *self,
            SoupServerMessage *message,
            const char        *id)
{
  guint index;

  if (g_strcmp0 (id, "c003") == 0
      && g_ptr_array_find_with_equal_func (self->names, "c003", g_str_equal, &index))
    {
      g_ptr_array_remove_index (self->names, index);
      g_ptr_array_add (self->names, g_strdup ("new"));
    }

  return TRUE;
}

/* One that is gone is left out, and named; one that came is there. */
static void
test_gone (void)
{
  g_auto (Service) service = { 0 };
  g_autoptr (WbExport) export = NULL;
  g_autoptr (WbSpool) spool = NULL;
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  service_init (&service, 21);
  service.fault = delete_one;
  export = new_export (&service, WB_SOURCE_MANAGEMENT);
  spool = run (export, NULL, &error);
  g_assert_no_error (error);
  read_archive (spool, &n, &note);
  g_assert_cmpuint (n, ==, 21);
  g_assert_nonnull (strstr (note, "\"c003\""));
  g_assert_nonnull (strstr (note, "connections/new.conn"));
  g_assert_null (strstr (note, "connections/c003.conn"));
  g_assert_cmpuint (service.n_lists, ==, 2);
  g_assert_cmpuint (wb_export_get_n_read (export), ==, 21);
}

static gboolean
delete_all (Service           *self,
            SoupServerMessage *message,
            const char        *id)
{
  if (id != NULL)
    g_ptr_array_set_size (self->names, 0);

  return TRUE;
}

static void
test_all_gone (void)
{
  g_auto (Service) service = { 0 };
  g_autoptr (WbExport) export = NULL;
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (GError) error = NULL;

  service_init (&service, 21);
  service.fault = delete_all;
  export = new_export (&service, WB_SOURCE_MANAGEMENT);
  spool = run (export, NULL, &error);
  g_assert_null (spool);
  g_assert_error (error, WB_ERROR, WB_ERROR_NO_CONNECTIONS);
}

static gboolean
be_busy_twice (Service           *self,
               SoupServerMessage *message,
               const char        *id)
{
  if (id == NULL || self->n_faults == 2)
    return TRUE;

  self->n_faults++;
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After",
                                "1");
  reply (message, 429, "{}");

  return FALSE;
}

static void
state_cb (WbExport *export,
          GParamSpec *pspec,
          gboolean   *has_waited)
{
  *has_waited = *has_waited || wb_export_get_state (export) == WB_EXPORT_WAITING;
}

static void
test_busy (void)
{
  g_auto (Service) service = { 0 };
  g_autoptr (WbExport) export = NULL;
  g_autoptr (WbSpool) spool = NULL;
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_waited = FALSE;
  guint    n = 0;

  service_init (&service, 12);
  service.fault = be_busy_twice;
  export = new_export (&service, WB_SOURCE_MANAGEMENT);
  g_signal_connect (export, "notify::state", G_CALLBACK (state_cb), &has_waited);
  spool = run (export, NULL, &error);
  g_assert_no_error (error);
  read_archive (spool, &n, &note);
  g_assert_cmpuint (n, ==, 12);
  g_assert_true (has_waited);
  g_assert_cmpuint (service.n_requests, ==, 1 + 12 + 2);
}

static gboolean
kill_connection (Service           *self,
                 SoupServerMessage *message,
                 const char        *id)
{
  g_autoptr (GIOStream) stream = NULL;

  if (g_strcmp0 (id, "c003") != 0 || self->n_faults == self->fault_status)
    return TRUE;

  self->n_faults++;
  self->n_under_way--;
  stream = soup_server_message_steal_connection (message);
  g_io_stream_close (stream, NULL, NULL);

  return FALSE;
}

/* Made again three times, as every request; then the network is to blame. */
static void
test_killed (void)
{
  for (guint n_kills = 1; n_kills <= 4; n_kills += 3)
    {
      g_auto (Service) service = { 0 };
      g_autoptr (WbExport) export = NULL;
      g_autoptr (WbSpool) spool = NULL;
      g_autoptr (GError) error = NULL;

      service_init (&service, 12);
      service.fault = kill_connection;
      service.fault_status = n_kills;
      export = new_export (&service, WB_SOURCE_MANAGEMENT);
      spool = run (export, NULL, &error);
      if (n_kills == 1)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_null (spool);
      g_test_message ("%s", error->message);
      g_assert_cmpint (wb_error_get_kind (error), ==, WB_ERROR_KIND_NETWORK);
      g_assert_nonnull (strstr (error->message, "“c003”"));
    }
}

/* --- lists that are refused, or are none --- */

static gboolean
answer_list (Service           *self,
             SoupServerMessage *message,
             const char        *id)
{
  if (id != NULL)
    return TRUE;

  self->n_faults++;
  reply (message, self->fault_status, self->fault_text);

  return FALSE;
}

#define CODE(code) "{\"error_code\":\"" code "\",\"error_msg\":\"x\"}"

/* What each call is refused by, and which source may be offered then. */
static void
test_refused (void)
{
  static const struct
  {
    guint       status;
    const char *text;
    WbErrorKind kind;
    gboolean    leads_on;
  } cases[] = {
    { 404, CODE ("APIG.0101"), WB_ERROR_KIND_WITHDRAWN, TRUE },
    { 404, CODE ("APIGW.0101"), WB_ERROR_KIND_WITHDRAWN, TRUE },
    { 410, "", WB_ERROR_KIND_WITHDRAWN, TRUE },
    { 410, CODE ("APIG.0101"), WB_ERROR_KIND_WITHDRAWN, TRUE },
    { 403, "", WB_ERROR_KIND_NOT_PERMITTED, TRUE },
    { 403, CODE ("APIG.0302"), WB_ERROR_KIND_NOT_PERMITTED, TRUE },
    { 400, CODE ("DLF.6888"), WB_ERROR_KIND_NOT_PERMITTED, TRUE },
    /* The same would happen there. */
    { 403, CODE ("APIG.0310"), WB_ERROR_KIND_NOT_PERMITTED, FALSE },
    { 403, CODE ("APIG.0402"), WB_ERROR_KIND_NOT_PERMITTED, FALSE },
    { 403, CODE ("APIG.0802"), WB_ERROR_KIND_NOT_PERMITTED, FALSE },
    { 403, CODE ("IAM.0080"), WB_ERROR_KIND_NOT_PERMITTED, FALSE },
    { 401, CODE ("APIG.0301"), WB_ERROR_KIND_SIGN_IN, FALSE },
    { 404, "", WB_ERROR_KIND_SERVICE, FALSE },
    { 404, "<html><title>Not Found</title>", WB_ERROR_KIND_SERVICE, FALSE },
    { 404, CODE ("DLF.3051"), WB_ERROR_KIND_SERVICE, FALSE },
    { 400, CODE ("DLF.3051"), WB_ERROR_KIND_SERVICE, FALSE },
    { 400, CODE ("DLF.6322"), WB_ERROR_KIND_NO_CONNECTIONS, FALSE },
    { 500, "", WB_ERROR_KIND_SERVICE, FALSE },
    { 302, "", WB_ERROR_KIND_SERVICE, FALSE },
    { 200, "", WB_ERROR_KIND_SERVICE, FALSE },
    { 200, "{}", WB_ERROR_KIND_SERVICE, FALSE },
    { 200, "<html>", WB_ERROR_KIND_NETWORK, FALSE },
  };

  for (WbSource source = WB_SOURCE_EXPORT; source < WB_N_SOURCES; source++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_auto (Service) service = { 0 };
        g_autoptr (WbExport) export = NULL;
        g_autoptr (WbSpool) spool = NULL;
        g_autoptr (GError) error = NULL;
        WbSource next = WB_N_SOURCES;

        service_init (&service, 3);
        service.fault = answer_list;
        service.fault_status = cases[i].status;
        service.fault_text = cases[i].text;
        export = new_export (&service, source);
        spool = run (export, NULL, &error);
        g_assert_null (spool);
        g_assert_nonnull (error);
        g_test_message ("%u %u: %s", source, i, error->message);
        g_assert_cmpint (wb_error_get_kind (error), ==, cases[i].kind);
        g_assert_cmpint (wb_export_get_next_source (export, &next), ==,
                         cases[i].leads_on && source != WB_SOURCE_MANAGEMENT);
        if (cases[i].leads_on && source != WB_SOURCE_MANAGEMENT)
          g_assert_cmpint (next, ==, source + 1);
      }
}

static void
test_odd_lists (void)
{
  static const struct
  {
    const char *text;
    WbError     code;
    const char *words;
  } cases[] = {
    { "{\"total\":0,\"connections\":[]}", WB_ERROR_NO_CONNECTIONS, "no connections" },
    { "{\"connections\":[]}", WB_ERROR_NO_CONNECTIONS, "no connections" },
    { "{\"total\":1,\"connections\":[null]}", WB_ERROR_SERVICE, "Entry 1" },
    { "{\"total\":2,\"connections\":[{\"name\":\"a\",\"type\":\"DLI\"},7]}", WB_ERROR_SERVICE,
      "Entry 2" },
    { "{\"total\":1,\"connections\":[{\"type\":\"DLI\"}]}", WB_ERROR_SERVICE, "Entry 1" },
    { "{\"total\":1,\"connections\":[{\"name\":\"\"}]}", WB_ERROR_SERVICE, "Entry 1" },
    { "{\"total\":1,\"connections\":[{\"name\":5}]}", WB_ERROR_SERVICE, "Entry 1" },
    { "{\"total\":1,\"connections\":{}}", WB_ERROR_SERVICE, "list of connections" },
    { "{\"connections\":null}", WB_ERROR_SERVICE, "list of connections" },
    { "{\"connections\":[],\"connections\":[]}", WB_ERROR_SERVICE, "list of connections" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Service) service = { 0 };
      g_autoptr (WbExport) export = NULL;
      g_autoptr (WbSpool) spool = NULL;
      g_autoptr (GError) error = NULL;

      service_init (&service, 0);
      service.fault = answer_list;
      service.fault_status = 200;
      service.fault_text = cases[i].text;
      export = new_export (&service, WB_SOURCE_LIST);
      spool = run (export, NULL, &error);
      g_assert_null (spool);
      g_test_message ("%u: %s", i, error->message);
      g_assert_error (error, WB_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

/* Management Center's IDs go into addresses. */
static void
test_odd_ids (void)
{
  static const char *const ids[] = { "\"\"", "\"a b\"", "\"a\\u0000b c\"", "\"ü\"", "null", "{}" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_auto (Service) service = { 0 };
      g_autoptr (WbExport) export = NULL;
      g_autoptr (WbSpool) spool = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      text = g_strdup_printf ("{\"count\":1,\"data_connection_lists\":[{\"dw_id\":%s,"
                              "\"dw_name\":\"odd\"}]}",
                              ids[i]);
      service_init (&service, 0);
      service.fault = answer_list;
      service.fault_status = 200;
      service.fault_text = text;
      export = new_export (&service, WB_SOURCE_MANAGEMENT);
      spool = run (export, NULL, &error);
      g_assert_null (spool);
      g_assert_error (error, WB_ERROR, WB_ERROR_SERVICE);
      if (i != 2)
        g_assert_nonnull (strstr (error->message, "“odd”"));
    }
}

/* Without an address or a workspace there is nothing to ask. */
static void
test_incomplete_account (void)
{
  static const struct
  {
    gboolean    has_management;
    const char *workspace;
    const char *words;
  } cases[] = {
    { FALSE, WORKSPACE, "address for Management Center" },
    { TRUE, NULL, "workspace’s ID" },
    { TRUE, "", "workspace’s ID" },
    { TRUE, "a b", "never contain" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Service) service = { 0 };
      g_autoptr (WbEndpoints) endpoints = NULL;
      g_autoptr (WbClient) client = NULL;
      g_autoptr (WbCredentials) credentials = wb_credentials_new_token ("token");
      g_autoptr (WbSignIn) sign_in = NULL;
      g_autoptr (WbExport) export = NULL;
      g_autoptr (WbExport) before = NULL;
      g_autoptr (WbSpool) spool = NULL;
      g_autoptr (GError) error = NULL;
      WbSource next;

      service_init (&service, 3);
      endpoints = wb_endpoints_new (service.url, service.url,
                                    cases[i].has_management ? service.url : NULL, &error);
      g_assert_no_error (error);
      client = g_object_new (WB_TYPE_CLIENT, "endpoints", endpoints, NULL);
      sign_in = wb_sign_in_new (client, credentials, PROJECT, NULL);
      export = wb_export_new (sign_in, cases[i].workspace, MAX_SIZE_BYTES);
      wb_export_set_source (export, WB_SOURCE_MANAGEMENT);
      spool = run (export, NULL, &error);
      g_assert_null (spool);
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_cmpuint (service.n_requests, ==, 0);

      /* So it is not offered after the list. */
      if (i == 3)
        continue;
      g_clear_error (&error);
      service.fault = answer_list;
      service.fault_status = 403;
      service.fault_text = "{}";
      before = wb_export_new (sign_in, cases[i].workspace, MAX_SIZE_BYTES);
      wb_export_set_source (before, WB_SOURCE_LIST);
      spool = run (before, NULL, &error);
      g_assert_error (error, WB_ERROR, WB_ERROR_NOT_PERMITTED);
      g_assert_false (wb_export_get_next_source (before, &next));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connections/pages", test_pages);
  g_test_add_func ("/connections/endless", test_endless);
  g_test_add_func ("/connections/changes", test_changes);
  g_test_add_func ("/connections/unsteady", test_unsteady);
  g_test_add_func ("/connections/incomplete", test_incomplete);
  g_test_add_func ("/connections/whole", test_whole);
  g_test_add_func ("/connections/in-flight", test_in_flight);
  g_test_add_func ("/connections/cancel", test_cancel);
  g_test_add_func ("/connections/unreadable", test_unreadable);
  g_test_add_func ("/connections/gone", test_gone);
  g_test_add_func ("/connections/all-gone", test_all_gone);
  g_test_add_func ("/connections/busy", test_busy);
  g_test_add_func ("/connections/killed", test_killed);
  g_test_add_func ("/connections/refused", test_refused);
  g_test_add_func ("/connections/odd-lists", test_odd_lists);
  g_test_add_func ("/connections/odd-ids", test_odd_ids);
  g_test_add_func ("/connections/incomplete-account", test_incomplete_account);

  return g_test_run ();
}
