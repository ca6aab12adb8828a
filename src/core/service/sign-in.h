/* sign-in.h: an account's right to make requests: with a password, a token or a key
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"
#include "core/service/client.h"
#include "core/service/clock-offset.h"
#include "core/service/service-codes.h"

G_BEGIN_DECLS

/* One for each account and run, shared by its windows and exports; holds the token in memory. */
#define WB_TYPE_SIGN_IN (wb_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (WbSignIn, wb_sign_in, WB, SIGN_IN, GObject)

/* Of @project_id and @project_name one is set; a key or a pasted token needs the ID. */
WbSignIn   *wb_sign_in_new                (WbClient             *client,
                                           WbCredentials        *credentials,
                                           const char           *project_id,
                                           const char           *project_name);

/* All the settings of an account count: IDs instead of names, an agency, the second factor. */
WbSignIn   *wb_sign_in_new_for_account    (WbClient             *client,
                                           WbCredentials        *credentials,
                                           WbAccount            *account,
                                           WbClouds             *clouds);

/* Likewise, but to no project: to find out which there are. */
WbSignIn   *wb_sign_in_new_without_project (WbClient            *client,
                                            WbCredentials       *credentials,
                                            WbAccount           *account,
                                            WbClouds            *clouds);
WbClient   *wb_sign_in_get_client         (WbSignIn             *self);

WbAuthMethod wb_sign_in_get_method        (WbSignIn             *self);

/* The answer to WB_ERROR_SECOND_FACTOR: check what was typed (NULL when well-formed, else a
 * translated reason), set it, and make the same call again. It is used once and never kept. */
char       *wb_sign_in_check_passcode     (const char           *passcode);
void        wb_sign_in_set_passcode       (WbSignIn             *self,
                                           const char           *passcode);

/* NULL before the first sign-in of an account that names its project. */
const char *wb_sign_in_get_project_id     (WbSignIn             *self);

/* Sees to it that there is a valid token, and so a project ID; with a key or a pasted token there
 * is nothing to fetch. For requests whose address holds the project ID. */
void        wb_sign_in_prepare_async      (WbSignIn             *self,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean    wb_sign_in_prepare_finish     (WbSignIn             *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/* After wb_sign_in_prepare_async() failed: whether the identity service only asked for patience
 * (429 or 503), and for how many seconds, WB_RETRY_AFTER_UNKNOWN if it did not say. */
gboolean    wb_sign_in_is_busy            (WbSignIn             *self,
                                           int                  *wait_seconds);

/* Adds X-Auth-Token, or X-Sdk-Date and Authorization, to @message, signing in first if need be. A
 * signature covers host, x-sdk-date, and x-project-id and workspace where @message has them; a
 * signed message has no body. */
void        wb_sign_in_authorize_async    (WbSignIn             *self,
                                           SoupMessage          *message,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean    wb_sign_in_authorize_finish   (WbSignIn             *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/* After a 401: drops the token @message carried if it was made from a password here, or takes over
 * the service's clock for a signature. TRUE if the request may be made once more. */
gboolean    wb_sign_in_recover            (WbSignIn             *self,
                                           SoupMessage          *message);

/* What one sign-in has learned of the service's clock, for the next of the same account: a retry
 * with it is made once in a run. */
WbClockOffset wb_sign_in_get_clock        (WbSignIn             *self);
void        wb_sign_in_set_clock          (WbSignIn             *self,
                                           WbClockOffset         clock);

/* Why @message was refused, or what came instead of an export; what is secret in the reply is left
 * out. */
GError     *wb_sign_in_error_of_reply     (WbSignIn             *self,
                                           WbServiceCall         call,
                                           SoupMessage          *message,
                                           GBytes               *body);

G_END_DECLS
