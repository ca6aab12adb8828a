/* found-key.c: an access key that was found in a file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/found-key.h"

#define HINT_CHARS 4

struct _WbFoundKey
{
  GObject parent_instance;

  char          *name;        /* (owned) */
  char          *hint;        /* (owned) */
  char          *project_id;  /* (owned) (nullable) */
  WbCredentials *credentials; /* (owned) */
};

G_DEFINE_FINAL_TYPE (WbFoundKey, wb_found_key, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  PROP_HINT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
wb_found_key_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  WbFoundKey *self = WB_FOUND_KEY (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_found_key_finalize (GObject *object)
{
  WbFoundKey *self = WB_FOUND_KEY (object);

  g_free (self->name);
  g_free (self->hint);
  g_free (self->project_id);
  g_clear_pointer (&self->credentials, wb_credentials_unref);

  G_OBJECT_CLASS (wb_found_key_parent_class)->finalize (object);
}

static void
wb_found_key_class_init (WbFoundKeyClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wb_found_key_get_property;
  object_class->finalize = wb_found_key_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_found_key_init (WbFoundKey *self)
{
}

WbFoundKey *
wb_found_key_new (const char    *name,
                  const char    *project_id,
                  WbCredentials *credentials)
{
  WbFoundKey *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (credentials != NULL, NULL);

  self = g_object_new (WB_TYPE_FOUND_KEY, NULL);
  self->name = g_strdup (name);
  self->hint = g_strdup_printf ("%.*s…", HINT_CHARS, wb_credentials_get_access_key (credentials));
  self->project_id = g_strdup (project_id);
  self->credentials = wb_credentials_ref (credentials);

  return self;
}

const char *
wb_found_key_get_name (WbFoundKey *self)
{
  g_return_val_if_fail (WB_IS_FOUND_KEY (self), NULL);

  return self->name;
}

const char *
wb_found_key_get_hint (WbFoundKey *self)
{
  g_return_val_if_fail (WB_IS_FOUND_KEY (self), NULL);

  return self->hint;
}

WbCredentials *
wb_found_key_get_credentials (WbFoundKey *self)
{
  g_return_val_if_fail (WB_IS_FOUND_KEY (self), NULL);

  return self->credentials;
}

/**
 * wb_found_key_new_account:
 * @self: a key
 * @name: the account's name, such as wb_account_store_dup_free_name() gives it
 *
 * Returns: (transfer full): an account that signs in by the key; its cloud and region are to be
 *   chosen
 */
WbAccount *
wb_found_key_new_account (WbFoundKey *self,
                          const char *name)
{
  WbAccount *account;

  g_return_val_if_fail (WB_IS_FOUND_KEY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  account = wb_account_new ();
  wb_account_set (account, WB_ACCOUNT_NAME, name);
  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, self->project_id);
  wb_account_set_auth_method (account, WB_AUTH_KEY);

  return account;
}
