/* account-fields.c: the settings of an account in one table, and what follows from it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/accounts/account.h"
#include "core/text.h"

#define MAX_NAME_CHARS 100
#define MAX_ID_BYTES 64
#define PROJECT_ID_BYTES 32
#define MAX_MARK_CHARS 20

/* Those of a mark, the usual one first. Each has its look in style.css. */
static const char *const colors[] = { "red", "orange", "yellow", "green", "blue", "purple", NULL };

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
has (WbAccount     *account,
     WbAccountField field)
{
  return !is_blank (wb_account_get (account, field));
}

static const WbCloud *
find_cloud (WbAccount *account,
            WbClouds  *clouds)
{
  return wb_clouds_find (clouds, wb_account_get (account, WB_ACCOUNT_CLOUD));
}

static gboolean
is_other_cloud (WbAccount *account)
{
  return g_str_equal (wb_account_get (account, WB_ACCOUNT_CLOUD), WB_CLOUD_OTHER);
}

/* Its ID says whose it is. */
static gboolean
has_application_credential_id (WbAccount *account)
{
  return has (account, WB_ACCOUNT_APPLICATION_CREDENTIAL_ID);
}

/* --- what is well-formed --- */

static char *
validate_text (WbAccount  *account,
               WbClouds   *clouds,
               const char *value)
{
  return wb_text_is_one_line (value)
           ? NULL
           : g_strdup (_ ("This contains an invisible character: type it in again."));
}

static char *
validate_required (const char *value,
                   const char *missing)
{
  char *reason = validate_text (NULL, NULL, value);

  if (reason != NULL)
    return reason;

  return is_blank (value) ? g_strdup (missing) : NULL;
}

static char *
validate_name (WbAccount  *account,
               WbClouds   *clouds,
               const char *value)
{
  char *reason = validate_required (value, _ ("Enter a name for this account."));

  if (reason != NULL)
    return reason;
  if (g_utf8_strlen (value, -1) > MAX_NAME_CHARS)
    /* Translators: the greatest number of characters. */
    return g_strdup_printf (_ ("The name is too long: at most %d characters."), MAX_NAME_CHARS);

  return NULL;
}

/* It stands in titles and in a button. */
static char *
validate_mark (WbAccount  *account,
               WbClouds   *clouds,
               const char *value)
{
  char *reason = validate_text (account, clouds, value);

  if (reason == NULL && g_utf8_strlen (value, -1) > MAX_MARK_CHARS)
    /* Translators: the greatest number of characters. */
    reason = g_strdup_printf (_ ("The mark is too long: at most %d characters."), MAX_MARK_CHARS);

  return reason;
}

static char *
validate_mark_color (WbAccount  *account,
                     WbClouds   *clouds,
                     const char *value)
{
  return *value == '\0' || g_strv_contains (colors, value) ? NULL
                                                           : g_strdup (_ ("Choose a color."));
}

static char *
validate_cloud (WbAccount  *account,
                WbClouds   *clouds,
                const char *value)
{
  return find_cloud (account, clouds) == NULL ? g_strdup (_ ("Choose a cloud.")) : NULL;
}

static char *
validate_region (WbAccount  *account,
                 WbClouds   *clouds,
                 const char *value)
{
  const WbCloud *cloud = find_cloud (account, clouds);

  if (is_other_cloud (account) || (cloud != NULL && wb_cloud_find_region (cloud, value) != NULL))
    return NULL;

  return g_strdup (_ ("Choose a region."));
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
validate_service_url (WbAccount  *account,
                      WbClouds   *clouds,
                      const char *value)
{
  return validate_url (value, is_other_cloud (account)
                                ? _ ("Enter the address of DataArts Factory.")
                                : NULL);
}

static char *
validate_identity_url (WbAccount  *account,
                       WbClouds   *clouds,
                       const char *value)
{
  return validate_url (value, is_other_cloud (account)
                                ? _ ("Enter the address of the identity service.")
                                : NULL);
}

/* An export does not use it. */
static char *
validate_management_url (WbAccount  *account,
                         WbClouds   *clouds,
                         const char *value)
{
  return validate_url (value, NULL);
}

static char *
validate_ca_file (WbAccount  *account,
                  WbClouds   *clouds,
                  const char *path)
{
  if (*path == '\0')
    return NULL;
  /* What was not valid may have been replaced to be shown. */
  if (!g_utf8_validate (path, -1, NULL)
      || (strstr (path, "\uFFFD") != NULL && !g_file_test (path, G_FILE_TEST_EXISTS)))
    return g_strdup (_ ("The file’s name is not valid text: rename the file."));
  if (!g_path_is_absolute (path))
    return g_strdup (_ ("Enter the file’s whole path, beginning with “/”."));
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_strdup (_ ("There is no such file: choose the certificate file again."));

  return NULL;
}

static char *
validate_domain (WbAccount  *account,
                 WbClouds   *clouds,
                 const char *value)
{
  if (has (account, WB_ACCOUNT_DOMAIN_ID) || has_application_credential_id (account)
      || (has (account, WB_ACCOUNT_USER_ID)
          && (has (account, WB_ACCOUNT_PROJECT_ID)
              || has (account, WB_ACCOUNT_APPLICATION_CREDENTIAL))))
    return validate_text (account, clouds, value);

  return validate_required (value, _ ("Enter the account (domain) name."));
}

static char *
validate_user (WbAccount  *account,
               WbClouds   *clouds,
               const char *value)
{
  if (has (account, WB_ACCOUNT_USER_ID) || has_application_credential_id (account))
    return validate_text (account, clouds, value);

  return validate_required (value, _ ("Enter the user name."));
}

/* IDs of the identity service go into a request's body, so the form of any cloud is accepted. */
static char *
validate_identity_id (WbAccount  *account,
                      WbClouds   *clouds,
                      const char *id)
{
  gsize length = strlen (id);

  if (length > MAX_ID_BYTES || strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") != length)
    /* Translators: the greatest number of characters. */
    return g_strdup_printf (_ ("An ID has at most %d letters, digits, “-” and “_”."), MAX_ID_BYTES);

  return NULL;
}

/* An agency requires both. */
static char *
validate_agency_domain (WbAccount  *account,
                        WbClouds   *clouds,
                        const char *value)
{
  if (has (account, WB_ACCOUNT_AGENCY))
    return validate_required (value, _ ("Enter the name of the account that delegates."));

  return validate_text (account, clouds, value);
}

static char *
validate_agency (WbAccount  *account,
                 WbClouds   *clouds,
                 const char *value)
{
  if (has (account, WB_ACCOUNT_AGENCY_DOMAIN))
    return validate_required (value, _ ("Enter the agency’s name."));

  return validate_text (account, clouds, value);
}

static char *
validate_project_id (WbAccount  *account,
                     WbClouds   *clouds,
                     const char *id)
{
  const WbCloud *cloud = find_cloud (account, clouds);
  gboolean       is_other = is_other_cloud (account);
  gsize          length = strlen (id);

  /* Without either, a sign-in finds the region's own project by its name. */
  if (length == 0 && wb_account_get_auth_method (account) == WB_AUTH_PASSWORD
      && (has (account, WB_ACCOUNT_PROJECT_NAME) || has_application_credential_id (account)
          || has (account, WB_ACCOUNT_APPLICATION_CREDENTIAL)
          || (cloud != NULL && !is_other)))
    return NULL;
  if (length == 0)
    return g_strdup (_ ("Enter the project ID: the console lists it under My Credentials."));

  /* Private clouds may have IDs of another form. */
  if (is_other || (cloud != NULL && cloud->is_own))
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

static char *
validate_passcode (WbAccount  *account,
                   WbClouds   *clouds,
                   const char *value)
{
  return *value == '\0' || g_str_equal (value, WB_ACCOUNT_PASSCODE_ASK)
           ? NULL
           : g_strdup (_ ("Choose whether a one-time code is asked for."));
}

static char *
validate_token_expires (WbAccount  *account,
                        WbClouds   *clouds,
                        const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) when = g_date_time_new_from_iso8601 (text, utc);

  if (when == NULL && *text != '\0')
    return g_strdup (_ ("This is not a date and time. Enter the token again."));

  return NULL;
}

/* --- the table --- */

static const WbAccountFieldInfo fields[WB_ACCOUNT_N_FIELDS] = {
  [WB_ACCOUNT_NAME] = { "name", WB_ACCOUNT_FIELD_LABEL, validate_name },
  [WB_ACCOUNT_MARK] = { "mark", WB_ACCOUNT_FIELD_LABEL, validate_mark },
  [WB_ACCOUNT_MARK_COLOR] = { "mark-color", WB_ACCOUNT_FIELD_LABEL, validate_mark_color },
  [WB_ACCOUNT_CLOUD] = { "cloud", WB_ACCOUNT_FIELD_SIGN_IN, validate_cloud,
                         N_ ("Without a stored account: otc, huawei or huawei-eu"), N_ ("CLOUD") },
  [WB_ACCOUNT_REGION] = { "region", WB_ACCOUNT_FIELD_SIGN_IN, validate_region,
                          N_ ("The cloud's region, such as eu-de"), N_ ("REGION") },
  [WB_ACCOUNT_SERVICE_URL] = { "service-url", WB_ACCOUNT_FIELD_SIGN_IN, validate_service_url,
                               N_ ("DataArts Factory's address, instead of the region's"),
                               N_ ("URL") },
  [WB_ACCOUNT_IDENTITY_URL] = { "identity-url", WB_ACCOUNT_FIELD_SIGN_IN, validate_identity_url,
                                N_ ("The identity service's address, instead of the region's"),
                                N_ ("URL") },
  [WB_ACCOUNT_MANAGEMENT_URL] = { "management-url", WB_ACCOUNT_FIELD_SIGN_IN,
                                  validate_management_url,
                                  N_ ("Management Center's address, which lists workspaces, "
                                      "instead of the region's"),
                                  N_ ("URL") },
  [WB_ACCOUNT_CA_FILE] = { "ca-file", WB_ACCOUNT_FIELD_SIGN_IN, validate_ca_file,
                           N_ ("Trust the certificate authorities in this PEM file"), N_ ("FILE") },
  [WB_ACCOUNT_DOMAIN] = { "domain", WB_ACCOUNT_FIELD_PASSWORD, validate_domain,
                          N_ ("The account (domain) name, for a password"), N_ ("NAME") },
  [WB_ACCOUNT_USER] = { "user", WB_ACCOUNT_FIELD_PASSWORD, validate_user,
                        N_ ("The user name, for a password"), N_ ("NAME") },
  [WB_ACCOUNT_DOMAIN_ID] = { "domain-id", WB_ACCOUNT_FIELD_PASSWORD, validate_identity_id,
                             N_ ("The account's (domain's) ID, in place of its name"), N_ ("ID") },
  [WB_ACCOUNT_USER_ID] = { "user-id", WB_ACCOUNT_FIELD_PASSWORD, validate_identity_id,
                           N_ ("The user's ID, in place of the name"), N_ ("ID") },
  [WB_ACCOUNT_APPLICATION_CREDENTIAL_ID] = { "application-credential-id",
                                             WB_ACCOUNT_FIELD_PASSWORD, validate_identity_id,
                                             N_ ("The ID of an application credential, whose "
                                                 "secret is then the password"),
                                             N_ ("ID") },
  [WB_ACCOUNT_APPLICATION_CREDENTIAL] = { "application-credential", WB_ACCOUNT_FIELD_PASSWORD,
                                          validate_text,
                                          N_ ("The name of an application credential "
                                              "of the user"),
                                          N_ ("NAME") },
  [WB_ACCOUNT_AGENCY_DOMAIN] = { "agency-domain", WB_ACCOUNT_FIELD_PASSWORD,
                                 validate_agency_domain,
                                 N_ ("The account (domain) that delegates its project to this one"),
                                 N_ ("NAME") },
  [WB_ACCOUNT_AGENCY] = { "agency", WB_ACCOUNT_FIELD_PASSWORD, validate_agency,
                          N_ ("The agency it delegates with"), N_ ("NAME") },
  [WB_ACCOUNT_PROJECT_ID] = { "project-id", WB_ACCOUNT_FIELD_PROJECT, validate_project_id,
                              N_ ("The project's ID"), N_ ("ID") },
  [WB_ACCOUNT_PROJECT_NAME] = { "project-name", WB_ACCOUNT_FIELD_PASSWORD, validate_text,
                                N_ ("The project's name, in place of its ID "
                                    "(password sign-in only)"),
                                N_ ("NAME") },
  [WB_ACCOUNT_PROJECT_DOMAIN] = { "project-domain", WB_ACCOUNT_FIELD_PASSWORD, validate_text,
                                  N_ ("The account (domain) of a project that is named, if it is "
                                      "not the user's"),
                                  N_ ("NAME") },
  [WB_ACCOUNT_PROJECT_DOMAIN_ID] = { "project-domain-id", WB_ACCOUNT_FIELD_PASSWORD,
                                     validate_identity_id,
                                     N_ ("The ID of that account (domain), in place of its name"),
                                     N_ ("ID") },
  [WB_ACCOUNT_PASSCODE] = { "passcode", WB_ACCOUNT_FIELD_PASSWORD, validate_passcode },
  [WB_ACCOUNT_TOKEN_EXPIRES] = { "token-expires", WB_ACCOUNT_FIELD_SECRET,
                                 validate_token_expires },
};

const WbAccountFieldInfo *
wb_account_field_get_info (WbAccountField field)
{
  g_return_val_if_fail ((guint) field < WB_ACCOUNT_N_FIELDS, NULL);

  return &fields[field];
}

/**
 * wb_account_get_colors:
 *
 * Returns: (transfer none) (array zero-terminated=1): the colors that a mark can have, by the names
 *   that the file of accounts has for them
 */
const char *const *
wb_account_get_colors (void)
{
  return colors;
}

/**
 * wb_account_get_color:
 * @self: an account
 *
 * Returns: (transfer none): the color of its mark, one of wb_account_get_colors()
 */
const char *
wb_account_get_color (WbAccount *self)
{
  const char *value;

  g_return_val_if_fail (WB_IS_ACCOUNT (self), NULL);

  value = wb_account_get (self, WB_ACCOUNT_MARK_COLOR);

  return g_strv_contains (colors, value) ? value : colors[0];
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
 * A cloud that is not listed requires the addresses of the service and the identity service.
 *
 * Returns: (transfer full) (nullable): %NULL if all is well, else the reason as a translated
 *   sentence that can be shown beside the field
 */
char *
wb_account_validate (WbAccount     *self,
                     WbClouds      *clouds,
                     WbAccountField field)
{
  g_return_val_if_fail (WB_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (clouds != NULL, NULL);
  g_return_val_if_fail ((guint) field < WB_ACCOUNT_N_FIELDS, NULL);

  if (fields[field].use == WB_ACCOUNT_FIELD_PASSWORD
      && wb_account_get_auth_method (self) != WB_AUTH_PASSWORD)
    return NULL;

  return fields[field].validate (self, clouds, wb_account_get (self, field));
}

/**
 * wb_account_validate_sign_in:
 * @self: an account, maybe half filled in
 * @clouds: the clouds
 * @to_project: whether to sign in to the account's project, or to none
 *
 * Whether all settings that a sign-in takes are well-formed; the others may still be missing.
 *
 * Returns: (transfer full) (nullable): %NULL if so, else the first reason as a translated sentence
 */
char *
wb_account_validate_sign_in (WbAccount *self,
                             WbClouds  *clouds,
                             gboolean   to_project)
{
  char *reason = NULL;

  for (guint i = 0; reason == NULL && i < WB_ACCOUNT_N_FIELDS; i++)
    {
      if (fields[i].use == WB_ACCOUNT_FIELD_SIGN_IN
          || fields[i].use == WB_ACCOUNT_FIELD_PASSWORD
          || (fields[i].use == WB_ACCOUNT_FIELD_PROJECT && to_project))
        reason = wb_account_validate (self, clouds, (WbAccountField) i);
    }

  return reason;
}

/**
 * wb_account_signs_in_like:
 * @self: an account
 * @other: an account
 *
 * Returns: %TRUE if the UUIDs are the same, and all settings that say who signs in where, and to
 *   what
 */
gboolean
wb_account_signs_in_like (WbAccount *self,
                          WbAccount *other)
{
  g_return_val_if_fail (WB_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (WB_IS_ACCOUNT (other), FALSE);

  for (WbAccountField i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      if (fields[i].use != WB_ACCOUNT_FIELD_LABEL && fields[i].use != WB_ACCOUNT_FIELD_SECRET
          && !g_str_equal (wb_account_get (self, i), wb_account_get (other, i)))
        return FALSE;
    }

  return g_str_equal (wb_account_get_uuid (self), wb_account_get_uuid (other))
         && wb_account_get_auth_method (self) == wb_account_get_auth_method (other);
}

/**
 * wb_account_duplicate:
 * @self: an account
 * @name: the new one's name, such as wb_account_store_dup_free_name() gives it
 *
 * Returns: (transfer full): an account with the same settings and a UUID of its own, so that it has
 *   no secret yet
 */
WbAccount *
wb_account_duplicate (WbAccount  *self,
                      const char *name)
{
  WbAccount *copy;

  g_return_val_if_fail (WB_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  copy = wb_account_new ();
  for (WbAccountField i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      if (fields[i].use != WB_ACCOUNT_FIELD_SECRET)
        wb_account_set (copy, i, wb_account_get (self, i));
    }
  wb_account_set (copy, WB_ACCOUNT_NAME, name);
  wb_account_set_auth_method (copy, wb_account_get_auth_method (self));
  wb_account_set_workspaces (copy, wb_account_get_workspaces (self));

  return copy;
}
