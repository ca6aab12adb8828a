/* sign-in.h: an account's right to make requests: with a password, a token or a key
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"
#include "core/service/http/client.h"
#include "core/service/refusal/service-codes.h"

G_BEGIN_DECLS

/**
 * WbClockOffset:
 * @is_known: it has been set once, which is enough: five wrong signatures lock the key
 * @seconds: to add to the time since this computer started, which does not jump when its clock
 *   is set
 */
typedef struct
{
  gboolean is_known;
  gint64   seconds;
} WbClockOffset;

/* One for each account and run, shared by its windows and exports; holds the token in memory. */
#define WB_TYPE_SIGN_IN (wb_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (WbSignIn, wb_sign_in, WB, SIGN_IN, GObject)

WbSignIn     *wb_sign_in_open                (WbAccount            *account,
                                              WbCredentials        *credentials,
                                              WbClouds             *clouds,
                                              gboolean              to_project,
                                              WbRequestLog         *log,
                                              GError              **error);

/* For callers that make their own client, as tests do. */
WbSignIn     *wb_sign_in_new                 (WbClient             *client,
                                              WbCredentials        *credentials,
                                              const char           *project_id,
                                              const char           *project_name);
WbSignIn     *wb_sign_in_new_for_account     (WbClient             *client,
                                              WbCredentials        *credentials,
                                              WbAccount            *account,
                                              WbClouds             *clouds,
                                              gboolean              to_project);

WbAuthMethod  wb_sign_in_get_method          (WbSignIn             *self);
WbClient     *wb_sign_in_get_client          (WbSignIn             *self);
const char   *wb_sign_in_get_project_id      (WbSignIn             *self);
const char   *wb_sign_in_get_user            (WbSignIn             *self);

/* The answer to WB_ERROR_SECOND_FACTOR: set it, and make the same call again. */
void          wb_sign_in_set_passcode        (WbSignIn             *self,
                                              const char           *passcode);

/* A sign-in of the same user to no project proves the user, so that the next refusal is about the
 * project. */
void          wb_sign_in_follow              (WbSignIn             *self,
                                              WbSignIn             *other);
WbSignIn     *wb_sign_in_new_to_no_project   (WbSignIn             *self);

/* For requests whose address holds the project ID. */
void          wb_sign_in_prepare_async       (WbSignIn             *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean      wb_sign_in_prepare_finish      (WbSignIn             *self,
                                              GAsyncResult         *result,
                                              GError              **error);
int           wb_sign_in_get_retry_after     (WbSignIn             *self);

gboolean      wb_sign_in_authorize           (WbSignIn             *self,
                                              SoupMessage          *message);
gboolean      wb_sign_in_refresh             (WbSignIn             *self,
                                              SoupMessage          *message);
GError       *wb_sign_in_error_of_reply      (WbSignIn             *self,
                                              WbServiceCall         call,
                                              SoupMessage          *message,
                                              GBytes               *body);

/* One sign-in learns the service's clock for the next ones of the same account: a request is made
 * again with it once in a run. */
WbClockOffset wb_sign_in_get_clock           (WbSignIn             *self);
void          wb_sign_in_set_clock           (WbSignIn             *self,
                                              WbClockOffset         clock);

G_END_DECLS
