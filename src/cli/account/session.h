/* session.h: a source with a sign-in, ready to make requests
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/account/secret-environment.h"
#include "cli/account/source.h"
#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

/**
 * WbCliSession:
 * @source: where the account is
 * @sign_in: the right to make requests
 * @log: (nullable): the request log, with `--verbose`
 */
typedef struct
{
  WbCliSource  *source;
  WbSignIn     *sign_in;
  WbRequestLog *log;
} WbCliSession;

WbCliSession *wb_cli_session_new        (const WbCliExportOptions  *options,
                                         WbCliSecrets              *secrets,
                                         GCancellable              *cancellable,
                                         GError                   **error);
void          wb_cli_session_free       (WbCliSession              *self);

/* Adds to a refusal what “the account” in it is: a stored one, or options. */
void          wb_cli_session_name_account (WbCliSession             *self,
                                           const WbCliExportOptions *options,
                                           GError                   *error);

/* After a failure: TRUE, and no error any more, if it was for the lack of a one-time code and
 * there is one now, so that the same can be done again. */
gboolean      wb_cli_session_add_passcode (WbCliSession            *self,
                                           WbCliSecrets            *secrets,
                                           GCancellable            *cancellable,
                                           GError                 **error);

/* With several accounts: that none of them gets a secret of another one's user. */
gboolean      wb_cli_session_check_secrets (GPtrArray              *sessions,
                                            WbCliSecrets           *secrets,
                                            GError                **error);

char         *wb_cli_session_find_workspace (WbCliSession          *self,
                                             const char            *typed,
                                             GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCliSession, wb_cli_session_free)

G_END_DECLS
