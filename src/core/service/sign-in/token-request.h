/* token-request.h: who asks the identity service for a token, and for what
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/credentials.h"

G_BEGIN_DECLS

/**
 * WbTokenRequest:
 * @credentials: credentials for %WB_AUTH_PASSWORD
 * @domain_id: (nullable): the user's domain's ID, instead of the name in @credentials
 * @user_id: (nullable): the user's ID, instead of the name in @credentials
 * @passcode: (nullable): a one-time code (TOTP)
 * @token: (nullable): a token of the same user, made with a one-time code, in place of another code
 * @is_known_user: the user has just signed in to no project, so a refusal is about the project
 * @project_id: (nullable): the project's ID
 * @project_name: (nullable): the project's name, which counts without an ID
 * @agency_domain: (nullable): the name of the domain whose agency is asked for; the project is
 *   that domain's
 * @agency: (nullable): the agency's name
 * @agency_key: (nullable): how this cloud probably calls an agency's name: `agency_name` or
 *   `xrole_name`
 *
 * Without a project the token is for none. The strings are those of whoever made it, or of the
 * copy.
 */
typedef struct
{
  WbCredentials *credentials;
  const char    *domain_id;
  const char    *user_id;
  const char    *passcode;
  const char    *token;
  gboolean       is_known_user;
  const char    *project_id;
  const char    *project_name;
  const char    *agency_domain;
  const char    *agency;
  const char    *agency_key;
} WbTokenRequest;

WbTokenRequest *wb_token_request_copy            (const WbTokenRequest *request);
void            wb_token_request_free            (WbTokenRequest       *request);
void            wb_token_request_set_passcode    (WbTokenRequest       *request,
                                                  const char           *passcode);
void            wb_token_request_set_token       (WbTokenRequest       *request,
                                                  const char           *token);
GBytes         *wb_token_request_new_body        (const WbTokenRequest *request);
GBytes         *wb_token_request_new_agency_body (const WbTokenRequest *request,
                                                  const char           *agency_key);

G_END_DECLS
