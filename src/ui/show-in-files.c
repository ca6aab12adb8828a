/* show-in-files.c: shows a saved file in the file manager
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/show-in-files.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

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

/* No file manager that selects files answers: open the folder with whatever opens folders. */
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
  if (reply != NULL)
    g_task_return_boolean (task, TRUE);
  else
    return_failure (task, g_steal_pointer (&error));
}

/* From inside a sandbox the path means nothing outside: the portal takes the file itself, and
 * finds out where it is. */
static void
open_directory (GTask           *task,
                GDBusConnection *bus)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_autoptr (GError) error = NULL;
  GVariantBuilder options;
  const char     *path = g_file_peek_path (g_task_get_source_object (task));
  int             index;
  int             fd;

  fd = g_open (path != NULL ? path : "", O_PATH | O_CLOEXEC, 0);
  if (fd < 0)
    {
      int code = errno;

      return_failure (task, g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code),
                                                 g_strerror (code)));
      return;
    }

  index = g_unix_fd_list_append (fds, fd, &error);
  g_close (fd, NULL);
  if (index < 0)
    {
      return_failure (task, g_steal_pointer (&error));
      return;
    }

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_dbus_connection_call_with_unix_fd_list (bus, "org.freedesktop.portal.Desktop",
                                            "/org/freedesktop/portal/desktop",
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
 * Asks the file manager to select it (org.freedesktop.FileManager1, or inside a sandbox the
 * OpenURI portal); without one that does, opens its folder.
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

/**
 * wb_show_in_files_finish:
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: whether the file manager was asked
 */
gboolean
wb_show_in_files_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_show_in_files_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
