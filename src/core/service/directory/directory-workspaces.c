/* directory-workspaces.c: the workspaces of a project's instances
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/directory/directory.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/input-limits.h"
#include "core/service/directory/directory-page.h"
#include "core/service/sign-in/service-request.h"

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

static void
finish_walk (GTask *task)
{
  Walk *self = g_task_get_task_data (task);

  if (self->found->len == 0 && self->first_error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->first_error));
  else
    g_task_return_pointer (task, wb_directory_items_to_list (self->found), g_object_unref);
}

static GError *
new_endless_error (void)
{
  return g_error_new_literal (WB_ERROR, WB_ERROR_SERVICE,
                              _ ("The service keeps sending more pages. Enter the workspace’s ID "
                                 "by hand."));
}

/* Takes @error. */
static void
note_unread (Walk   *self,
             guint   n_instances,
             GError *error)
{
  self->n_unread += n_instances;
  if (self->first_error == NULL)
    self->first_error = error;
  else
    g_error_free (error);
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

  if (self->current < self->instances->len && self->n_pages < WB_LIST_MAX_PAGES)
    {
      next_page (task);
      return;
    }

  if (self->current < self->instances->len)
    note_unread (self, self->instances->len - self->current, new_endless_error ());
  finish_walk (task);
}

/* FALSE if it is none. */
static gboolean
read_page (Walk            *self,
           JsonNode        *root,
           GAsyncResult    *result,
           WbDirectoryPage *page)
{
  g_autofree const char **sent = wb_service_request_list_sent (result);
  WbDirectoryItem        *instance;

  if (!self->has_instances)
    return wb_directory_page_read_instances (root, sent, self->instances, page);

  instance = g_ptr_array_index (self->instances, self->current);

  return wb_directory_page_read_workspaces (root, wb_directory_item_get_name (instance), sent,
                                            self->found, page);
}

static void
page_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) root = NULL;
  Walk           *self = g_task_get_task_data (task);
  WbDirectoryPage page = { 0 };
  GError         *error = NULL;
  gboolean        is_last;

  root = wb_service_request_finish (WB_SIGN_IN (object), result, &error);
  if (root != NULL && !read_page (self, root, result, &page))
    g_set_error_literal (&error, WB_ERROR, WB_ERROR_SERVICE,
                         _ ("The service did not return a list of workspaces. Enter the "
                            "workspace’s ID by hand: it is in the console’s address."));
  if (error != NULL && self->has_instances
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* One frozen instance must not hide the others; but five refused signatures lock a key. */
      is_last = wb_error_get_kind (error) == WB_ERROR_KIND_SIGN_IN;
      note_unread (self, is_last ? self->instances->len - self->current : 1, error);
      if (is_last)
        finish_walk (task);
      else
        next_instance (task);
      return;
    }
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self->offset += page.n_entries;
  self->n_pages++;
  is_last = wb_directory_page_is_last (&page, self->offset);
  if (!is_last && self->n_pages < WB_LIST_MAX_PAGES)
    {
      next_page (task);
      return;
    }

  if (!is_last && self->has_instances)
    note_unread (self, 1, new_endless_error ());
  next_instance (task);
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
                               _ ("The account has no address for Management Center, which lists "
                                  "workspaces. Enter that address, or the workspace’s ID by "
                                  "hand: it is in the console’s address."));
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
                                          /* Translators: a number of instances of DataArts
                                           * Studio, and a sentence that says why. */
                                          "The workspaces of %u instance could not be listed: %s",
                                          "The workspaces of %u instances could not be listed: %s",
                                          walk->n_unread),
                             walk->n_unread, walk->first_error->message);

  return list;
}
