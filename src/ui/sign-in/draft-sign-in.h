/* draft-sign-in.h: a sign-in by settings that need not be saved
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/context/context.h"

G_BEGIN_DECLS

/* Nothing is sent yet; the secret store may have to be asked. Without a project it is for
 * wb_directory_list_projects_async(); for settings and a secret as they are stored it is the one
 * that all windows share. */
void      wb_draft_sign_in_async  (WbContext            *context,
                                   WbAccount            *account,
                                   gboolean              to_project,
                                   WbCredentials        *typed,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
WbSignIn *wb_draft_sign_in_finish (GAsyncResult         *result,
                                   GError              **error);

/* After what failed with it: nothing that was refused is kept for other windows. */
void      wb_draft_sign_in_fail   (WbContext            *context,
                                   WbAccount            *account,
                                   const GError         *error);

G_END_DECLS
