/* environment-family.c: whose variables count, how they sign in, and which are refused
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/account/environment-private.h"
#include "cli/terminal/output.h"
#include "core/error.h"
#include "core/text.h"

typedef enum
{
  REFUSED,   /* it would change who signs in, or how */
  NOT_TAKEN, /* nothing is done with it, which is said; what is checked is checked anyway */
} Fate;

/* What their own tools would do something with. */
static const struct
{
  WbCliFamily family;
  const char *variable;
  Fate        fate;
} not_supported[] = {
  { WB_CLI_FAMILY_OS, "OS_SYSTEM_SCOPE", REFUSED },
  { WB_CLI_FAMILY_OS, "OS_TRUST_ID", REFUSED },
  { WB_CLI_FAMILY_OS, "OS_CERT", REFUSED },
  { WB_CLI_FAMILY_OS, "OS_KEY", REFUSED },
  { WB_CLI_FAMILY_OS, "OS_IDENTITY_PROVIDER", REFUSED },
  { WB_CLI_FAMILY_OS, "OS_PROTOCOL", REFUSED },
  { WB_CLI_FAMILY_OS, "OS_ACCESS_TOKEN", REFUSED },
  { WB_CLI_FAMILY_OS, "OS_DELEGATED_PROJECT", REFUSED },
  { WB_CLI_FAMILY_OS, "OS_INSECURE", NOT_TAKEN },
  { WB_CLI_FAMILY_HW, "HW_SHARED_CONFIG_FILE", REFUSED },
  { WB_CLI_FAMILY_HW, "HW_PROFILE", REFUSED },
  { WB_CLI_FAMILY_HW, "HW_ASSUME_ROLE_DOMAIN_ID", REFUSED },
  { WB_CLI_FAMILY_HW, "HW_ASSUME_ROLE_IDP_ID", REFUSED },
  { WB_CLI_FAMILY_HW, "HW_ASSUME_ROLE_ID_TOKEN", REFUSED },
  { WB_CLI_FAMILY_HW, "HW_ASSUME_ROLE_ID_TOKEN_FILE", REFUSED },
  { WB_CLI_FAMILY_HW, "HW_INSECURE", NOT_TAKEN },
  { WB_CLI_FAMILY_SDK, "HUAWEICLOUD_SDK_IDP_ID", REFUSED },
  { WB_CLI_FAMILY_SDK, "HUAWEICLOUD_SDK_ID_TOKEN_FILE", REFUSED },
  { WB_CLI_FAMILY_SDK, "HUAWEICLOUD_SDK_DERIVED_AUTH_SERVICE_NAME", REFUSED },
  { WB_CLI_FAMILY_SDK, "HUAWEICLOUD_SDK_DERIVED_PREDICATE", REFUSED },
};

/* The ways to sign in of keystoneauth that there are here. */
static const struct
{
  const char  *name;
  WbAuthMethod method;
  gboolean     is_application;
} auth_types[] = {
  { "password", WB_AUTH_PASSWORD },
  { "v3password", WB_AUTH_PASSWORD },
  { "v3multifactor", WB_AUTH_PASSWORD },
  { "token", WB_AUTH_TOKEN },
  { "v3token", WB_AUTH_TOKEN },
  { "v3applicationcredential", WB_AUTH_PASSWORD, TRUE },
};

/* A switch of a variable or of clouds.yaml that is off. */
gboolean
wb_cli_environment_is_false (const char *value)
{
  static const char *const words[] = { "0", "false", "no", "off", "n", "f", NULL };
  g_autofree char         *lower = g_ascii_strdown (value, -1);

  return g_strv_contains (words, lower);
}

/* Whether a host of Huawei Cloud's identity service, or of another one that `HW_CLOUD` names. */
static gboolean
is_hw_address (WbCliEnvironment *self,
               const char       *identity_url)
{
  const char *domain = wb_cli_environment_get (self, "HW_CLOUD");
  g_autoptr (GUri) uri = g_uri_parse (identity_url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *suffix = NULL;
  const char      *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL)
    return FALSE;
  if (domain == NULL)
    return g_str_has_suffix (host, ".myhuaweicloud.com")
           || g_str_has_suffix (host, ".myhuaweicloud.eu");

  suffix = g_strconcat (".", domain, NULL);

  return g_str_has_suffix (host, suffix);
}

static gboolean
is_same_address (const char *url,
                 const char *identity_url)
{
  g_autofree char *normal = url != NULL ? wb_endpoints_normalize (url, NULL) : NULL;

  return normal != NULL && g_str_equal (normal, identity_url);
}

/**
 * wb_cli_environment_is_active:
 * @self: the environment
 * @family: a program's variables
 * @account: an account with its addresses in place
 * @clouds: the clouds
 *
 * OpenStack's variables are for the identity service at `OS_AUTH_URL`, the Terraform provider's for
 * that at `HW_AUTH_URL` or else for Huawei Cloud; a key of the software kits, which never leaves
 * this computer, for any. Secrets of our own take precedence over all of them, but not over a cloud
 * that is named.
 *
 * Returns: whether they count for the account
 */
gboolean
wb_cli_environment_is_active (WbCliEnvironment *self,
                              WbCliFamily       family,
                              WbAccount        *account,
                              WbClouds         *clouds)
{
  g_autoptr (WbEndpoints) endpoints = wb_account_dup_endpoints (account, clouds, NULL);
  const char      *identity_url = endpoints != NULL
                                    ? endpoints->identity_url
                                    : wb_account_get (account, WB_ACCOUNT_IDENTITY_URL);
  const char      *auth_type = wb_cli_environment_get (self, "OS_AUTH_TYPE");
  g_autofree char *url = NULL;

  if (self->cloud == NULL && wb_cli_secrets_has_own (self->secrets))
    return FALSE;

  switch (family)
    {
    case WB_CLI_FAMILY_SDK:
      return self->cloud == NULL;

    case WB_CLI_FAMILY_HW:
      url = wb_cli_environment_dup_url (self, family);
      return self->cloud == NULL
             && (url != NULL ? is_same_address (url, identity_url)
                             : is_hw_address (self, identity_url));

    case WB_CLI_FAMILY_OS_APPLICATION:
      if (auth_type != NULL && !g_str_equal (auth_type, "v3applicationcredential"))
        return FALSE;
      G_GNUC_FALLTHROUGH;
    case WB_CLI_FAMILY_OS:
    default:
      url = wb_cli_environment_dup_url (self, WB_CLI_FAMILY_OS);
      return is_same_address (url, identity_url);
    }
}

/* Returns: %FALSE with %WB_ERROR_INVALID that names it */
gboolean
wb_cli_environment_reject (const char *origin,
                           GError    **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: the name of an environment variable, or a place in a file. */
               _ ("%s is set, which Waybill does not support. Unset it, or sign in in another "
                  "way."),
               origin);

  return FALSE;
}

static gboolean
set_wrong_value (WbCliEnvironment *self,
                 const char       *variable,
                 const char       *value,
                 GError          **error)
{
  g_autofree char *origin = wb_cli_environment_dup_origin (self, variable);
  g_autofree char *shown = wb_text_escape (value, -1);

  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: the name of a variable, or a place in a file; its value. */
               _ ("%s is “%s”, which Waybill does not support."), origin, shown);

  return FALSE;
}

/* A token for a domain cannot export, so as another name for the user's domain it is welcome. */
static gboolean
check_domain_scope (WbCliEnvironment *self,
                    WbAccount        *account,
                    GError          **error)
{
  static const struct
  {
    const char    *variable;
    WbAccountField field;
  } scopes[] = {
    { "OS_DOMAIN_ID", WB_ACCOUNT_DOMAIN_ID },
    { "OS_DOMAIN_NAME", WB_ACCOUNT_DOMAIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      const char      *value = wb_cli_environment_get (self, scopes[i].variable);
      const char      *domain = wb_account_get (account, scopes[i].field);
      g_autofree char *origin = NULL;

      if (value == NULL || *domain == '\0' || g_str_equal (value, domain))
        continue;
      origin = wb_cli_environment_dup_origin (self, scopes[i].variable);
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   /* Translators: the name of an environment variable, or a place in a file. */
                   _ ("%s asks for a sign-in to a domain other than the user’s, but an export "
                      "needs a project. Unset it."),
                   origin);
      return FALSE;
    }

  return TRUE;
}

/* The other one that there is, SM3, makes other signatures. */
static gboolean
check_algorithm (WbCliEnvironment *self,
                 GError          **error)
{
  const char *algorithm = wb_cli_environment_get (self, "HW_SIGNING_ALGORITHM");

  if (algorithm == NULL || g_ascii_strcasecmp (algorithm, "HmacSHA256") == 0)
    return TRUE;

  return set_wrong_value (self, "HW_SIGNING_ALGORITHM", algorithm, error);
}

static gboolean
check_methods (WbCliEnvironment *self,
               GError          **error)
{
  const char *version = wb_cli_environment_get (self, "OS_IDENTITY_API_VERSION");
  const char *list = wb_cli_environment_get (self, "OS_AUTH_METHODS");
  g_auto (GStrv) methods = g_strsplit (list != NULL ? list : "", ",", -1);

  if (version != NULL && *version != '3' && !g_str_has_prefix (version, "v3"))
    return set_wrong_value (self, "OS_IDENTITY_API_VERSION", version, error);

  for (guint i = 0; methods[i] != NULL; i++)
    {
      static const char *const known[] = { "", "password", "v3password", "totp", "v3totp", NULL };

      if (!g_strv_contains (known, g_strstrip (methods[i])))
        return set_wrong_value (self, "OS_AUTH_METHODS", methods[i], error);
    }

  return TRUE;
}

/* Says that a switch which turns the check of certificates off does not. */
void
wb_cli_environment_note_check (const char *origin)
{
  /* Translators: the name of a variable or a place in a file. */
  wb_cli_output_note (_ ("%s is not followed: the service’s certificate is always checked."),
                      origin);
}

/**
 * wb_cli_environment_refuse:
 * @self: the environment
 * @family: a program's variables, which count
 * @account: the account they have filled
 * @error: return location
 *
 * Returns: %FALSE with %WB_ERROR_INVALID that names one which would change the meaning, and is not
 *   supported
 */
gboolean
wb_cli_environment_refuse (WbCliEnvironment *self,
                           WbCliFamily       family,
                           WbAccount        *account,
                           GError          **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (not_supported); i++)
    {
      const char      *variable = not_supported[i].variable;
      const char      *value = wb_cli_environment_get (self, variable);
      g_autofree char *origin = NULL;

      if (not_supported[i].family != family || value == NULL)
        continue;
      origin = wb_cli_environment_dup_origin (self, variable);
      if (not_supported[i].fate == REFUSED)
        return wb_cli_environment_reject (origin, error);
      if (wb_cli_environment_is_false (value))
        continue;
      wb_cli_environment_note_check (origin);
    }

  if (family == WB_CLI_FAMILY_HW)
    return check_algorithm (self, error);
  if (family != WB_CLI_FAMILY_OS)
    return TRUE;

  return check_methods (self, error) && check_domain_scope (self, account, error);
}

static WbAuthMethod
choose_by_secrets (WbCliEnvironment *self,
                   WbCliFamily       family)
{
  if (wb_cli_secrets_has_foreign (self->secrets, family, WB_CLI_PASSWORD)
      && family == WB_CLI_FAMILY_OS)
    return WB_AUTH_PASSWORD;
  if (wb_cli_secrets_has_foreign (self->secrets, family, WB_CLI_ACCESS_KEY)
      && family != WB_CLI_FAMILY_OS)
    return WB_AUTH_KEY;
  if (wb_cli_secrets_has_foreign (self->secrets, family, WB_CLI_TOKEN))
    return WB_AUTH_TOKEN;
  if (wb_cli_secrets_has_foreign (self->secrets, family, WB_CLI_ACCESS_KEY))
    return WB_AUTH_KEY;

  return WB_AUTH_PASSWORD;
}

static gboolean
choose_by_type (WbCliEnvironment *self,
                const char       *auth_type,
                WbAuthMethod     *method,
                GError          **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (auth_types); i++)
    {
      if (g_str_equal (auth_types[i].name, auth_type))
        {
          *method = auth_types[i].method;
          return TRUE;
        }
    }

  return set_wrong_value (self, "OS_AUTH_TYPE", auth_type, error);
}

/**
 * wb_cli_environment_choose_method:
 * @self: the environment
 * @account: an account with its addresses in place, for which nobody has said how to sign in
 * @clouds: the clouds
 * @method: (inout): how to sign in; left alone where the variables do not say it
 * @error: return location
 *
 * As the variables' own tools choose: `OS_AUTH_TYPE`, else by what there is.
 *
 * Returns: %FALSE with %WB_ERROR_INVALID if it is a way that is not supported
 */
gboolean
wb_cli_environment_choose_method (WbCliEnvironment *self,
                                  WbAccount        *account,
                                  WbClouds         *clouds,
                                  WbAuthMethod     *method,
                                  GError          **error)
{
  const char *auth_type;
  gboolean    has_user;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (method != NULL, FALSE);

  auth_type = wb_cli_environment_get (self, "OS_AUTH_TYPE");
  has_user = *wb_account_get (account, WB_ACCOUNT_USER) != '\0'
             || *wb_account_get (account, WB_ACCOUNT_USER_ID) != '\0';

  if (wb_cli_environment_is_active (self, WB_CLI_FAMILY_OS, account, clouds))
    {
      if (auth_type != NULL)
        return choose_by_type (self, auth_type, method, error);
      if (!has_user && wb_cli_environment_get (self, "OS_APPLICATION_CREDENTIAL_ID") == NULL
          && wb_cli_environment_get (self, "OS_APPLICATION_CREDENTIAL_NAME") == NULL)
        *method = choose_by_secrets (self, WB_CLI_FAMILY_OS);
    }
  else if (!has_user && wb_cli_environment_is_active (self, WB_CLI_FAMILY_HW, account, clouds)
           && (wb_cli_secrets_has_foreign (self->secrets, WB_CLI_FAMILY_HW, WB_CLI_ACCESS_KEY)
               || wb_cli_secrets_has_foreign (self->secrets, WB_CLI_FAMILY_HW, WB_CLI_TOKEN)
               || wb_cli_secrets_has_foreign (self->secrets, WB_CLI_FAMILY_HW, WB_CLI_PASSWORD)))
    {
      *method = choose_by_secrets (self, WB_CLI_FAMILY_HW);
    }
  else if (!has_user && wb_cli_environment_is_active (self, WB_CLI_FAMILY_SDK, account, clouds)
           && wb_cli_secrets_has_foreign (self->secrets, WB_CLI_FAMILY_SDK, WB_CLI_ACCESS_KEY))
    {
      *method = WB_AUTH_KEY;
    }

  return TRUE;
}
