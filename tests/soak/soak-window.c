/* soak-window.c: N windows with an export, and N with one that is cancelled; nothing of them stays
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"

#include <stdlib.h>

#include "flat.h"
#include "served.h"

#define N_WARM_UP 20

/* GTK 4.8 and its libraries keep something of each window; no window of ours is kept. */
#define TOOLKIT_KEEPS_BYTES (100 * 1024)

static void
add_account (const Served *served)
{
  WbAccount *account = ui_add_account (served->url, TRUE);
  g_autoptr (WbEndpoints) endpoints = NULL;
  g_autoptr (WbClient) client = NULL;
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (GError) error = NULL;

  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, served->project_id);
  wb_account_set (account, WB_ACCOUNT_DOMAIN, wb_credentials_get_domain (served->credentials));
  wb_account_set (account, WB_ACCOUNT_USER, wb_credentials_get_user (served->credentials));
  wb_account_set_auth_method (account, WB_AUTH_PASSWORD);
  endpoints = wb_account_dup_endpoints (account, wb_context_get_clouds (ui_test_get_context ()),
                                        &error);
  g_assert_no_error (error);
  client = wb_client_new (endpoints, NULL, &error);
  g_assert_no_error (error);
  sign_in = wb_sign_in_new (client, served->credentials, served->project_id, NULL);
  wb_sign_ins_keep (wb_context_get_sign_ins (ui_test_get_context ()), account, sign_in);
}

static void
do_round (GRand *rand)
{
  WbWindow *window = ui_open_window ();
  int       n_iterations = g_rand_int_range (rand, 1, 40);

  ui_activate (window, "win.export");
  ui_wait_for_page (window, "preview");
  ui_close_window (window);

  window = ui_open_window ();
  ui_activate (window, "win.export");
  for (int i = 0; i < n_iterations && ui_is_enabled (window, "cancel"); i++)
    g_main_context_iteration (NULL, TRUE);
  if (ui_is_enabled (window, "cancel"))
    ui_activate (window, "win.cancel");
  ui_wait_until (!ui_is_enabled (window, "cancel"));
  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  Served   served = { 0 };
  guint    n_rounds;
  Flat     before;
  gboolean flat;

  served_start (&served, argc, argv);
  n_rounds = flat_get_n_rounds (5);
  ui_test_init (&argc, &argv);
  add_account (&served);

  for (guint i = 0; i < N_WARM_UP; i++)
    do_round (rand);
  flat_measure (&before);
  for (guint i = 0; i < n_rounds; i++)
    do_round (rand);
  flat = flat_compare (&before, n_rounds, TOOLKIT_KEEPS_BYTES);
  served_clear (&served);

  return flat ? EXIT_SUCCESS : EXIT_FAILURE;
}
