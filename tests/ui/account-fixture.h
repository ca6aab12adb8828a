/* account-fixture.h: accounts to test with, and ways to find what a window shows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/context/context.h"

G_BEGIN_DECLS

/* What a person could type, and what no label may take for markup. */
#define HOSTILE_NAME "<a href='x'>&_\xe2\x80\xae"

/* Waits for what events bring about; the test's own time limit ends a wait in vain. */
#define WAIT_FOR(condition)                 \
  G_STMT_START                              \
  {                                         \
    while (!(condition))                    \
      g_main_context_iteration (NULL, TRUE); \
  }                                         \
  G_STMT_END

typedef struct
{
  char           *path;    /* (owned): the key file */
  WbContext      *context; /* (owned): of which these are */
  WbAccountStore *store;
  WbSecrets      *secrets;
  WbClouds       *clouds;
} AccountFixture;

void               account_fixture_init       (int               *argc,
                                               char            ***argv);
void               account_fixture_set_up     (AccountFixture    *fixture,
                                               gconstpointer      data);
void               account_fixture_tear_down  (AccountFixture    *fixture,
                                               gconstpointer      data);

WbAccount         *account_fixture_add        (AccountFixture    *fixture,
                                               const char        *name,
                                               WbCredentials     *credentials);
WbCredentials     *account_fixture_dup_secret (AccountFixture    *fixture,
                                               WbAccount         *account);
char              *account_fixture_dup_file   (AccountFixture    *fixture);
GtkWidget         *account_fixture_open       (AccountFixture    *fixture,
                                               WbAccount         *account);

GtkWidget         *find_window                (const char        *title);
GtkWidget         *find_message_dialog        (void);
GtkWidget         *find_type                  (GtkWidget         *root,
                                               GType              type);
GtkWidget         *find_row                   (GtkWidget         *root,
                                               const char        *title);
GtkWidget         *find_button                (GtkWidget         *root,
                                               const char        *text);
void               click                      (GtkWidget         *root,
                                               const char        *text);
gboolean           shows                      (GtkWidget         *root,
                                               const char        *text);
gboolean           holds                      (GtkWidget         *root,
                                               const char        *text);
void               type_into                  (GtkWidget         *root,
                                               const char        *title,
                                               const char        *text);

G_END_DECLS
