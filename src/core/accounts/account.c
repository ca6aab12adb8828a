/* account.c: one account's settings, none of them secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/account.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/error.h"

struct _WbAccount
{
  GObject parent_instance;

  char        *uuid;                        /* (owned) */
  char        *fields[WB_ACCOUNT_N_FIELDS]; /* (owned) */
  WbAuthMethod auth_method;
  GListStore  *workspaces; /* (owned) (element-type WbWorkspace) */
  gboolean     transient;
};

G_DEFINE_FINAL_TYPE (WbAccount, wb_account, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* The account's own address, or else the region's. Spaces alone are not an address. */
static const char *
get_url (WbAccount     *self,
         WbAccountField field,
         const char    *of_region)
{
  const char *url = self->fields[field];

  return url[strspn (url, " \t\r\n")] != '\0' ? url : of_region;
}

static void
wb_account_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  WbAccount *self = WB_ACCOUNT (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->fields[WB_ACCOUNT_NAME]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_account_dispose (GObject *object)
{
  WbAccount *self = WB_ACCOUNT (object);

  g_clear_object (&self->workspaces);

  G_OBJECT_CLASS (wb_account_parent_class)->dispose (object);
}

static void
wb_account_finalize (GObject *object)
{
  WbAccount *self = WB_ACCOUNT (object);

  g_free (self->uuid);
  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    g_free (self->fields[i]);

  G_OBJECT_CLASS (wb_account_parent_class)->finalize (object);
}

static void
wb_account_class_init (WbAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wb_account_dispose;
  object_class->finalize = wb_account_finalize;
  object_class->get_property = wb_account_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "",
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_account_init (WbAccount *self)
{
  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    self->fields[i] = g_strdup ("");
  self->workspaces = g_list_store_new (WB_TYPE_WORKSPACE);
}

/* With a new UUID, no settings, no workspaces, and sign-in by password. */
WbAccount *
wb_account_new (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return wb_account_new_with_uuid (uuid);
}

WbAccount *
wb_account_new_with_uuid (const char *uuid)
{
  WbAccount *self;

  g_return_val_if_fail (uuid != NULL, NULL);

  self = g_object_new (WB_TYPE_ACCOUNT, NULL);
  self->uuid = g_strdup (uuid);

  return self;
}

/* With the same UUID. */
WbAccount *
wb_account_copy (WbAccount *self)
{
  WbAccount *copy;

  g_return_val_if_fail (WB_IS_ACCOUNT (self), NULL);

  copy = wb_account_new_with_uuid (self->uuid);
  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    wb_account_set (copy, (WbAccountField) i, self->fields[i]);
  copy->auth_method = self->auth_method;
  wb_account_set_workspaces (copy, G_LIST_MODEL (self->workspaces));
  copy->transient = self->transient;

  return copy;
}

gboolean
wb_account_equal (WbAccount *self,
                  WbAccount *other)
{
  guint n;

  g_return_val_if_fail (WB_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (WB_IS_ACCOUNT (other), FALSE);

  for (guint i = 0; i < WB_ACCOUNT_N_FIELDS; i++)
    {
      if (!g_str_equal (self->fields[i], other->fields[i]))
        return FALSE;
    }

  n = g_list_model_get_n_items (G_LIST_MODEL (self->workspaces));
  if (!g_str_equal (self->uuid, other->uuid)
      || self->auth_method != other->auth_method
      || self->transient != other->transient
      || g_list_model_get_n_items (G_LIST_MODEL (other->workspaces)) != n)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbWorkspace) a = g_list_model_get_item (G_LIST_MODEL (self->workspaces), i);
      g_autoptr (WbWorkspace) b = g_list_model_get_item (G_LIST_MODEL (other->workspaces), i);

      if (!g_str_equal (wb_workspace_get_name (a), wb_workspace_get_name (b))
          || !g_str_equal (wb_workspace_get_id (a), wb_workspace_get_id (b)))
        return FALSE;
    }

  return TRUE;
}

const char *
wb_account_get_uuid (WbAccount *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT (self), NULL);

  return self->uuid;
}

const char *
wb_account_get (WbAccount     *self,
                WbAccountField field)
{
  g_return_val_if_fail (WB_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail ((guint) field < WB_ACCOUNT_N_FIELDS, NULL);

  return self->fields[field];
}

/**
 * wb_account_set:
 * @self: an account
 * @field: which setting
 * @value: (nullable): its value; %NULL is the same as empty
 *
 * Takes any text: wb_account_validate() judges it.
 */
void
wb_account_set (WbAccount     *self,
                WbAccountField field,
                const char    *value)
{
  g_autofree char *old = NULL;

  g_return_if_fail (WB_IS_ACCOUNT (self));
  g_return_if_fail ((guint) field < WB_ACCOUNT_N_FIELDS);

  old = self->fields[field];
  self->fields[field] = g_strdup (value != NULL ? value : "");
  if (field == WB_ACCOUNT_NAME && !g_str_equal (old, self->fields[field]))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

WbAuthMethod
wb_account_get_auth_method (WbAccount *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT (self), WB_AUTH_PASSWORD);

  return self->auth_method;
}

void
wb_account_set_auth_method (WbAccount   *self,
                            WbAuthMethod method)
{
  g_return_if_fail (WB_IS_ACCOUNT (self));

  self->auth_method = method;
}

/* The items are of type #WbWorkspace, in the order that the person chose. */
GListModel *
wb_account_get_workspaces (WbAccount *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT (self), NULL);

  return G_LIST_MODEL (self->workspaces);
}

/* Copies the items out of the list. */
void
wb_account_set_workspaces (WbAccount  *self,
                           GListModel *workspaces)
{
  g_autoptr (GPtrArray) items = NULL;

  g_return_if_fail (WB_IS_ACCOUNT (self));
  g_return_if_fail (G_IS_LIST_MODEL (workspaces));

  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    g_ptr_array_add (items, g_list_model_get_item (workspaces, i));

  g_list_store_splice (self->workspaces, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->workspaces)),
                       items->pdata, items->len);
}

/* Whether neither the account nor its secret outlives this run. */
gboolean
wb_account_get_transient (WbAccount *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT (self), FALSE);

  return self->transient;
}

void
wb_account_set_transient (WbAccount *self,
                          gboolean   transient)
{
  g_return_if_fail (WB_IS_ACCOUNT (self));

  self->transient = !!transient;
}

/**
 * wb_account_has_expired_token:
 * @self: an account
 * @now: the moment to judge by
 *
 * Returns: %TRUE if the account signs in by a token whose expiry is known and over
 */
gboolean
wb_account_has_expired_token (WbAccount *self,
                              GDateTime *now)
{
  g_autoptr (GTimeZone) utc = NULL;
  g_autoptr (GDateTime) expires = NULL;

  g_return_val_if_fail (WB_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (now != NULL, FALSE);

  if (self->auth_method != WB_AUTH_TOKEN)
    return FALSE;

  utc = g_time_zone_new_utc ();
  expires = g_date_time_new_from_iso8601 (self->fields[WB_ACCOUNT_TOKEN_EXPIRES], utc);

  return expires != NULL && g_date_time_compare (expires, now) <= 0;
}

char *
wb_account_dup_label (WbAccount *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT (self), NULL);

  if (*self->fields[WB_ACCOUNT_MARK] == '\0')
    return g_strdup (self->fields[WB_ACCOUNT_NAME]);

  return g_strdup_printf ("%s (%s)", self->fields[WB_ACCOUNT_NAME], self->fields[WB_ACCOUNT_MARK]);
}

/**
 * wb_account_get_default_project:
 * @self: an account
 *
 * Each region comes with a project of its own, which bears the region's ID for a name.
 *
 * Returns: (transfer none) (nullable): the name of the project that the account signs in to, if it
 *   has neither the ID nor the name of one; %NULL if it has, or has no region
 */
const char *
wb_account_get_default_project (WbAccount *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT (self), NULL);

  if (*self->fields[WB_ACCOUNT_PROJECT_ID] != '\0'
      || *self->fields[WB_ACCOUNT_PROJECT_NAME] != '\0'
      || *self->fields[WB_ACCOUNT_REGION] == '\0')
    return NULL;

  return self->fields[WB_ACCOUNT_REGION];
}

/**
 * wb_account_dup_endpoints:
 * @self: an account
 * @clouds: the clouds
 * @error: (out) (optional): %WB_ERROR_INVALID with a sentence
 *
 * The account's own addresses where it has them, else those that follow from cloud and region.
 *
 * Returns: (transfer full) (nullable): the addresses
 */
WbEndpoints *
wb_account_dup_endpoints (WbAccount *self,
                          WbClouds  *clouds,
                          GError   **error)
{
  const WbCloud  *cloud;
  const WbRegion *region = NULL;
  const char     *service_url;
  const char     *identity_url;
  const char     *management_url;

  g_return_val_if_fail (WB_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (clouds != NULL, NULL);

  cloud = wb_clouds_find (clouds, self->fields[WB_ACCOUNT_CLOUD]);
  if (cloud != NULL)
    region = wb_cloud_find_region (cloud, self->fields[WB_ACCOUNT_REGION]);

  service_url = get_url (self, WB_ACCOUNT_SERVICE_URL, region != NULL ? region->service_url : NULL);
  identity_url = get_url (self, WB_ACCOUNT_IDENTITY_URL,
                          region != NULL ? region->identity_url : NULL);
  management_url = get_url (self, WB_ACCOUNT_MANAGEMENT_URL,
                            region != NULL ? region->management_url : NULL);
  if (service_url == NULL || identity_url == NULL)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID,
                           _ ("The account has neither a known region nor addresses of its own: "
                              "edit it and choose a region, or enter the service and identity "
                              "addresses."));
      return NULL;
    }

  return wb_endpoints_new (service_url, identity_url, management_url, error);
}
