/* soak.c: N exports and N cancellations in one process, which stays as it was
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/export/export.h"

#include <glib-unix.h>
#include <stdlib.h>
#include <unistd.h>

#include "await.h"
#include "core/archive/tree/archive.h"
#include "core/error.h"
#include "core/input-limits.h"
#include "core/save.h"
#include "flat.h"
#include "sample/sample-service.h"

/* Until caches, pools and the allocator have what they keep. */
#define N_WARM_UP 50

typedef struct
{
  WbClient      *client;
  WbCredentials *credentials;
  const char    *project_id;
  const char    *workspace_id;
  GFile         *target;
} Soak;

static WbSpool *export(Soak    *self,
                       guint    n_iterations,
                       GError **error)
{
  g_autoptr (WbSignIn) sign_in = wb_sign_in_new (self->client, self->credentials, self->project_id,
                                                 NULL);
  g_autoptr (WbExport) export = wb_export_new (sign_in, self->workspace_id,
                                               WB_SPOOL_DEFAULT_MAX_SIZE_BYTES);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  wb_export_run_async (export, cancellable, await_cb, &result);
  for (guint i = 0; i < n_iterations && result == NULL; i++)
    g_main_context_iteration (NULL, TRUE);
  if (result == NULL && n_iterations > 0)
    g_cancellable_cancel (cancellable);
  await (&result);

  return wb_export_run_finish (export, result, error);
}

static void
do_round (Soak  *self,
          GRand *rand)
{
  g_autoptr (WbSpool) spool = NULL;
  g_autoptr (WbSpool) cancelled = NULL;
  g_autoptr (WbArchive) archive = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) cancel_error = NULL;

  spool = export(self, 0, &error);
  g_assert_no_error (error);
  archive = wb_archive_open (spool, NULL, &error);
  g_assert_no_error (error);
  wb_save_async (spool, self->target, TRUE, NULL, await_cb, &result);
  await (&result);
  wb_save_finish (result, &error);
  g_assert_no_error (error);

  cancelled = export(self, (guint) g_rand_int_range (rand, 1, 60), &cancel_error);
  if (cancelled == NULL)
    g_assert_error (cancel_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* --- the service, in another process, as libsoup's server keeps a little of each connection --- */

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

int
main (int   argc,
      char *argv[])
{
  guint n_rounds = argc > 1 ? (guint) atoi (argv[1]) : 1000;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GSubprocess) server = NULL;
  g_autoptr (GDataInputStream) said = NULL;
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "soak.zip", NULL);
  g_autofree char *url = NULL;
  g_autofree char *project_id = NULL;
  g_autofree char *workspace_id = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  Soak             soak = { 0 };
  Flat             before;
  gboolean         flat;

  if (argc > 1 && g_str_equal (argv[1], "--serve"))
    {
      serve ();
      return EXIT_SUCCESS;
    }
  server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                             argv[0], "--serve", NULL);
  g_assert_no_error (error);
  said = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  url = read_line (said);
  project_id = read_line (said);
  workspace_id = read_line (said);
  domain = read_line (said);
  user = read_line (said);
  password = read_line (said);

  endpoints = wb_endpoints_new (url, url, url, &error);
  g_assert_no_error (error);
  soak.client = wb_client_new (endpoints, NULL, &error);
  g_assert_no_error (error);
  soak.credentials = wb_credentials_new_password (domain, user, password);
  soak.project_id = project_id;
  soak.workspace_id = workspace_id;
  soak.target = g_file_new_for_path (path);

  for (guint i = 0; i < N_WARM_UP; i++)
    do_round (&soak, rand);
  flat_measure (&before);
  for (guint i = 0; i < n_rounds; i++)
    do_round (&soak, rand);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  flat = flat_compare (&before, n_rounds);

  g_object_unref (soak.target);
  wb_credentials_unref (soak.credentials);
  g_object_unref (soak.client);

  return flat ? EXIT_SUCCESS : EXIT_FAILURE;
}
