/* entry.c: a handle on one node of an archive
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/list/entry-list.h"

#include "core/archive/connection/connection.h"
#include "core/archive/tree/inspection.h"
#include "core/text.h"

struct _WbEntry
{
  GObject parent_instance;

  WbArchive *archive; /* (owned) */
  guint      node;
  char      *name; /* (owned) (nullable): made when it is first asked for */
};

G_DEFINE_FINAL_TYPE (WbEntry, wb_entry, G_TYPE_OBJECT)

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
  G_OBJECT_CLASS (klass)->finalize = wb_entry_finalize;
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
 * Returns: (transfer full): a handle, which keeps the archive
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

/**
 * wb_entry_set_archive:
 * @self: an entry
 * @archive: its archive, of which more is known by now
 */
void
wb_entry_set_archive (WbEntry   *self,
                      WbArchive *archive)
{
  g_return_if_fail (WB_IS_ENTRY (self));
  g_return_if_fail (WB_IS_ARCHIVE (archive));

  g_set_object (&self->archive, archive);
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

const char *
wb_entry_get_text (WbEntry     *self,
                   WbDigestText text)
{
  g_return_val_if_fail (WB_IS_ENTRY (self), NULL);

  return wb_archive_get_text (self->archive, self->node, text);
}

GStrv
wb_entry_dup_type_names (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (WbConnectionType type = WB_CONNECTION_TYPE_DWS; type <= WB_CONNECTION_TYPE_HOST; type++)
    g_strv_builder_add (builder, wb_connection_type_get_name (type));

  return g_strv_builder_end (builder);
}

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
    case WB_NODE_NOTE:
    case WB_NODE_EXTRA:
    case WB_NODE_FILE:
    default:
      return "text-x-generic-symbolic";
    }
}

/* Whether there is something to show: a link is never followed. */
gboolean
wb_entry_has_contents (WbEntry *self)
{
  WbNodeKind kind = wb_entry_get_kind (self);

  return kind != WB_NODE_ROOT && kind != WB_NODE_FOLDER && kind != WB_NODE_LINK;
}

/* Whether its contents came out as they should. Of those that did not, nothing is known, even where
 * they look right. */
gboolean
wb_entry_is_readable (WbEntry *self)
{
  g_return_val_if_fail (WB_IS_ENTRY (self), FALSE);

  return (wb_entry_get_problems (self) & WB_ARCHIVE_NOT_READABLE) == 0;
}

/* Whether macOS added it. */
gboolean
wb_entry_is_extra (WbEntry *self)
{
  g_return_val_if_fail (WB_IS_ENTRY (self), FALSE);

  return wb_archive_is_extra (self->archive, self->node);
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
