/* directory-item.c: a project or a workspace that the service knows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/directory/directory-item.h"

struct _WbDirectoryItem
{
  GObject parent_instance;

  char *name;     /* (owned) */
  char *id;       /* (owned) */
  char *instance; /* (owned) */
};

G_DEFINE_FINAL_TYPE (WbDirectoryItem, wb_directory_item, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  PROP_ID,
  PROP_INSTANCE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
wb_directory_item_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  WbDirectoryItem *self = WB_DIRECTORY_ITEM (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_INSTANCE:
      g_value_set_string (value, self->instance);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_directory_item_finalize (GObject *object)
{
  WbDirectoryItem *self = WB_DIRECTORY_ITEM (object);

  g_free (self->name);
  g_free (self->id);
  g_free (self->instance);

  G_OBJECT_CLASS (wb_directory_item_parent_class)->finalize (object);
}

static void
wb_directory_item_class_init (WbDirectoryItemClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wb_directory_item_get_property;
  object_class->finalize = wb_directory_item_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, "", flags);
  properties[PROP_INSTANCE] = g_param_spec_string ("instance", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_directory_item_init (WbDirectoryItem *self)
{
}

/**
 * wb_directory_item_new:
 * @name: its name
 * @id: its ID
 * @instance: the name of the instance it is in, or empty
 *
 * Returns: (transfer full): a project or a workspace
 */
WbDirectoryItem *
wb_directory_item_new (const char *name,
                       const char *id,
                       const char *instance)
{
  WbDirectoryItem *self;

  g_return_val_if_fail (name != NULL && id != NULL && instance != NULL, NULL);

  self = g_object_new (WB_TYPE_DIRECTORY_ITEM, NULL);
  self->name = g_strdup (name);
  self->id = g_strdup (id);
  self->instance = g_strdup (instance);

  return self;
}

const char *
wb_directory_item_get_name (WbDirectoryItem *self)
{
  g_return_val_if_fail (WB_IS_DIRECTORY_ITEM (self), NULL);

  return self->name;
}

/**
 * wb_directory_item_get_id:
 * @self: a project or a workspace
 *
 * Returns: its ID, which can stand in a header
 */
const char *
wb_directory_item_get_id (WbDirectoryItem *self)
{
  g_return_val_if_fail (WB_IS_DIRECTORY_ITEM (self), NULL);

  return self->id;
}

/**
 * wb_directory_item_get_instance:
 * @self: a project or a workspace
 *
 * Returns: the name of a workspace's instance, empty for a project
 */
const char *
wb_directory_item_get_instance (WbDirectoryItem *self)
{
  g_return_val_if_fail (WB_IS_DIRECTORY_ITEM (self), NULL);

  return self->instance;
}
