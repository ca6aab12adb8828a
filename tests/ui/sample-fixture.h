/* sample-fixture.h: an account of a sample service, complete and right, to open and to change
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account-fixture.h"
#include "sample/sample-service.h"

G_BEGIN_DECLS

typedef struct
{
  AccountFixture   base;
  WbSampleService *service;     /* (owned) */
  WbAccount       *account;     /* (owned): not in the store */
  WbCredentials   *credentials; /* (owned) */
  GtkWidget       *window;
} SampleFixture;

void sample_fixture_set_up    (SampleFixture *fixture,
                               gconstpointer  data);
void sample_fixture_tear_down (SampleFixture *fixture,
                               gconstpointer  data);

/* With this typed in for a password, if one is given. */
void sample_fixture_open      (SampleFixture *fixture,
                               const char    *password);

G_END_DECLS
