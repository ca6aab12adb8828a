/* show-in-files.c: shows a saved file in the file manager
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/document/show-in-files.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"

/* A request to a portal, until the portal responds. */
typedef struct
{
  GDBusConnection *bus; /* (owned) */
  guint            response_id;
  gulong           cancelled_id;
} Request;

static void
request_free (Request *request)
{
  g_clear_object (&request->bus);
  g_free (request);
}

static gboolean
in_sandbox (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/* Takes @error. */
static void
return_failure (GTask  *task,
                GError *error)
{
  g_prefix_error (&error, _ ("The folder could not be shown: "));
  g_task_return_error (task, error);
}

static void
launch_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    return_failure (task, g_steal_pointer (&error));
}

/* No file manager that selects files answers: open the folder with the default program. */
static void
open_folder (GTask *task)
{
  g_autoptr (GFile) folder = g_file_get_parent (g_task_get_source_object (task));
  g_autofree char *uri = NULL;

  uri = g_file_get_uri (folder != NULL ? folder : G_FILE (g_task_get_source_object (task)));
  g_app_info_launch_default_for_uri_async (uri, NULL, g_task_get_cancellable (task), launch_cb,
                                           g_object_ref (task));
}

static void
show_items_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (reply != NULL)
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    open_folder (task);
}

static void
show_items (GTask           *task,
            GDBusConnection *bus)
{
  g_autofree char  *uri = g_file_get_uri (g_task_get_source_object (task));
  const char *const uris[] = { uri, NULL };

  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          g_task_get_cancellable (task), show_items_cb, g_object_ref (task));
}

/* Returns: whether the request was still open, so that the caller must return from @task */
static gboolean
end_request (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  if (request->response_id == 0)
    return FALSE;

  g_clear_signal_handler (&request->cancelled_id, g_task_get_cancellable (task));
  g_dbus_connection_signal_unsubscribe (request->bus, request->response_id);
  request->response_id = 0;

  return TRUE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);

  if (end_request (task))
    g_task_return_error_if_cancelled (task);
}

/* 0 is done, 1 is a question that the person dismissed. */
static void
response_cb (GDBusConnection *bus,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  guint32 response;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")) || !end_request (task))
    return;

  g_variant_get_child (parameters, 0, "u", &response);
  if (response <= 1)
    g_task_return_boolean (task, TRUE);
  else
    return_failure (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED,
                                               _ ("The desktop refused.")));
}

static void
open_directory_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), NULL,
                                                           result, &error);
  if (reply == NULL && end_request (task))
    return_failure (task, g_steal_pointer (&error));
}

/* Listens for the response before the request is sent: the token gives the path of the
 * request. */
static char *
begin_request (GTask           *task,
               GDBusConnection *bus)
{
  g_autofree char *token = g_strdup_printf ("waybill_%u", g_random_int ());
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);
  g_autofree char *path = NULL;
  GCancellable    *cancellable = g_task_get_cancellable (task);
  Request         *request = g_new0 (Request, 1);

  path = g_strdup_printf (PORTAL_PATH "/request/%s/%s", g_strdelimit (sender, ".", '_'), token);
  request->bus = g_object_ref (bus);
  request->response_id = g_dbus_connection_signal_subscribe (bus, PORTAL_NAME,
                                                             "org.freedesktop.portal.Request",
                                                             "Response", path, NULL,
                                                             G_DBUS_SIGNAL_FLAGS_NONE, response_cb,
                                                             g_object_ref (task), g_object_unref);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  if (cancellable != NULL)
    request->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb),
                                              task);

  return g_steal_pointer (&token);
}

static GError *
error_from_errno (int code)
{
  if (code == ENOENT)
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                _ ("The file has been moved or deleted."));

  return g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
}

/* A path in the sandbox means nothing outside: the portal takes an open file and finds out
 * where it is. It must be open for reading: the portal refuses one opened with O_PATH that
 * could be written. */
static void
open_directory (GTask           *task,
                GDBusConnection *bus)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  GVariantBuilder  options;
  const char      *path = g_file_peek_path (g_task_get_source_object (task));
  int              index;
  int              fd;

  fd = g_open (path != NULL ? path : "", O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
  if (fd < 0)
    {
      return_failure (task, error_from_errno (errno));
      return;
    }

  index = g_unix_fd_list_append (fds, fd, &error);
  g_close (fd, NULL);
  if (index < 0)
    {
      return_failure (task, g_steal_pointer (&error));
      return;
    }

  token = begin_request (task, bus);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_dbus_connection_call_with_unix_fd_list (bus, PORTAL_NAME, PORTAL_PATH,
                                            "org.freedesktop.portal.OpenURI", "OpenDirectory",
                                            g_variant_new ("(sha{sv})", "", index, &options),
                                            NULL, G_DBUS_CALL_FLAGS_NONE, -1, fds,
                                            g_task_get_cancellable (task), open_directory_cb,
                                            g_object_ref (task));
}

static void
bus_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    open_folder (task);
  else if (in_sandbox ())
    open_directory (task, bus);
  else
    show_items (task, bus);
}

/**
 * wb_show_in_files_async:
 * @file: a file that exists
 * @cancellable: (nullable): to stop
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks the file manager to select @file (org.freedesktop.FileManager1, or inside a sandbox the
 * OpenURI portal). If none can, opens the folder.
 */
void
wb_show_in_files_async (GFile              *file,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_show_in_files_async);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, bus_cb, g_object_ref (task));
}

gboolean
wb_show_in_files_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_show_in_files_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
