/* directory-item.h: a project or a workspace that the service knows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Immutable. Properties, read-only: `name`, `id`, `instance` (the name of a workspace's instance,
 * empty for a project). All are the service's words: escape them where they are shown. */
#define WB_TYPE_DIRECTORY_ITEM (wb_directory_item_get_type ())
G_DECLARE_FINAL_TYPE (WbDirectoryItem, wb_directory_item, WB, DIRECTORY_ITEM, GObject)

WbDirectoryItem *wb_directory_item_new          (const char      *name,
                                                 const char      *id,
                                                 const char      *instance);
const char      *wb_directory_item_get_name     (WbDirectoryItem *self);
const char      *wb_directory_item_get_id       (WbDirectoryItem *self);
const char      *wb_directory_item_get_instance (WbDirectoryItem *self);

G_END_DECLS
