/* find-private.h: the widgets inside the find and check windows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/account.h"
#include "core/service/check/check-step.h"

G_BEGIN_DECLS

/* The projects or workspaces that the service reports, each with a check box. */
#define WB_TYPE_DIRECTORY_GROUP (wb_directory_group_get_type ())
G_DECLARE_FINAL_TYPE (WbDirectoryGroup, wb_directory_group, WB, DIRECTORY_GROUP,
                      AdwPreferencesGroup)

void        wb_directory_group_set_items  (WbDirectoryGroup *self,
                                           GListModel       *items,
                                           gboolean          one_only,
                                           GListModel       *known,
                                           const char       *note);
gboolean    wb_directory_group_get_chosen (WbDirectoryGroup *self);
GListModel *wb_directory_group_dup_chosen (WbDirectoryGroup *self);

/* One step of an account check. */
#define WB_TYPE_CHECK_ROW (wb_check_row_get_type ())
G_DECLARE_FINAL_TYPE (WbCheckRow, wb_check_row, WB, CHECK_ROW, AdwActionRow)

GtkWidget  *wb_check_row_new            (WbCheckStep *step);

/* For any step, as translated text. */
const char *wb_check_row_get_result    (WbCheckStep *step);
char       *wb_check_row_dup_duration  (WbCheckStep *step);
char       *wb_check_row_dup_remark    (WbCheckStep *step);

G_END_DECLS
