/* directory.h: what an account can reach: its projects, and the workspaces of one
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/directory/directory-item.h"
#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

/* Lists of #WbDirectoryItem. Errors are those of a sign-in, WB_ERROR_SECOND_FACTOR included, and
 * refusals whose sentence says how to go on by hand. */

/* A @sign_in to no project will do (see wb_sign_in_open()). The project named as @region comes
 * first, then its sub-projects; the built-in `MOS` is left out. */
void        wb_directory_list_projects_async    (WbSignIn             *sign_in,
                                                 const char           *region,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GListModel *wb_directory_list_projects_finish   (WbSignIn             *sign_in,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/* Lists the workspaces of all instances of the sign-in's project, to the last page. @note: why some
 * of them are missing, if they are. */
void        wb_directory_list_workspaces_async  (WbSignIn             *sign_in,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GListModel *wb_directory_list_workspaces_finish (WbSignIn             *sign_in,
                                                 GAsyncResult         *result,
                                                 char                **note,
                                                 GError              **error);

G_END_DECLS
