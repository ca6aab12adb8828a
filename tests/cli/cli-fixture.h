/* cli-fixture.h: a folder and a scripted service, and what the built program does with them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-run.h"
#include "scripted-service.h"

G_BEGIN_DECLS

/* What must never be seen. */
#define CANARY "canary-7f3a91"

/* An environment of every variable that holds a secret, each with a canary, and of all debug
 * messages. */
extern const char *const cli_canaries[];

typedef struct
{
  ScriptedService *service;
  char            *folder;
} CliFixture;

void    cli_fixture_set_up    (CliFixture        *fixture,
                               gconstpointer      data);
void    cli_fixture_tear_down (CliFixture        *fixture,
                               gconstpointer      data);

/* Writes a file into the folder. */
void    cli_fixture_put       (CliFixture        *fixture,
                               const char        *name,
                               GBytes            *bytes);

/* `export` from the service at @url. */
CliRun *cli_fixture_start     (CliFixture        *fixture,
                               const char        *url,
                               const char *const *environment,
                               const char *const *more,
                               CliRunFlags        flags);

G_END_DECLS
