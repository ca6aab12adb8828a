/* export-all-fixture.h: the window of Export All on a service with some workspaces
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "many-service.h"
#include "ui-test.h"
#include "ui/export-all/export-all-row.h"
#include "ui/export-all/export-all-window.h"

G_BEGIN_DECLS

/* An account “Test” with all workspaces of the service, which is signed in to by a token. */
typedef struct
{
  ManyService *service;
  WbAccount   *account; /* (owned) */
  WbWindow    *window;
  char        *folder; /* (owned) */
} ExportAllFixture;

/* @data is how many workspaces there are. */
void               export_all_fixture_set_up      (ExportAllFixture  *self,
                                                   gconstpointer      data);
void               export_all_fixture_tear_down   (ExportAllFixture  *self,
                                                   gconstpointer      data);

WbAccount         *export_all_fixture_add_account (ExportAllFixture  *self,
                                                   const char        *name);
WbExportAllWindow *export_all_fixture_open        (ExportAllFixture  *self);

void               export_all_close               (WbExportAllWindow *self);
void               export_all_run                 (WbExportAllWindow *self);
WbExportAllRow    *export_all_find_row            (WbExportAllWindow *self,
                                                   WbAccount         *account,
                                                   guint              workspace);
gpointer           export_all_find_window         (GType              type);

G_END_DECLS
