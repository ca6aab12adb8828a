/* soak.c: N exports and N cancellations in one process, which stays as it was
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/export/export.h"

#include <stdlib.h>

#include "await.h"
#include "core/archive/tree/archive.h"
#include "core/error.h"
#include "core/input-limits.h"
#include "core/save.h"
#include "flat.h"
#include "served.h"

/* Until caches, pools and the allocator have what they keep. */
#define N_WARM_UP 50

typedef struct
{
  Served    served;
  WbClient *client;
  GFile    *target;
} Soak;

/* Cancelled after so many turns of the main loop; 0 to let it be. */
static WbSpool *
run_export (Soak    *self,
            guint    n_turns,
            GError **error)
{
  g_autoptr (WbSignIn) sign_in = wb_sign_in_new (self->client, self->served.credentials,
                                                 self->served.project_id, NULL);
  g_autoptr (WbExport) export = wb_export_new (sign_in, self->served.workspace_id,
                                               WB_SPOOL_DEFAULT_MAX_SIZE_BYTES);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  wb_export_run_async (export, cancellable, await_cb, &result);
  for (guint i = 0; i < n_turns && result == NULL; i++)
    g_main_context_iteration (NULL, TRUE);
  if (result == NULL && n_turns > 0)
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

  spool = run_export (self, 0, &error);
  g_assert_no_error (error);
  archive = wb_archive_open (spool, NULL, &error);
  g_assert_no_error (error);
  wb_save_async (spool, self->target, TRUE, NULL, await_cb, &result);
  await (&result);
  wb_save_finish (result, &error);
  g_assert_no_error (error);

  cancelled = run_export (self, (guint) g_rand_int_range (rand, 1, 60), &cancel_error);
  if (cancelled == NULL)
    g_assert_error (cancel_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "soak.zip", NULL);
  guint            n_rounds;
  Soak             soak = { 0 };
  Flat             before;
  gboolean         flat;

  served_start (&soak.served, argc, argv);
  n_rounds = flat_get_n_rounds (20);
  endpoints = wb_endpoints_new (soak.served.url, soak.served.url, soak.served.url, &error);
  g_assert_no_error (error);
  soak.client = wb_client_new (endpoints, NULL, &error);
  g_assert_no_error (error);
  soak.target = g_file_new_for_path (path);

  for (guint i = 0; i < N_WARM_UP; i++)
    do_round (&soak, rand);
  flat_measure (&before);
  for (guint i = 0; i < n_rounds; i++)
    do_round (&soak, rand);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  flat = flat_compare (&before, n_rounds, 0);

  g_object_unref (soak.target);
  g_object_unref (soak.client);
  served_clear (&soak.served);

  return flat ? EXIT_SUCCESS : EXIT_FAILURE;
}
