/* environment.c: the values of other programs' variables, and of clouds.yaml
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/account/environment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/account/environment-private.h"
#include "core/absolute-path.h"
#include "core/error.h"
#include "core/text.h"

/* What clouds.yaml may hold of the secrets. */
static const char *const secret_variables[] = {
  "OS_PASSWORD",
  "OS_PASSCODE",
  "OS_TOKEN",
  "OS_AUTH_TOKEN",
  "OS_ACCESS_KEY",
  "OS_SECRET_KEY",
  "OS_SECURITY_TOKEN",
  "OS_APPLICATION_CREDENTIAL_SECRET",
};

static const char *
get_variable (const char *variable)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0' ? value : NULL;
}

/* Its key in clouds.yaml; %NULL if it has none there. */
static char *
dup_key (const char *variable)
{
  if (!g_str_has_prefix (variable, "OS_"))
    return NULL;

  return g_ascii_strdown (variable + strlen ("OS_"), -1);
}

static const char *
get_of_cloud (WbCliEnvironment *self,
              const char       *variable)
{
  g_autofree char *key = self->cloud != NULL ? dup_key (variable) : NULL;

  return key != NULL ? wb_openstack_cloud_get (self->cloud, key) : NULL;
}

/**
 * wb_cli_environment_get:
 * @self: the environment
 * @variable: a variable that holds no secret
 *
 * Returns: (transfer none) (nullable): its value, in clouds.yaml if a cloud is named; never empty
 */
const char *
wb_cli_environment_get (WbCliEnvironment *self,
                        const char       *variable)
{
  const char *value = get_of_cloud (self, variable);

  if (value == NULL && (self->cloud == NULL || self->is_mixed))
    value = get_variable (variable);

  return value;
}

/* A place in clouds.yaml, for a message. */
char *
wb_cli_environment_dup_cloud_origin (WbCliEnvironment *self,
                                     const char       *key)
{
  g_autofree char *safe_key = wb_text_escape (key, -1);

  /* Translators: a key in the file clouds.yaml, and the name of a cloud in it. */
  return g_strdup_printf (_ ("“%s” of the cloud “%s” in clouds.yaml"), safe_key, self->cloud_name);
}

/**
 * wb_cli_environment_dup_origin:
 * @self: the environment
 * @variable: a variable that is set
 *
 * Returns: (transfer full): where its value comes from, for a message
 */
char *
wb_cli_environment_dup_origin (WbCliEnvironment *self,
                               const char       *variable)
{
  g_autofree char *key = dup_key (variable);

  return get_of_cloud (self, variable) != NULL ? wb_cli_environment_dup_cloud_origin (self, key)
                                               : g_strdup (variable);
}

/**
 * wb_cli_environment_dup_url:
 * @self: the environment
 * @family: OpenStack's variables or the Terraform provider's
 *
 * Returns: (transfer full) (nullable): the address of the identity service, with the region in it
 *   where clouds.yaml leaves it open
 */
char *
wb_cli_environment_dup_url (WbCliEnvironment *self,
                            WbCliFamily       family)
{
  const char *url = wb_cli_environment_get (self, family == WB_CLI_FAMILY_HW ? "HW_AUTH_URL"
                                                                             : "OS_AUTH_URL");
  const char *region = wb_cli_environment_get (self, "OS_REGION_NAME");
  g_autoptr (GString) text = NULL;

  if (url == NULL || family != WB_CLI_FAMILY_OS)
    return g_strdup (url);

  text = g_string_new (url);
  if (region == NULL && self->cloud != NULL)
    region = wb_openstack_cloud_get (self->cloud, "regions");
  if (region != NULL && self->cloud != NULL)
    {
      g_autofree char *first = g_strndup (region, strcspn (region, ","));

      g_string_replace (text, "{region_name}", first, 0);
      g_string_replace (text, "%(region_name)s", first, 0);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wb_cli_environment_set:
 * @self: the environment
 * @account: an account that is being made
 * @field: which setting
 * @value: its value
 * @variable: the variable it is from
 *
 * Sets it, and notes where it comes from.
 */
void
wb_cli_environment_set (WbCliEnvironment *self,
                        WbAccount        *account,
                        WbAccountField    field,
                        const char       *value,
                        const char       *variable)
{
  g_autofree char *path = NULL;

  /* Settings hold absolute paths. */
  if (field == WB_ACCOUNT_CA_FILE)
    path = wb_absolute_path_new (value);
  wb_account_set (account, field, path != NULL ? path : value);
  g_free (self->origins[field]);
  self->origins[field] = wb_cli_environment_dup_origin (self, variable);
}

/* The cloud's secrets take the place of those in the environment. */
static void
offer_secrets (WbCliEnvironment *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (secret_variables); i++)
    {
      const char *value = get_of_cloud (self, secret_variables[i]);

      if (value != NULL)
        {
          g_autofree char *origin = wb_cli_environment_dup_origin (self, secret_variables[i]);

          wb_cli_secrets_offer (self->secrets, secret_variables[i], value, origin);
        }
    }
}

/**
 * wb_cli_environment_new:
 * @os_cloud: (nullable): the name of a cloud in clouds.yaml
 * @secrets: what the environment held of secrets; outlives the environment
 * @error: return location
 *
 * What a named cloud does not say, OpenStack's variables may, unless `OS_AUTH_URL` is for another.
 *
 * Returns: (transfer full): the environment; %NULL with %WB_ERROR_INVALID if there is no such cloud
 */
WbCliEnvironment *
wb_cli_environment_new (const char   *os_cloud,
                        WbCliSecrets *secrets,
                        GError      **error)
{
  g_autoptr (WbCliEnvironment) self = g_new0 (WbCliEnvironment, 1);
  g_autofree char *of_cloud = NULL;
  const char      *auth_url = get_variable ("OS_AUTH_URL");

  self->secrets = secrets;
  if (os_cloud == NULL)
    return g_steal_pointer (&self);

  self->cloud = wb_cli_os_cloud_load (os_cloud, error);
  if (self->cloud == NULL)
    return NULL;
  self->cloud_name = g_strdup (os_cloud);
  of_cloud = wb_cli_environment_dup_url (self, WB_CLI_FAMILY_OS);
  if (auth_url == NULL || of_cloud == NULL)
    {
      self->is_mixed = TRUE;
    }
  else
    {
      g_autofree char *one = wb_endpoints_normalize (auth_url, NULL);
      g_autofree char *other = wb_endpoints_normalize (of_cloud, NULL);

      self->is_mixed = one != NULL && g_strcmp0 (one, other) == 0;
    }
  offer_secrets (self);

  return g_steal_pointer (&self);
}

void
wb_cli_environment_free (WbCliEnvironment *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->cloud, wb_openstack_cloud_free);
  g_free (self->cloud_name);
  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    g_free (self->origins[i]);
  g_free (self);
}

/* Where a setting that was filled in comes from; %NULL for any other. */
const char *
wb_cli_environment_get_origin (WbCliEnvironment *self,
                               WbAccountField    field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) field < WB_ACCOUNT_N_FIELDS, NULL);

  return self->origins[field];
}
