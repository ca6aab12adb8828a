/* token.h: the identity service's token, as its reply gives it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

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

WbToken *wb_token_parse (const char         *host,
                         SoupMessageHeaders *headers,
                         GBytes             *body,
                         GError            **error);
void     wb_token_free  (WbToken            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbToken, wb_token_free)

G_END_DECLS
