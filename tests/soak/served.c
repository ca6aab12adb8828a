/* served.c: the sample service in another process: libsoup keeps a little of each connection there
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "served.h"

#include <glib-unix.h>
#include <stdlib.h>
#include <unistd.h>

#include "sample/sample-service.h"

static gboolean
hung_up_cb (int          fd,
            GIOCondition condition,
            gpointer     user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

/* Says what a client must know, a line each, and serves until the client has ended. */
static void
serve (void)
{
  g_autoptr (WbSampleService) service = wb_sample_service_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (WbAccount) account = NULL;
  g_autoptr (WbCredentials) credentials = NULL;
  g_autoptr (WbWorkspace) workspace = NULL;
  g_autoptr (GError) error = NULL;

  wb_sample_service_start (service, 0, &error);
  g_assert_no_error (error);
  account = wb_sample_service_dup_account (service, WB_AUTH_PASSWORD);
  workspace = g_list_model_get_item (wb_account_get_workspaces (account), 0);
  credentials = wb_sample_service_dup_credentials (service, WB_AUTH_PASSWORD);
  g_print ("%s\n%s\n%s\n%s\n%s\n%s\n", wb_sample_service_get_url (service),
           wb_sample_service_get_project_id (service), wb_workspace_get_id (workspace),
           wb_credentials_get_domain (credentials), wb_credentials_get_user (credentials),
           wb_credentials_get_password (credentials));
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, hung_up_cb, loop);
  g_main_loop_run (loop);
}

static char *
read_line (GDataInputStream *stream)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (stream, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);

  return line;
}

void
served_start (Served *self,
              int     argc,
              char   *argv[])
{
  g_autoptr (GDataInputStream) said = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  g_autoptr (GError) error = NULL;

  if (argc > 1 && g_str_equal (argv[1], "--serve"))
    {
      serve ();
      exit (EXIT_SUCCESS);
    }
  self->server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                   &error, argv[0], "--serve", NULL);
  g_assert_no_error (error);
  said = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->server));
  self->url = read_line (said);
  self->project_id = read_line (said);
  self->workspace_id = read_line (said);
  domain = read_line (said);
  user = read_line (said);
  password = read_line (said);
  self->credentials = wb_credentials_new_password (domain, user, password);
}

void
served_clear (Served *self)
{
  g_object_unref (self->server);
  g_free (self->url);
  g_free (self->project_id);
  g_free (self->workspace_id);
  wb_credentials_unref (self->credentials);
}
