/* sample-fixture.c: an account of a sample service, complete and right, to open and to change
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-fixture.h"

void
sample_fixture_set_up (SampleFixture *fixture,
                       gconstpointer  data)
{
  account_fixture_set_up (&fixture->base, data);
  fixture->service = wb_sample_service_new ();
  g_assert_true (wb_sample_service_start (fixture->service, 0, NULL));
  fixture->account = wb_sample_service_dup_account (fixture->service, WB_AUTH_PASSWORD);
  fixture->credentials = wb_sample_service_dup_credentials (fixture->service, WB_AUTH_PASSWORD);
}

void
sample_fixture_tear_down (SampleFixture *fixture,
                          gconstpointer  data)
{
  account_fixture_tear_down (&fixture->base, data);
  g_clear_pointer (&fixture->credentials, wb_credentials_unref);
  g_clear_object (&fixture->account);
  g_clear_object (&fixture->service);
}

void
sample_fixture_open (SampleFixture *fixture,
                     const char    *password)
{
  fixture->window = account_fixture_open (&fixture->base, fixture->account);
  WAIT_FOR (GTK_IS_EDITABLE (find_row (fixture->window, "Password")));
  if (password != NULL)
    type_into (fixture->window, "Password", password);
}
