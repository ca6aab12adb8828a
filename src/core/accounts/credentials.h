/* credentials.h: what a person signs in with, in memory only
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WbAuthMethod:
 * @WB_AUTH_PASSWORD: domain (account) name, user name and password, for a token
 * @WB_AUTH_KEY: access key and secret key, for a signature on each request
 * @WB_AUTH_TOKEN: a token that was created elsewhere and pasted
 */
typedef enum
{
  WB_AUTH_PASSWORD,
  WB_AUTH_KEY,
  WB_AUTH_TOKEN,
} WbAuthMethod;

const char    *wb_auth_method_to_string          (WbAuthMethod   method);
gboolean       wb_auth_method_from_string        (const char    *text,
                                                  WbAuthMethod  *method);

/**
 * WbCredentials:
 *
 * Reference-counted and immutable; its memory is overwritten when the last reference goes.
 */
typedef struct _WbCredentials WbCredentials;

#define WB_TYPE_CREDENTIALS (wb_credentials_get_type ())
GType          wb_credentials_get_type           (void);

WbCredentials *wb_credentials_new_password       (const char    *domain,
                                                  const char    *user,
                                                  const char    *password);
WbCredentials *wb_credentials_new_key            (const char    *access_key,
                                                  const char    *secret_key,
                                                  const char    *security_token);
WbCredentials *wb_credentials_new_token          (const char    *token);

WbCredentials *wb_credentials_ref                (WbCredentials *self);
void           wb_credentials_unref              (WbCredentials *self);

/* NULL for other ways to sign in than theirs; the security token may be NULL for a key, too. */
WbAuthMethod   wb_credentials_get_method         (WbCredentials *self);
const char    *wb_credentials_get_domain         (WbCredentials *self);
const char    *wb_credentials_get_user           (WbCredentials *self);
const char    *wb_credentials_get_password       (WbCredentials *self);
const char    *wb_credentials_get_access_key     (WbCredentials *self);
const char    *wb_credentials_get_secret_key     (WbCredentials *self);
const char    *wb_credentials_get_security_token (WbCredentials *self);
const char    *wb_credentials_get_token          (WbCredentials *self);

/* NULL when well-formed, else a translated reason to show beside the field. */
char          *wb_credentials_validate_secret    (const char    *secret); /* a password */
char          *wb_credentials_validate_key       (const char    *key); /* a key or a token */
char          *wb_credentials_validate_passcode  (const char    *passcode);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCredentials, wb_credentials_unref)

G_END_DECLS
