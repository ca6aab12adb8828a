/* directory.c: what an account can reach: its projects, and the workspaces of one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/directory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/service/directory-page.h"
#include "core/service/service-request.h"
#include "core/text.h"

/* A service that never comes to an end must not keep us for ever. */
#define MAX_PAGES 200

/* The object storage's own, in every region of every account. */
#define BUILT_IN_PROJECT "MOS"

/* A walk through pages: first the instances, then the workspaces of each. */
typedef struct
{
  GPtrArray *instances; /* (owned) (element-type WbDirectoryItem) */
  GPtrArray *found;     /* (owned) (element-type WbDirectoryItem) */
  guint      current;   /* of the instances, once they are known */
  gboolean   has_instances;
  guint      offset;
  guint      n_pages;
  guint      n_unread;    /* instances whose workspaces could not be listed */
  GError    *first_error; /* (owned) (nullable) */
} Walk;

static void next_page (GTask *task);

static void
walk_free (Walk *self)
{
  g_ptr_array_unref (self->instances);
  g_ptr_array_unref (self->found);
  g_clear_error (&self->first_error);
  g_free (self);
}

static GListModel *
to_list (GPtrArray *items)
{
  GListStore *list = g_list_store_new (WB_TYPE_DIRECTORY_ITEM);

  g_list_store_splice (list, 0, 0, items->pdata, items->len);

  return G_LIST_MODEL (list);
}

/* 0 for the region's own project, 1 for those within it, 2 for others. */
static int
rank (WbDirectoryItem *item,
      const char      *region)
{
  const char *name = wb_directory_item_get_name (item);

  if (region == NULL || !g_str_has_prefix (name, region))
    return 2;
  if (name[strlen (region)] == '\0')
    return 0;

  return name[strlen (region)] == '_' ? 1 : 2;
}

static int
compare_projects (gconstpointer a,
                  gconstpointer b,
                  gpointer      region)
{
  WbDirectoryItem *first = *(WbDirectoryItem *const *) a;
  WbDirectoryItem *second = *(WbDirectoryItem *const *) b;
  int              order = rank (first, region) - rank (second, region);

  return order != 0 ? order
                    : g_utf8_collate (wb_directory_item_get_name (first),
                                      wb_directory_item_get_name (second));
}

/* The projects that were found so far. */
typedef struct
{
  char      *region; /* (owned) (nullable) */
  char      *url;    /* (owned): of the first page */
  GPtrArray *items;  /* (owned) (element-type WbDirectoryItem) */
  guint      n_pages;
} ProjectWalk;

static void
project_walk_free (ProjectWalk *self)
{
  g_free (self->region);
  g_free (self->url);
  g_ptr_array_unref (self->items);
  g_free (self);
}

static void
projects_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *query = NULL;
  ProjectWalk     *self = g_task_get_task_data (task);
  guint            n_known = self->items->len;
  GError          *error = NULL;

  root = wb_service_request_finish (WB_SIGN_IN (object), result, &error);
  if (root == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (!wb_directory_page_read_projects (root, self->items, &query))
    {
      g_task_return_new_error (task, WB_ERROR, WB_ERROR_SERVICE,
                               _ ("The identity service gave no list of projects. Enter the "
                                  "project’s ID by hand: the console shows it under My "
                                  "Credentials."));
      return;
    }

  self->n_pages++;
  if (query != NULL && self->items->len > n_known && self->n_pages < MAX_PAGES)
    {
      g_auto (GStrv) parts = g_strsplit (self->url, "?", 2);
      g_autofree char *url = g_strconcat (parts[0], "?", query, NULL);

      wb_service_request_async (WB_SIGN_IN (object), WB_SERVICE_CALL_PROJECTS, url, NULL,
                                g_task_get_cancellable (task), projects_cb,
                                g_object_ref (task));
      return;
    }

  for (guint i = self->items->len; i > 0; i--)
    {
      if (g_str_equal (wb_directory_item_get_name (g_ptr_array_index (self->items, i - 1)),
                       BUILT_IN_PROJECT))
        g_ptr_array_remove_index (self->items, i - 1);
    }
  g_ptr_array_sort_with_data (self->items, compare_projects, self->region);
  g_task_return_pointer (task, to_list (self->items), g_object_unref);
}

static void
finish_walk (GTask *task)
{
  Walk *self = g_task_get_task_data (task);

  if (self->found->len == 0 && self->first_error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->first_error));
  else
    g_task_return_pointer (task, to_list (self->found), g_object_unref);
}

/* On to the next instance, or to the end. */
static void
next_instance (GTask *task)
{
  Walk *self = g_task_get_task_data (task);

  if (self->has_instances)
    self->current++;
  self->has_instances = TRUE;
  self->offset = 0;

  if (self->current < self->instances->len && self->n_pages >= MAX_PAGES
      && self->first_error == NULL)
    {
      self->n_unread = self->instances->len - self->current;
      self->first_error = g_error_new_literal (WB_ERROR, WB_ERROR_SERVICE,
                                               _ ("The service’s list does not come to an end. "
                                                  "Enter the workspace’s ID by hand."));
    }

  if (self->current < self->instances->len && self->n_pages < MAX_PAGES)
    next_page (task);
  else
    finish_walk (task);
}

static void
page_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) root = NULL;
  Walk           *self = g_task_get_task_data (task);
  WbDirectoryPage page;
  GError         *error = NULL;
  gboolean        is_page;

  root = wb_service_request_finish (WB_SIGN_IN (object), result, &error);
  if (root == NULL && self->has_instances
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* One frozen instance must not hide the others. */
      self->n_unread++;
      if (self->first_error == NULL)
        self->first_error = g_steal_pointer (&error);
      g_clear_error (&error);
      next_instance (task);
      return;
    }
  if (root == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (!self->has_instances)
    {
      is_page = wb_directory_page_read_instances (root, self->instances, &page);
    }
  else
    {
      WbDirectoryItem *instance = g_ptr_array_index (self->instances, self->current);

      is_page = wb_directory_page_read_workspaces (root, wb_directory_item_get_name (instance),
                                                   self->found, &page);
    }
  if (!is_page)
    {
      g_task_return_new_error (task, WB_ERROR, WB_ERROR_SERVICE,
                               _ ("The service gave no list of workspaces. Enter the workspace’s "
                                  "ID by hand: it is in the console’s address."));
      return;
    }

  self->offset += page.n_entries;
  self->n_pages++;
  if (wb_directory_page_is_last (&page, self->offset) || self->n_pages >= MAX_PAGES)
    next_instance (task);
  else
    next_page (task);
}

static void
next_page (GTask *task)
{
  WbSignIn          *sign_in = g_task_get_source_object (task);
  Walk              *self = g_task_get_task_data (task);
  const WbEndpoints *endpoints = wb_client_get_endpoints (wb_sign_in_get_client (sign_in));
  const char        *project_id = wb_sign_in_get_project_id (sign_in);
  g_autofree char   *project = g_uri_escape_string (project_id, NULL, FALSE);
  g_autofree char   *url = NULL;

  if (!self->has_instances)
    {
      url = g_strdup_printf ("%s/v1/%s/instances?limit=%d&offset=%u", endpoints->management_url,
                             project, WB_DIRECTORY_PAGE_SIZE, self->offset);
    }
  else
    {
      WbDirectoryItem *instance = g_ptr_array_index (self->instances, self->current);
      g_autofree char *id = g_uri_escape_string (wb_directory_item_get_id (instance), NULL, FALSE);

      url = g_strdup_printf ("%s/v1/%s/workspaces/%s?limit=%d&offset=%u",
                             endpoints->management_url, project, id, WB_DIRECTORY_PAGE_SIZE,
                             self->offset);
    }
  wb_service_request_async (sign_in, WB_SERVICE_CALL_WORKSPACES, url, NULL,
                            g_task_get_cancellable (task), page_cb, g_object_ref (task));
}

/* The project's ID is in the address, and may come with the token. */
static void
prepared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!wb_sign_in_prepare_finish (WB_SIGN_IN (object), result, &error))
    g_task_return_error (task, error);
  else
    next_page (task);
}

typedef struct
{
  GDateTime *expires;    /* (owned) (nullable) */
  char      *project_id; /* (owned) (nullable) */
} TokenLook;

static void
token_look_free (TokenLook *self)
{
  g_clear_pointer (&self->expires, g_date_time_unref);
  g_free (self->project_id);
  g_free (self);
}

static void
token_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) root = NULL;
  TokenLook *look;
  GError    *error = NULL;

  root = wb_service_request_finish (WB_SIGN_IN (object), result, &error);
  if (root == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  look = g_new0 (TokenLook, 1);
  wb_directory_page_read_token (root, &look->expires, &look->project_id);
  g_task_return_pointer (task, look, (GDestroyNotify) token_look_free);
}

/**
 * wb_directory_list_projects_async:
 * @sign_in: a sign-in of wb_sign_in_new_without_project()
 * @region: (nullable): the account's region
 * @cancellable: (nullable): ends it at once
 * @callback: called when the list is there
 * @user_data: for @callback
 *
 * `GET /v3/auth/projects` with a token. With a key, `GET /v3/projects`, as the clouds' software
 * kits do (the identity service's API reference, "Querying Project Information").
 */
void
wb_directory_list_projects_async (WbSignIn           *sign_in,
                                  const char         *region,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  const WbEndpoints *endpoints;
  ProjectWalk       *walk;

  g_return_if_fail (WB_IS_SIGN_IN (sign_in));

  task = g_task_new (sign_in, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_directory_list_projects_async);
  walk = g_new0 (ProjectWalk, 1);
  walk->region = region != NULL && *region != '\0' ? g_strdup (region) : NULL;
  walk->items = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, walk, (GDestroyNotify) project_walk_free);

  endpoints = wb_client_get_endpoints (wb_sign_in_get_client (sign_in));
  if (wb_sign_in_get_method (sign_in) != WB_AUTH_KEY)
    {
      walk->url = g_strconcat (endpoints->identity_url, "/v3/auth/projects", NULL);
    }
  else if (walk->region != NULL)
    {
      g_autofree char *name = g_uri_escape_string (walk->region, NULL, FALSE);

      walk->url = g_strconcat (endpoints->identity_url, "/v3/projects?name=", name, NULL);
    }
  else
    {
      walk->url = g_strconcat (endpoints->identity_url, "/v3/projects", NULL);
    }
  wb_service_request_async (sign_in, WB_SERVICE_CALL_PROJECTS, walk->url, NULL, cancellable,
                            projects_cb, g_steal_pointer (&task));
}

/**
 * wb_directory_list_projects_finish:
 * @sign_in: the sign-in
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full): the projects (of type #WbDirectoryItem), maybe none; or %NULL with an
 *   error
 */
GListModel *
wb_directory_list_projects_finish (WbSignIn     *sign_in,
                                   GAsyncResult *result,
                                   GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, sign_in), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wb_directory_list_workspaces_async:
 * @sign_in: the account's sign-in, to its project
 * @cancellable: (nullable): ends it at once
 * @callback: called when the list is there
 * @user_data: for @callback
 *
 * Asks Management Center for the instances of the project and for the workspaces of each, page by
 * page (the service's API reference, "Obtaining the Instance List" and "Obtaining the Workspace
 * List").
 */
void
wb_directory_list_workspaces_async (WbSignIn           *sign_in,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Walk *walk;

  g_return_if_fail (WB_IS_SIGN_IN (sign_in));

  task = g_task_new (sign_in, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_directory_list_workspaces_async);

  walk = g_new0 (Walk, 1);
  walk->instances = g_ptr_array_new_with_free_func (g_object_unref);
  walk->found = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);

  if (wb_client_get_endpoints (wb_sign_in_get_client (sign_in))->management_url == NULL)
    {
      g_task_return_new_error (task, WB_ERROR, WB_ERROR_INVALID,
                               _ ("The account has no address of Management Center, which lists "
                                  "workspaces. Enter that, or the workspace’s ID by hand: it is in "
                                  "the console’s address."));
      return;
    }

  wb_sign_in_prepare_async (sign_in, cancellable, prepared_cb, g_steal_pointer (&task));
}

/**
 * wb_directory_list_workspaces_finish:
 * @sign_in: the sign-in
 * @result: the result
 * @note: (out) (optional) (nullable): why some workspaces are missing, as a translated sentence;
 *   free it
 * @error: return location
 *
 * Returns: (transfer full): the workspaces (of type #WbDirectoryItem), maybe none; or %NULL with an
 *   error
 */
GListModel *
wb_directory_list_workspaces_finish (WbSignIn     *sign_in,
                                     GAsyncResult *result,
                                     char        **note,
                                     GError      **error)
{
  const Walk *walk;
  GListModel *list;

  g_return_val_if_fail (g_task_is_valid (result, sign_in), NULL);

  walk = g_task_get_task_data (G_TASK (result));
  list = g_task_propagate_pointer (G_TASK (result), error);
  if (note != NULL)
    *note = NULL;
  if (note != NULL && list != NULL && walk->first_error != NULL)
    *note = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                          "The workspaces of %u instance could not be listed: %s",
                                          "The workspaces of %u instances could not be listed: %s",
                                          walk->n_unread),
                             walk->n_unread, walk->first_error->message);

  return list;
}

/**
 * wb_directory_look_at_token_async:
 * @sign_in: a sign-in by a token
 * @cancellable: (nullable): ends it at once
 * @callback: called when the answer is there
 * @user_data: for @callback
 *
 * `GET /v3/auth/tokens` with the token as its own subject (the identity service's API reference,
 * "Verifying a Token").
 */
void
wb_directory_look_at_token_async (WbSignIn           *sign_in,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *url = NULL;

  g_return_if_fail (WB_IS_SIGN_IN (sign_in));
  g_return_if_fail (wb_sign_in_get_method (sign_in) == WB_AUTH_TOKEN);

  task = g_task_new (sign_in, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_directory_look_at_token_async);

  url = g_strconcat (wb_client_get_endpoints (wb_sign_in_get_client (sign_in))->identity_url,
                     "/v3/auth/tokens?nocatalog=true", NULL);
  wb_service_request_async (sign_in, WB_SERVICE_CALL_TOKEN, url, NULL, cancellable, token_cb,
                            g_steal_pointer (&task));
}

/**
 * wb_directory_look_at_token_finish:
 * @sign_in: the sign-in
 * @result: the result
 * @expires: (out) (optional) (nullable): when the token expires
 * @project_id: (out) (optional) (nullable): the project it is for; free it
 * @error: return location
 *
 * Returns: %FALSE with %WB_ERROR_SIGN_IN if the token is good for nothing, or with another error
 */
gboolean
wb_directory_look_at_token_finish (WbSignIn     *sign_in,
                                   GAsyncResult *result,
                                   GDateTime   **expires,
                                   char        **project_id,
                                   GError      **error)
{
  TokenLook *look;

  g_return_val_if_fail (g_task_is_valid (result, sign_in), FALSE);

  if (expires != NULL)
    *expires = NULL;
  if (project_id != NULL)
    *project_id = NULL;
  look = g_task_propagate_pointer (G_TASK (result), error);
  if (look == NULL)
    return FALSE;

  if (expires != NULL)
    *expires = g_steal_pointer (&look->expires);
  if (project_id != NULL)
    *project_id = g_steal_pointer (&look->project_id);
  token_look_free (look);

  return TRUE;
}
