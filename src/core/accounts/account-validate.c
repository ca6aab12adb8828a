/* account-validate.c: what a person typed, judged while it is typed
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/account.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME_CHARS 100
#define MAX_ID_BYTES 64
#define PROJECT_ID_BYTES 32

/* The shortest and the longest that devices and apps show. */
#define MIN_PASSCODE_DIGITS 6
#define MAX_PASSCODE_DIGITS 8

/* Whether there is nothing to be seen: characters without a width, too, are no name. */
static gboolean
is_blank (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && !g_unichar_iszerowidth (c)
          && g_unichar_type (c) != G_UNICODE_FORMAT)
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (p));

      if (type == G_UNICODE_CONTROL
          || type == G_UNICODE_LINE_SEPARATOR
          || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        return TRUE;
    }

  return FALSE;
}

/* What goes into a header of a request: neither blanks nor anything that could end the line. */
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

static char *
validate_text (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL) || has_control (text))
    return g_strdup (_ ("This contains an invisible character: type it in again."));

  return NULL;
}

static char *
validate_name (const char *name)
{
  char *reason = validate_text (name);

  if (reason != NULL)
    return reason;
  if (is_blank (name))
    return g_strdup (_ ("Enter a name for this account."));
  if (g_utf8_strlen (name, -1) > MAX_NAME_CHARS)
    /* Translators: the greatest number of characters. */
    return g_strdup_printf (_ ("The name is too long: at most %d characters."), MAX_NAME_CHARS);

  return NULL;
}

static char *
validate_url (const char *url,
              const char *missing)
{
  g_autofree char *normal = NULL;
  g_autoptr (GError) error = NULL;

  if (url[strspn (url, " \t\r\n")] == '\0')
    return g_strdup (missing);

  normal = wb_endpoints_normalize (url, &error);

  return normal == NULL ? g_strdup (error->message) : NULL;
}

static char *
validate_required (const char *text,
                   const char *missing)
{
  char *reason = validate_text (text);

  if (reason != NULL)
    return reason;

  return is_blank (text) ? g_strdup (missing) : NULL;
}

static char *
validate_project_id (const char *id,
                     gboolean    is_other)
{
  gsize length = strlen (id);

  if (length == 0)
    return g_strdup (_ ("Enter the project ID: the console lists it under My Credentials."));

  /* Private clouds may have IDs of another form. */
  if (is_other)
    {
      if (length > MAX_ID_BYTES
          || strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") != length)
        /* Translators: the greatest number of characters. */
        return g_strdup_printf (_ ("A project ID has at most %d letters, digits, “-” and “_”."),
                                MAX_ID_BYTES);
      return NULL;
    }

  if (length != PROJECT_ID_BYTES
      || strspn (id, G_CSET_DIGITS "abcdefABCDEF") != length)
    /* Translators: the number of characters. */
    return g_strdup_printf (_ ("A project ID has exactly %d digits and letters from a to f: "
                               "it is not the project’s name."),
                            PROJECT_ID_BYTES);

  return NULL;
}

/* An ID of the identity service: it goes into a request's body, so any cloud's form will do. */
static char *
validate_identity_id (const char *id)
{
  gsize length = strlen (id);

  if (length > MAX_ID_BYTES || strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") != length)
    /* Translators: the greatest number of characters. */
    return g_strdup_printf (_ ("An ID has at most %d letters, digits, “-” and “_”."), MAX_ID_BYTES);

  return NULL;
}

/* One without the other is half an agency. */
static char *
validate_agency (const char *value,
                 const char *other,
                 const char *missing)
{
  char *reason = validate_text (value);

  if (reason != NULL)
    return reason;

  return is_blank (value) && !is_blank (other) ? g_strdup (missing) : NULL;
}

static char *
validate_token_expires (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) when = g_date_time_new_from_iso8601 (text, utc);

  if (when == NULL && *text != '\0')
    return g_strdup (_ ("This is no point in time: remove it."));

  return NULL;
}

static char *
validate_ca_file (const char *path)
{
  if (*path == '\0')
    return NULL;
  if (!g_utf8_validate (path, -1, NULL))
    return g_strdup (_ ("The file’s name is not valid text: rename the file."));
  if (!g_path_is_absolute (path))
    return g_strdup (_ ("Enter the file’s whole path, beginning with “/”."));
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_strdup (_ ("There is no such file: choose the certificate file again."));

  return NULL;
}

static gboolean
has (WbAccount     *self,
     WbAccountField field)
{
  return !is_blank (wb_account_get (self, field));
}

/**
 * wb_account_validate:
 * @self: an account, maybe half filled in
 * @clouds: the clouds
 * @field: which setting to judge
 *
 * Whether a setting is well-formed and, if it is required for this cloud and way to sign in, there
 * at all. Needs no network. That a name is unique is for wb_account_store_validate_name().
 *
 * Of the addresses, a cloud that is none of those listed requires the service's and the identity
 * service's; an export does not use Management Center's.
 *
 * Returns: (transfer full) (nullable): %NULL if all is well, else the reason as a translated
 *   sentence, fit to stand beside the field
 */
char *
wb_account_validate (WbAccount     *self,
                     WbClouds      *clouds,
                     WbAccountField field)
{
  const WbCloud *cloud;
  const char    *value;
  gboolean       is_other;
  gboolean       is_password;

  g_return_val_if_fail (WB_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (clouds != NULL, NULL);

  value = wb_account_get (self, field);
  cloud = wb_clouds_find (clouds, wb_account_get (self, WB_ACCOUNT_CLOUD));
  is_other = cloud != NULL && g_str_equal (cloud->id, WB_CLOUD_OTHER);
  is_password = wb_account_get_auth_method (self) == WB_AUTH_PASSWORD;

  switch (field)
    {
    case WB_ACCOUNT_NAME:
      return validate_name (value);

    case WB_ACCOUNT_CLOUD:
      return cloud == NULL ? g_strdup (_ ("Choose a cloud.")) : NULL;

    case WB_ACCOUNT_REGION:
      if (is_other || (cloud != NULL && wb_cloud_find_region (cloud, value) != NULL))
        return NULL;
      return g_strdup (_ ("Choose a region."));

    case WB_ACCOUNT_SERVICE_URL:
      return validate_url (value, is_other ? _ ("Enter the address of DataArts Factory.") : NULL);

    case WB_ACCOUNT_IDENTITY_URL:
      return validate_url (value, is_other
                                    ? _ ("Enter the address of the identity service.")
                                    : NULL);

    case WB_ACCOUNT_MANAGEMENT_URL:
      return validate_url (value, NULL);

    case WB_ACCOUNT_DOMAIN:
      if (!is_password)
        return NULL;
      return has (self, WB_ACCOUNT_DOMAIN_ID)
                 || (has (self, WB_ACCOUNT_USER_ID) && has (self, WB_ACCOUNT_PROJECT_ID))
               ? validate_text (value)
               : validate_required (value, _ ("Enter the account (domain) name."));

    case WB_ACCOUNT_USER:
      if (!is_password)
        return NULL;
      return has (self, WB_ACCOUNT_USER_ID) ? validate_text (value)
                                            : validate_required (value, _ ("Enter the user name."));

    case WB_ACCOUNT_PROJECT_ID:
      /* Without either it is the region's own project, which a sign-in finds by its name. */
      if (is_password && *value == '\0'
          && (has (self, WB_ACCOUNT_PROJECT_NAME) || (cloud != NULL && !is_other)))
        return NULL;
      return validate_project_id (value, is_other || (cloud != NULL && cloud->is_own));

    case WB_ACCOUNT_DOMAIN_ID:
    case WB_ACCOUNT_USER_ID:
      return validate_identity_id (value);

    case WB_ACCOUNT_PROJECT_NAME:
      return validate_text (value);

    case WB_ACCOUNT_AGENCY_DOMAIN:
      return validate_agency (value, wb_account_get (self, WB_ACCOUNT_AGENCY),
                              _ ("Enter the name of the account that delegates."));

    case WB_ACCOUNT_AGENCY:
      return validate_agency (value, wb_account_get (self, WB_ACCOUNT_AGENCY_DOMAIN),
                              _ ("Enter the agency’s name."));

    case WB_ACCOUNT_PASSCODE:
      return *value == '\0' || g_str_equal (value, WB_ACCOUNT_PASSCODE_ASK)
               ? NULL
               : g_strdup (_ ("Choose whether a one-time code is asked for."));

    case WB_ACCOUNT_TOKEN_EXPIRES:
      return validate_token_expires (value);

    case WB_ACCOUNT_CA_FILE:
      return validate_ca_file (value);

    case WB_ACCOUNT_N_FIELDS:
    default:
      g_return_val_if_reached (NULL);
    }
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

  return *secret == '\0' ? g_strdup (_ ("This is required.")) : validate_text (secret);
}

/**
 * wb_credentials_validate_key:
 * @key: an access key, secret key, security token or token, as a person pastes it
 *
 * These go into headers, where a blank or a line break that was pasted along would make them
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
    return g_strdup (_ ("There is a blank at the beginning or the end: remove it."));
  if (!is_printable_ascii (key))
    return g_strdup (_ ("This contains a blank, an accented letter or an invisible character: "
                        "copy it again."));

  return NULL;
}

/**
 * wb_credentials_validate_passcode:
 * @passcode: a one-time code, as a person types it, maybe with blanks
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
