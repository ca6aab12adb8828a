/* connection-list.c: all connections of a workspace, as a list names them, page by page
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/connections/connection-list.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/input-limits.h"

/* How often a list that changes while it is read is read again. */
#define MAX_RESTARTS 3

/* Services cut pages at round numbers, also at one below what was asked for. */
#define ROUND 10

/* What `offset` counts. Open Telekom Cloud's reference says pages, Huawei Cloud's says entries; so
 * where the one brings nothing new, the other is tried. */
typedef enum
{
  OFFSET_ENTRIES,
  OFFSET_PAGES, /* from 0 or from 1: the page numbered 1 may be the first again */
  OFFSET_NONE,  /* the whole list at once, without `limit` and `offset` */
} Offset;

typedef struct
{
  WbSource    source;
  GPtrArray  *found;   /* (owned) (element-type WbListedConnection) */
  GHashTable *known;   /* (owned) (element-type utf8): their IDs, which they own */
  guint       n_first; /* how many of them are from the first page */
  GPtrArray  *counted; /* (owned) (nullable): what was found with OFFSET_ENTRIES, thereafter */
  Offset      offset;
  guint       page;      /* to ask for, with OFFSET_PAGES */
  gboolean    has_pages; /* a page brought nothing but new ones, so OFFSET_PAGES is right */
  guint       n_pages;   /* that were read */
  guint       n_restarts;
  gint64      total;       /* of the last page; -1 if it had none */
  gboolean    counts_page; /* each total was the number of entries in its page */
  GError     *refusal;     /* (owned) (nullable): of the first page behind which nothing is given */
} Walk;

static void next_page (GTask *task);

static void
clear (Walk *self)
{
  g_hash_table_remove_all (self->known);
  g_ptr_array_set_size (self->found, 0);
  g_clear_pointer (&self->counted, g_ptr_array_unref);
  self->page = 0;
  self->has_pages = FALSE;
  self->n_pages = 0;
  self->total = -1;
  self->counts_page = TRUE;
  g_clear_error (&self->refusal);
}

static void
walk_free (Walk *self)
{
  g_clear_error (&self->refusal);
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->found);
  g_clear_pointer (&self->counted, g_ptr_array_unref);
  g_free (self);
}

/* From the start, since the list is not what it was. */
static void
restart (GTask *task)
{
  Walk *self = g_task_get_task_data (task);

  if (self->n_restarts == MAX_RESTARTS)
    {
      g_task_return_new_error (task, WB_ERROR, WB_ERROR_SERVICE,
                               _ ("The service’s list of connections does not stay the same while "
                                  "it is read, or it lacks some of those that it counts, so the "
                                  "archive would not be complete. Try again later."));
      return;
    }

  self->n_restarts++;
  clear (self);
  self->offset = OFFSET_ENTRIES;
  next_page (task);
}

static gboolean
has_total (Walk *self)
{
  return self->total >= 0 && !self->counts_page;
}

static void
finish (GTask *task)
{
  Walk      *self = g_task_get_task_data (task);
  GPtrArray *found = self->found;

  if (self->counted != NULL && self->counted->len > found->len)
    found = self->counted;
  if (has_total (self) && found->len < self->total)
    restart (task);
  else
    g_task_return_pointer (task, g_ptr_array_ref (found), (GDestroyNotify) g_ptr_array_unref);
}

/* Begins with the first page again, since single pages may have been found behind it. */
static void
count_pages (GTask *task)
{
  Walk *self = g_task_get_task_data (task);

  self->counted = g_steal_pointer (&self->found);
  self->found = g_ptr_array_new_with_free_func (wb_listed_connection_free);
  g_hash_table_remove_all (self->known);
  for (guint i = 0; i < self->n_first; i++)
    {
      WbListedConnection *entry = wb_listed_connection_copy (g_ptr_array_index (self->counted, i));

      g_ptr_array_add (self->found, entry);
      g_hash_table_add (self->known, entry->id);
    }
  self->offset = OFFSET_PAGES;
  self->page = 1;
  next_page (task);
}

/* Without anything new: the end, or `offset` counts something else. */
static void
try_other (GTask *task)
{
  Walk    *self = g_task_get_task_data (task);
  gboolean is_complete = has_total (self) && self->found->len == self->total;

  if (self->offset == OFFSET_ENTRIES && !is_complete)
    {
      count_pages (task);
    }
  else if (self->offset == OFFSET_PAGES && self->page == 1 && !is_complete)
    {
      self->page = 2;
      next_page (task);
    }
  else if (self->offset != OFFSET_NONE && self->refusal != NULL && !is_complete)
    {
      clear (self);
      self->offset = OFFSET_NONE;
      next_page (task);
    }
  else
    {
      finish (task);
    }
}

/* Takes those that are new. */
static guint
take (Walk             *self,
      WbConnectionPage *page)
{
  gsize                n;
  g_autofree gpointer *entries = g_ptr_array_steal (page->entries, &n);
  guint                n_new = 0;

  for (gsize i = 0; i < n; i++)
    {
      WbListedConnection *entry = entries[i];

      if (g_hash_table_contains (self->known, entry->id))
        {
          wb_listed_connection_free (entry);
          continue;
        }
      g_ptr_array_add (self->found, entry);
      g_hash_table_add (self->known, entry->id);
      n_new++;
    }

  return n_new;
}

/* Whether a page cannot be one of the same list as those before it. */
static gboolean
note_total (Walk  *self,
            gint64 total,
            guint  n_entries)
{
  gint64   before = self->total;
  gboolean counted_page = self->counts_page;

  /* Behind its end some services count nothing. */
  if (total < 0 || (total == 0 && n_entries == 0 && self->n_pages > 0))
    return TRUE;

  self->total = total;
  self->counts_page = counted_page && total == n_entries;

  return before < 0 || before == total || self->counts_page;
}

static void
take_page (GTask            *task,
           WbConnectionPage *page)
{
  Walk    *self = g_task_get_task_data (task);
  guint    n_entries = page->entries->len;
  gboolean is_same = note_total (self, page->total, n_entries);
  guint    n_new = take (self, page);
  gboolean may_be_full = n_entries >= WB_CONNECTION_PAGE_SIZE || n_entries % ROUND == 0;

  self->n_pages++;
  if (self->n_pages == 1)
    self->n_first = self->found->len;
  if (self->offset == OFFSET_PAGES && !self->has_pages && n_new > 0 && n_new < n_entries)
    {
      /* An offset of one entry, or two. */
      finish (task);
      return;
    }
  if (!is_same || (n_new > 0 && n_new < n_entries && self->n_pages > 1))
    {
      restart (task);
      return;
    }
  if (self->offset == OFFSET_PAGES && n_new > 0)
    self->has_pages = TRUE;
  if (self->offset == OFFSET_NONE || (n_entries == 0 && self->n_pages == 1))
    {
      finish (task);
      return;
    }
  if (n_new == 0)
    {
      try_other (task);
      return;
    }

  /* A total that is the page's own length counts only where no page is cut like that; one that is
   * smaller counts something else. */
  if (self->found->len == self->total && !(self->counts_page && may_be_full))
    {
      finish (task);
      return;
    }
  if (self->n_pages >= WB_LIST_MAX_PAGES)
    {
      g_task_return_new_error (task, WB_ERROR, WB_ERROR_SERVICE,
                               _ ("The service keeps sending more pages of connections, so the "
                                  "archive would never be complete. Report this to the cloud’s "
                                  "support."));
      return;
    }

  self->page++;
  next_page (task);
}

static gboolean
is_about_page (const GError *error)
{
  return g_error_matches (error, WB_ERROR, WB_ERROR_SERVICE)
         && wb_error_get_http_status (error) == SOUP_STATUS_BAD_REQUEST;
}

/* Some services refuse a page behind the end, and one of Huawei Cloud's releases a page as long as
 * the list (so says its Terraform provider). Takes @error. */
static void
take_refusal (GTask  *task,
              GError *error)
{
  Walk *self = g_task_get_task_data (task);

  if (self->source != WB_SOURCE_MANAGEMENT || self->offset == OFFSET_NONE
      || !is_about_page (error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (self->refusal == NULL)
    self->refusal = g_steal_pointer (&error);
  g_clear_error (&error);
  if (self->n_pages > 0)
    {
      try_other (task);
      return;
    }

  /* The first page may be number 1. */
  self->page = 1;
  self->offset = self->offset == OFFSET_ENTRIES ? OFFSET_PAGES : OFFSET_NONE;
  next_page (task);
}

static void
page_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (WbConnectionPage) page = NULL;
  Walk   *self = g_task_get_task_data (task);
  GError *error = NULL;

  root = wb_requests_get_finish (WB_REQUESTS (object), result, &body, &error);
  if (root == NULL)
    {
      take_refusal (task, error);
      return;
    }

  page = wb_connection_page_read (self->source, root, body, &error);
  if (page == NULL)
    g_task_return_error (task, error);
  else
    take_page (task, page);
}

static void
next_page (GTask *task)
{
  WbRequests        *requests = g_task_get_source_object (task);
  Walk              *self = g_task_get_task_data (task);
  WbSignIn          *sign_in = wb_requests_get_sign_in (requests);
  const WbEndpoints *endpoints = wb_client_get_endpoints (wb_sign_in_get_client (sign_in));
  const char        *project_id = wb_sign_in_get_project_id (sign_in);
  g_autofree char   *project = g_uri_escape_string (project_id, NULL, FALSE);
  gboolean           is_managed = self->source == WB_SOURCE_MANAGEMENT;
  WbServiceCall      call;
  g_autofree char   *path = NULL;
  g_autofree char   *url = NULL;

  path = g_strdup_printf ("%s/v1/%s/%s",
                          is_managed ? endpoints->management_url : endpoints->service_url, project,
                          is_managed ? "data-connections" : "connections");
  if (self->offset == OFFSET_NONE)
    url = g_strdup (path);
  else
    url = g_strdup_printf ("%s?limit=%d&offset=%u", path, WB_CONNECTION_PAGE_SIZE,
                           self->offset == OFFSET_PAGES ? self->page : self->found->len);
  call = is_managed ? WB_SERVICE_CALL_DATA_CONNECTIONS : WB_SERVICE_CALL_CONNECTIONS;
  wb_requests_get_async (requests, call, url, page_cb, g_object_ref (task));
}

/**
 * wb_connection_list_async:
 * @requests: for the requests; its sign-in has its project's ID
 * @source: %WB_SOURCE_LIST, or %WB_SOURCE_MANAGEMENT if the account has its address
 * @callback: called when the list is there
 * @user_data: for @callback
 *
 * `GET /v1/{project_id}/connections` of DataArts Factory, or of Management Center
 * `GET /v1/{project_id}/data-connections`, to the last page. A list that changes meanwhile, by its
 * total or by an entry that comes twice, is read again from the start, three times at most.
 */
void
wb_connection_list_async (WbRequests         *requests,
                          WbSource            source,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Walk *walk;

  g_return_if_fail (WB_IS_REQUESTS (requests));
  g_return_if_fail (source == WB_SOURCE_LIST || source == WB_SOURCE_MANAGEMENT);

  task = g_task_new (requests, NULL, callback, user_data);
  g_task_set_source_tag (task, wb_connection_list_async);
  walk = g_new0 (Walk, 1);
  walk->source = source;
  walk->found = g_ptr_array_new_with_free_func (wb_listed_connection_free);
  walk->known = g_hash_table_new (g_str_hash, g_str_equal);
  clear (walk);
  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);

  next_page (task);
}

/**
 * wb_connection_list_finish:
 * @requests: the requests
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full) (element-type WbListedConnection): the connections, maybe none; or %NULL
 *   with an error
 */
GPtrArray *
wb_connection_list_finish (WbRequests   *requests,
                           GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, requests), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
