/* find.h: finds the projects and workspaces of an account, or checks the account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/context/context.h"

G_BEGIN_DECLS

/* Both sign in with the settings of @account, saved or not, and @typed or the stored secret. */
typedef enum
{
  WB_FIND_PROJECTS,   /* one of them is chosen */
  WB_FIND_WORKSPACES, /* any number, and a project if the account has none */
} WbFindWhat;

void        wb_find_window_ask_async  (WbContext            *context,
                                       GtkWindow            *parent,
                                       WbFindWhat            what,
                                       WbAccount            *account,
                                       WbCredentials        *typed,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GListModel *wb_find_window_ask_finish (GAsyncResult         *result,
                                       char                **project_id,
                                       GError              **error);

void     wb_check_window_run_async  (WbContext            *context,
                                     GtkWindow            *parent,
                                     WbAccount            *account,
                                     WbCredentials        *typed,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean wb_check_window_run_finish (GAsyncResult         *result,
                                     GDateTime           **token_expires,
                                     GError              **error);

G_END_DECLS
