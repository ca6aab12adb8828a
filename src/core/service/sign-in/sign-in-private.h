/* sign-in-private.h: the parts of a sign-in: its token, its signature and its clock
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

/* --- token-request.c --- */

/**
 * WbTokenRequest:
 * @credentials: credentials for %WB_AUTH_PASSWORD
 * @domain_id: (nullable): the user's domain's ID, instead of the name in @credentials
 * @user_id: (nullable): the user's ID, instead of the name in @credentials
 * @application_credential_id: (nullable): the ID of an application credential, whose secret is the
 *   password in @credentials; the token is for its own project
 * @application_credential: (nullable): its name, which counts without an ID
 * @passcode: (nullable): a one-time code (TOTP)
 * @token: (nullable): a token of the same user, made with a one-time code, in place of another code
 * @is_known_user: the user has just signed in to no project, so a refusal is about the project
 * @project_id: (nullable): the project's ID
 * @project_name: (nullable): the project's name, which counts without an ID
 * @project_domain_id: (nullable): the ID of the domain of a project that is named, if it is not
 *   the user's
 * @project_domain: (nullable): its name, which counts without an ID
 * @agency_domain: (nullable): the name of the domain whose agency is asked for; the project is
 *   that domain's
 * @agency: (nullable): the agency's name
 * @agency_key: (nullable): how this cloud probably calls an agency's name: `agency_name` or
 *   `xrole_name`
 *
 * Without a project the token is for none. The strings belong to the caller that made it, or to
 * the copy.
 */
typedef struct
{
  WbCredentials *credentials;
  const char    *domain_id;
  const char    *user_id;
  const char    *application_credential_id;
  const char    *application_credential;
  const char    *passcode;
  const char    *token;
  gboolean       is_known_user;
  const char    *project_id;
  const char    *project_name;
  const char    *project_domain_id;
  const char    *project_domain;
  const char    *agency_domain;
  const char    *agency;
  const char    *agency_key;
} WbTokenRequest;

gboolean        wb_token_request_has_own_project (const WbTokenRequest *request);
WbTokenRequest *wb_token_request_copy            (const WbTokenRequest *request);
void            wb_token_request_free            (WbTokenRequest       *request);
void            wb_token_request_set_passcode    (WbTokenRequest       *request,
                                                  const char           *passcode);
void            wb_token_request_set_token       (WbTokenRequest       *request,
                                                  const char           *token);
GBytes         *wb_token_request_new_body        (const WbTokenRequest *request);
GBytes         *wb_token_request_new_agency_body (const WbTokenRequest *request,
                                                  const char           *agency_key);

/* --- token-fetch.c --- */

/**
 * WbToken:
 * @value: the value of `X-Auth-Token`; secret
 * @project_id: (nullable): the project it is for
 * @expires: (nullable): when it expires, by the service's clock
 * @lifetime_seconds: how long it is valid from when it was issued; 0 if that is unknown
 */
typedef struct
{
  char      *value;
  char      *project_id;
  GDateTime *expires;
  gint64     lifetime_seconds;
} WbToken;

WbToken *wb_token_new_from_reply (SoupMessageHeaders   *headers,
                                  GBytes               *body,
                                  const WbTokenRequest *request);
void     wb_token_free           (WbToken              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbToken, wb_token_free)

void     wb_token_fetch_async    (WbClient             *client,
                                  const WbTokenRequest *request,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
WbToken *wb_token_fetch_finish   (WbClient             *client,
                                  GAsyncResult         *result,
                                  int                  *retry_after,
                                  GError              **error);

/* --- shared-token.c --- */

/* It is kept in memory alone. */
#define WB_TYPE_SHARED_TOKEN (wb_shared_token_get_type ())
G_DECLARE_FINAL_TYPE (WbSharedToken, wb_shared_token, WB, SHARED_TOKEN, GObject)

WbSharedToken  *wb_shared_token_new            (WbClient             *client,
                                                const WbTokenRequest *request,
                                                gboolean              needs_passcode);
void            wb_shared_token_set_passcode   (WbSharedToken        *self,
                                                const char           *passcode);
void            wb_shared_token_follow         (WbSharedToken        *self,
                                                WbSharedToken        *other);
const WbTokenRequest *wb_shared_token_get_request (WbSharedToken     *self);
const char     *wb_shared_token_get_project_id (WbSharedToken        *self);

gboolean        wb_shared_token_is_valid       (WbSharedToken        *self);
const char     *wb_shared_token_use            (WbSharedToken        *self);
void            wb_shared_token_drop           (WbSharedToken        *self,
                                                const char           *value);

void            wb_shared_token_fetch_async    (WbSharedToken        *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        wb_shared_token_fetch_finish   (WbSharedToken        *self,
                                                GAsyncResult         *result,
                                                GError              **error);
int             wb_shared_token_get_retry_after (WbSharedToken       *self);

/* --- message-signature.c --- */

void wb_message_sign (WbCredentials *credentials,
                      SoupMessage   *message,
                      GDateTime     *now);

/* --- clock-offset.c --- */

gboolean   wb_clock_offset_learn   (WbClockOffset       *self,
                                    SoupMessage         *message);
GDateTime *wb_clock_offset_get_now (const WbClockOffset *self);

/* --- sign-in.c --- */

WbSignIn *wb_sign_in_new_for_request (WbClient             *client,
                                      const WbTokenRequest *request,
                                      gboolean              needs_project,
                                      gboolean              needs_passcode);

G_END_DECLS
