/* token.h: the identity service's token, asked for and understood
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "core/accounts/credentials.h"

G_BEGIN_DECLS

/**
 * WbTokenRequest:
 * @credentials: (nullable): credentials for %WB_AUTH_PASSWORD
 * @domain_id: (nullable): the user's domain's ID, instead of the name in @credentials
 * @user_id: (nullable): the user's ID, instead of the name in @credentials
 * @passcode: (nullable): a one-time code (TOTP)
 * @project_id: (nullable): the project's ID
 * @project_name: (nullable): the project's name, which counts without an ID
 * @agency_domain: (nullable): the name of the domain whose agency is asked for; the project is
 *   that domain's
 * @agency: (nullable): the agency's name
 *
 * Who asks for a token, and for what. Without a project the token is for none.
 */
typedef struct
{
  WbCredentials *credentials;
  const char    *domain_id;
  const char    *user_id;
  const char    *passcode;
  const char    *project_id;
  const char    *project_name;
  const char    *agency_domain;
  const char    *agency;
} WbTokenRequest;

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

GBytes  *wb_token_new_request        (const WbTokenRequest *request);
GBytes  *wb_token_new_agency_request (const WbTokenRequest *request,
                                      const char           *agency_key);
WbToken *wb_token_parse              (const char           *host,
                                      SoupMessageHeaders   *headers,
                                      GBytes               *body,
                                      GError              **error);
void     wb_token_free               (WbToken              *self);

gboolean wb_token_is_sendable        (const char           *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbToken, wb_token_free)

G_END_DECLS
