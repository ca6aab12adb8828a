/* workspace.c: a workspace of an account, as a person listed it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/accounts/workspace.h"

#include <glib/gi18n-lib.h>

#define MAX_ID_BYTES 64

struct _WbWorkspace
{
  GObject parent_instance;

  char *name; /* (owned) */
  char *id;   /* (owned) */
};

G_DEFINE_FINAL_TYPE (WbWorkspace, wb_workspace, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  PROP_ID,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
wb_workspace_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  WbWorkspace *self = WB_WORKSPACE (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_workspace_finalize (GObject *object)
{
  WbWorkspace *self = WB_WORKSPACE (object);

  g_free (self->name);
  g_free (self->id);

  G_OBJECT_CLASS (wb_workspace_parent_class)->finalize (object);
}

static void
wb_workspace_class_init (WbWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = wb_workspace_finalize;
  object_class->get_property = wb_workspace_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "",
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, "",
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_workspace_init (WbWorkspace *self)
{
}

/**
 * wb_workspace_new:
 * @name: (nullable): a name a person gave it
 * @id: (nullable): its ID; empty for the service's `default` workspace, which is the one an
 *   export without the header `workspace` is of
 *
 * Returns: (transfer full): a workspace; immutable
 */
WbWorkspace *
wb_workspace_new (const char *name,
                  const char *id)
{
  WbWorkspace *self = g_object_new (WB_TYPE_WORKSPACE, NULL);

  self->name = g_strdup (name != NULL ? name : "");
  self->id = g_strdup (id != NULL ? id : "");

  return self;
}

const char *
wb_workspace_get_name (WbWorkspace *self)
{
  g_return_val_if_fail (WB_IS_WORKSPACE (self), NULL);

  return self->name;
}

const char *
wb_workspace_get_id (WbWorkspace *self)
{
  g_return_val_if_fail (WB_IS_WORKSPACE (self), NULL);

  return self->id;
}

/**
 * wb_workspace_validate_id:
 * @id: a workspace's ID, as a person types it
 *
 * The service's own IDs have 32 hexadecimal digits, but no document promises that, so anything
 * that can stand in a request's header is let through; so is an empty one, for the service's
 * default workspace.
 *
 * Returns: (transfer full) (nullable): %NULL if all is well, else the reason as a translated
 *   sentence
 */
char *
wb_workspace_validate_id (const char *id)
{
  const char *p;

  g_return_val_if_fail (id != NULL, NULL);

  for (p = id; g_ascii_isgraph (*p); p++)
    ;
  if (*p != '\0' || p - id > MAX_ID_BYTES)
    /* Translators: the greatest number of characters. */
    return g_strdup_printf (_ ("A workspace ID has at most %d letters and digits: it is not the "
                               "workspace’s name."),
                            MAX_ID_BYTES);

  return NULL;
}
