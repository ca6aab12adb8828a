/* account-file.h: accounts as groups of a key file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"

G_BEGIN_DECLS

GPtrArray *wb_account_file_list          (GKeyFile    *file);
gboolean   wb_account_file_validate      (WbAccount   *account,
                                          GError     **error);
void       wb_account_file_put           (GKeyFile    *file,
                                          WbAccount   *account);
void       wb_account_file_remove        (GKeyFile    *file,
                                          const char  *uuid);
gboolean   wb_account_file_get_last_used (GKeyFile    *file,
                                          char       **uuid,
                                          char       **workspace_id);
void       wb_account_file_set_last_used (GKeyFile    *file,
                                          const char  *uuid,
                                          const char  *workspace_id);

G_END_DECLS
