/* entry.c: a handle on one node of an archive
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/list/entry-list.h"

#include "core/archive/connection/connection.h"
#include "core/text.h"

struct _WbEntry
{
  GObject parent_instance;

  WbArchive *archive; /* (owned) */
  guint      node;
  char      *name; /* (owned) (nullable): made when it is first asked for */
};

G_DEFINE_FINAL_TYPE (WbEntry, wb_entry, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  PROP_PATH,
  PROP_TYPE_NAME,
  PROP_ADDRESS,
  PROP_ICON_NAME,
  PROP_KIND,
  PROP_SIZE_BYTES,
  PROP_PROBLEMS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
wb_entry_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  WbEntry *self = WB_ENTRY (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, wb_entry_get_name (self));
      break;
    case PROP_PATH:
      g_value_take_string (value, wb_archive_dup_path (self->archive, self->node));
      break;
    case PROP_TYPE_NAME:
      g_value_set_string (value, wb_entry_get_type_name (self));
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, wb_entry_get_address (self));
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, wb_entry_get_icon_name (self));
      break;
    case PROP_KIND:
      g_value_set_int (value, (int) wb_entry_get_kind (self));
      break;
    case PROP_SIZE_BYTES:
      g_value_set_uint64 (value, wb_entry_get_size_bytes (self));
      break;
    case PROP_PROBLEMS:
      g_value_set_uint (value, wb_entry_get_problems (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
wb_entry_finalize (GObject *object)
{
  WbEntry *self = WB_ENTRY (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->archive);

  G_OBJECT_CLASS (wb_entry_parent_class)->finalize (object);
}

static void
wb_entry_class_init (WbEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wb_entry_get_property;
  object_class->finalize = wb_entry_finalize;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  props[PROP_TYPE_NAME] = g_param_spec_string ("type-name", NULL, NULL, NULL, flags);
  props[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  props[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  props[PROP_KIND] = g_param_spec_int ("kind", NULL, NULL, WB_NODE_ROOT, WB_NODE_LINK,
                                       WB_NODE_ROOT, flags);
  props[PROP_SIZE_BYTES] = g_param_spec_uint64 ("size-bytes", NULL, NULL, 0, G_MAXUINT64, 0,
                                                flags);
  props[PROP_PROBLEMS] = g_param_spec_uint ("problems", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wb_entry_init (WbEntry *self)
{
}

/**
 * wb_entry_new:
 * @archive: an archive
 * @node: one of its nodes
 * @name: (nullable): another name than its own, as it is; it is escaped here
 *
 * Returns: (transfer full): a handle
 */
WbEntry *
wb_entry_new (WbArchive  *archive,
              guint       node,
              const char *name)
{
  WbEntry *self;

  g_return_val_if_fail (WB_IS_ARCHIVE (archive), NULL);
  g_return_val_if_fail (node < wb_archive_get_n_nodes (archive), NULL);

  self = g_object_new (WB_TYPE_ENTRY, NULL);
  self->archive = g_object_ref (archive);
  self->node = node;
  if (name != NULL)
    self->name = wb_text_escape (name, -1);

  return self;
}

WbArchive *
wb_entry_get_archive (WbEntry *self)
{
  g_return_val_if_fail (WB_IS_ENTRY (self), NULL);

  return self->archive;
}

guint
wb_entry_get_node (WbEntry *self)
{
  g_return_val_if_fail (WB_IS_ENTRY (self), 0);

  return self->node;
}

WbNodeKind
wb_entry_get_kind (WbEntry *self)
{
  g_return_val_if_fail (WB_IS_ENTRY (self), WB_NODE_FILE);

  return wb_archive_get_kind (self->archive, self->node);
}

const char *
wb_entry_get_name (WbEntry *self)
{
  g_return_val_if_fail (WB_IS_ENTRY (self), NULL);

  if (self->name == NULL)
    self->name = wb_archive_dup_name (self->archive, self->node);

  return self->name;
}

const char *
wb_entry_get_type_name (WbEntry *self)
{
  g_return_val_if_fail (WB_IS_ENTRY (self), NULL);

  return wb_archive_get_type_name (self->archive, self->node);
}

/**
 * wb_entry_get_address:
 * @self: an entry
 *
 * Returns: (transfer none): as wb_archive_get_address()
 */
const char *
wb_entry_get_address (WbEntry *self)
{
  g_return_val_if_fail (WB_IS_ENTRY (self), NULL);

  return wb_archive_get_address (self->archive, self->node);
}

/**
 * wb_entry_get_icon_name:
 * @self: an entry
 *
 * Returns: (transfer none): the name of a symbolic icon for what it is
 */
const char *
wb_entry_get_icon_name (WbEntry *self)
{
  g_return_val_if_fail (WB_IS_ENTRY (self), NULL);

  switch (wb_archive_get_kind (self->archive, self->node))
    {
    case WB_NODE_ROOT:
      return "package-x-generic-symbolic";
    case WB_NODE_FOLDER:
      return "folder-symbolic";
    case WB_NODE_CONNECTION:
      return wb_connection_type_get_icon_name (
        wb_connection_type_from_name (wb_entry_get_type_name (self)));
    case WB_NODE_LINK:
      return "insert-link-symbolic";
    case WB_NODE_FILE:
    default:
      return "text-x-generic-symbolic";
    }
}

guint64
wb_entry_get_size_bytes (WbEntry *self)
{
  g_return_val_if_fail (WB_IS_ENTRY (self), 0);

  return wb_archive_get_size_bytes (self->archive, self->node);
}

WbProblems
wb_entry_get_problems (WbEntry *self)
{
  g_return_val_if_fail (WB_IS_ENTRY (self), 0);

  return wb_archive_get_node_problems (self->archive, self->node);
}
