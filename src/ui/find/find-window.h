/* find-window.h: lists what an account can reach, for a person to choose from
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/context/context.h"

G_BEGIN_DECLS

typedef enum
{
  WB_FIND_PROJECTS,   /* one of them is chosen */
  WB_FIND_WORKSPACES, /* any number, and the project if the account has none */
} WbFindWhat;

/* Signs in as @account says, whether it is saved or not, with @typed or what is stored for it. */
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

G_END_DECLS
