/* peer.h: the Keystone that runs beside a test, and its users
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"
#include "core/service/sign-in/sign-in.h"

G_BEGIN_DECLS

void          peer_init           (void);
void          peer_end            (void);
const char   *peer_get_url        (void);
const char   *peer_get            (const char    *group,
                                   const char    *key);
const char   *peer_get_project_id (const char    *name);

/* An account for a user of the key file, in the project of that name; NULL for none. */
WbAccount    *peer_new_account    (const char    *user,
                                   const char    *project_name);
WbSignIn     *peer_new_sign_in    (WbAccount     *account,
                                   const char    *password,
                                   const char    *service_url);
gboolean      peer_prepare        (WbSignIn      *sign_in,
                                   GError       **error);

/* The token that the sign-in uses now. */
char         *peer_dup_token      (WbSignIn      *sign_in);

/* As the administrator; returns the HTTP status. */
guint         peer_revoke         (const char    *token);

char         *peer_dup_passcode   (const char    *key,
                                   gint64         time_seconds);

G_END_DECLS
