/* credentials.c: what a person signs in with, in memory only
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/credentials.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/text.h"
#include "core/wipe.h"

/* The shortest and the longest that devices and apps show. */
#define MIN_PASSCODE_DIGITS 6
#define MAX_PASSCODE_DIGITS 8

struct _WbCredentials
{
  gatomicrefcount ref_count;
  WbAuthMethod    method;
  char           *domain;         /* (owned) (nullable) */
  char           *user;           /* (owned) (nullable) */
  char           *password;       /* (owned) (nullable) */
  char           *access_key;     /* (owned) (nullable) */
  char           *secret_key;     /* (owned) (nullable) */
  char           *security_token; /* (owned) (nullable) */
  char           *token;          /* (owned) (nullable) */
};

G_DEFINE_BOXED_TYPE (WbCredentials, wb_credentials, wb_credentials_ref, wb_credentials_unref)

static const char *const method_names[] = {
  [WB_AUTH_PASSWORD] = "password",
  [WB_AUTH_KEY] = "key",
  [WB_AUTH_TOKEN] = "token",
};

static WbCredentials *
credentials_new (WbAuthMethod method)
{
  WbCredentials *self = g_new0 (WbCredentials, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->method = method;

  return self;
}

/* Text for a request's header: it contains neither spaces nor anything that could end the line. */
static gboolean
is_printable_ascii (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p))
        return FALSE;
    }

  return TRUE;
}

/* The name in files and on the command line; never translated. */
const char *
wb_auth_method_to_string (WbAuthMethod method)
{
  g_return_val_if_fail ((guint) method < G_N_ELEMENTS (method_names), NULL);

  return method_names[method];
}

/* Leaves @method as it is where there is none of that name. */
gboolean
wb_auth_method_from_string (const char   *text,
                            WbAuthMethod *method)
{
  g_return_val_if_fail (method != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (method_names); i++)
    {
      if (g_strcmp0 (text, method_names[i]) == 0)
        {
          *method = (WbAuthMethod) i;
          return TRUE;
        }
    }

  return FALSE;
}

WbCredentials *
wb_credentials_new_password (const char *domain,
                             const char *user,
                             const char *password)
{
  WbCredentials *self;

  g_return_val_if_fail (domain != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);
  g_return_val_if_fail (password != NULL, NULL);

  self = credentials_new (WB_AUTH_PASSWORD);
  self->domain = g_strdup (domain);
  self->user = g_strdup (user);
  self->password = g_strdup (password);

  return self;
}

/* An empty security token is the same as %NULL. */
WbCredentials *
wb_credentials_new_key (const char *access_key,
                        const char *secret_key,
                        const char *security_token)
{
  WbCredentials *self;

  g_return_val_if_fail (access_key != NULL, NULL);
  g_return_val_if_fail (secret_key != NULL, NULL);

  self = credentials_new (WB_AUTH_KEY);
  self->access_key = g_strdup (access_key);
  self->secret_key = g_strdup (secret_key);
  if (security_token != NULL && *security_token != '\0')
    self->security_token = g_strdup (security_token);

  return self;
}

WbCredentials *
wb_credentials_new_token (const char *token)
{
  WbCredentials *self;

  g_return_val_if_fail (token != NULL, NULL);

  self = credentials_new (WB_AUTH_TOKEN);
  self->token = g_strdup (token);

  return self;
}

WbCredentials *
wb_credentials_ref (WbCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
wb_credentials_unref (WbCredentials *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  wb_wipe_and_free (self->domain);
  wb_wipe_and_free (self->user);
  wb_wipe_and_free (self->password);
  wb_wipe_and_free (self->access_key);
  wb_wipe_and_free (self->secret_key);
  wb_wipe_and_free (self->security_token);
  wb_wipe_and_free (self->token);
  g_free (self);
}

WbAuthMethod
wb_credentials_get_method (WbCredentials *self)
{
  g_return_val_if_fail (self != NULL, WB_AUTH_PASSWORD);

  return self->method;
}

const char *
wb_credentials_get_domain (WbCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->domain;
}

const char *
wb_credentials_get_user (WbCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->user;
}

const char *
wb_credentials_get_password (WbCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->password;
}

const char *
wb_credentials_get_access_key (WbCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->access_key;
}

const char *
wb_credentials_get_secret_key (WbCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->secret_key;
}

const char *
wb_credentials_get_security_token (WbCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->security_token;
}

const char *
wb_credentials_get_token (WbCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->token;
}

/**
 * wb_credentials_validate_secret:
 * @secret: a password, as a person types it
 *
 * For a key or a token there is wb_credentials_validate_key(), which is stricter.
 *
 * Returns: (transfer full) (nullable): %NULL if all is well, else the reason as a translated
 *   sentence, which does not repeat any of @secret
 */
char *
wb_credentials_validate_secret (const char *secret)
{
  g_return_val_if_fail (secret != NULL, NULL);

  if (*secret == '\0')
    return g_strdup (_ ("This is required."));
  if (!g_utf8_validate (secret, -1, NULL))
    return g_strdup (_ ("This is not UTF-8 text, which the service requires. Convert it to "
                        "UTF-8, or type it in again."));
  if (!wb_text_is_one_line (secret))
    return g_strdup (_ ("This contains an invisible character: type it in again."));

  return NULL;
}

/**
 * wb_credentials_validate_key:
 * @key: an access key, secret key, security token or token, as a person pastes it
 *
 * These go into headers, where a space or a line break that was pasted along would make them
 * another key, or a broken request.
 *
 * Returns: (transfer full) (nullable): %NULL if all is well, else the reason as a translated
 *   sentence, which does not repeat any of @key
 */
char *
wb_credentials_validate_key (const char *key)
{
  g_return_val_if_fail (key != NULL, NULL);

  if (*key == '\0')
    return g_strdup (_ ("This is required."));
  if (g_ascii_isspace (*key) || g_ascii_isspace (key[strlen (key) - 1]))
    return g_strdup (_ ("There is a space at the beginning or the end. Remove it."));
  if (!g_utf8_validate (key, -1, NULL))
    return g_strdup (_ ("This is not UTF-8 text: it may be cut off or in another encoding. Copy it "
                        "again."));
  if (!is_printable_ascii (key))
    return g_strdup (_ ("This contains a space, an accented letter or an invisible character. "
                        "Copy it again."));

  return NULL;
}

/**
 * wb_credentials_validate_passcode:
 * @passcode: a one-time code, as a person types it, possibly with spaces
 *
 * Returns: (transfer full) (nullable): %NULL if it is well-formed, else the reason as a translated
 *   sentence
 */
char *
wb_credentials_validate_passcode (const char *passcode)
{
  gsize n_digits = 0;

  g_return_val_if_fail (passcode != NULL, NULL);

  /* They are shown in groups, and that is how they are typed and copied. */
  for (const char *p = passcode; *p != '\0'; p++)
    n_digits += g_ascii_isdigit (*p);
  if (n_digits >= MIN_PASSCODE_DIGITS && n_digits <= MAX_PASSCODE_DIGITS
      && strspn (passcode, G_CSET_DIGITS " \t\r\n") == strlen (passcode))
    return NULL;

  /* Translators: the least and the greatest number of digits. */
  return g_strdup_printf (_ ("A one-time code has %d to %d digits."), MIN_PASSCODE_DIGITS,
                          MAX_PASSCODE_DIGITS);
}
