/* sample-fixture.h: the sample service, and exports from it by the built program
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-run.h"
#include "sample/sample-service.h"

G_BEGIN_DECLS

typedef struct
{
  WbSampleService *service;
  WbCredentials   *password; /* (owned): the right ones */
  WbCredentials   *key;      /* (owned) */
  char            *folder;
  char            *workspace_id; /* one that is not empty */
} SampleFixture;

void    sample_fixture_set_up      (SampleFixture     *fixture,
                                    gconstpointer      data);
void    sample_fixture_tear_down   (SampleFixture     *fixture,
                                    gconstpointer      data);
CliRun *sample_fixture_start_with  (SampleFixture     *fixture,
                                    const char        *command,
                                    const char        *method,
                                    const char *const *environment,
                                    const char *const *more,
                                    CliRunFlags        flags);
CliRun *sample_fixture_start       (SampleFixture     *fixture,
                                    WbAuthMethod       method,
                                    const char *const *more,
                                    CliRunFlags        flags);
CliRun *sample_fixture_run         (SampleFixture     *fixture,
                                    WbAuthMethod       method,
                                    const char *const *more);
void    sample_fixture_assert_file (SampleFixture     *fixture,
                                    const char        *name,
                                    const char        *workspace_id);

G_END_DECLS
