/* directory-projects.c: the projects that an account can sign in to
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/directory/directory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"
#include "core/input-limits.h"
#include "core/service/directory/directory-page.h"
#include "core/service/sign-in/service-request.h"

/* The object storage's own, in every region of every account. */
#define BUILT_IN_PROJECT "MOS"

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

static void
projects_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char        *query = NULL;
  ProjectWalk            *self = g_task_get_task_data (task);
  guint                   n_known = self->items->len;
  GError                 *error = NULL;
  g_autofree const char **sent = NULL;

  root = wb_service_request_finish (WB_SIGN_IN (object), result, &error);
  if (root == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  sent = wb_service_request_list_sent (result);
  if (!wb_directory_page_read_projects (root, sent, self->items, &query))
    {
      g_task_return_new_error (task, WB_ERROR, WB_ERROR_SERVICE,
                               _ ("The identity service did not return a list of projects. Enter "
                                  "the project’s ID by hand: the console shows it under My "
                                  "Credentials."));
      return;
    }

  self->n_pages++;
  if (query != NULL && self->items->len > n_known && self->n_pages < WB_LIST_MAX_PAGES)
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
  g_task_return_pointer (task, wb_directory_items_to_list (self->items), g_object_unref);
}

/**
 * wb_directory_list_projects_async:
 * @sign_in: a sign-in to no project
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
