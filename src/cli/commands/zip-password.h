/* zip-password.h: the password of a ZIP file, from the environment or the terminal
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/secret-environment.h"
#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

typedef enum
{
  WB_CLI_UNLOCK_IF_GIVEN, /* only with a password from the environment */
  WB_CLI_UNLOCK_ASK,      /* the contents are needed */
} WbCliUnlock;

gboolean  wb_cli_archive_unlock   (WbArchive    **archive,
                                   const char    *path,
                                   WbCliSecrets  *secrets,
                                   WbCliUnlock    how,
                                   GCancellable  *cancellable,
                                   GError       **error);
char     *wb_cli_zip_password_new (WbCliSecrets  *secrets,
                                   GCancellable  *cancellable,
                                   GError       **error);

G_END_DECLS
