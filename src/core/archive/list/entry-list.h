/* entry-list.h: a folder's entries as a list model that sorts itself
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/list/entry-filter.h"
#include "core/archive/tree/entry-ranks.h"

G_BEGIN_DECLS

/* A handle on one node. A list makes it when a view asks for it, and it lives as long as somebody
 * holds it. Its functions return the same as those of #WbArchive; but the root has the name that
 * the list was given. */
#define WB_TYPE_ENTRY (wb_entry_get_type ())
G_DECLARE_FINAL_TYPE (WbEntry, wb_entry, WB, ENTRY, GObject)

WbEntry     *wb_entry_new            (WbArchive    *archive,
                                      guint         node,
                                      const char   *name);
void         wb_entry_set_archive    (WbEntry      *self,
                                      WbArchive    *archive);
WbArchive   *wb_entry_get_archive    (WbEntry      *self);
guint        wb_entry_get_node       (WbEntry      *self);
WbNodeKind   wb_entry_get_kind       (WbEntry      *self);
const char  *wb_entry_get_name       (WbEntry      *self);
const char  *wb_entry_get_type_name  (WbEntry      *self);
const char  *wb_entry_get_text       (WbEntry      *self,
                                      WbDigestText  text);
const char  *wb_entry_get_icon_name  (WbEntry      *self);
/* (transfer full): the types that the service documents, by their names */
GStrv        wb_entry_dup_type_names (void);
gboolean     wb_entry_has_contents   (WbEntry      *self);
gboolean     wb_entry_is_readable    (WbEntry      *self);
gboolean     wb_entry_is_extra       (WbEntry      *self);
guint64      wb_entry_get_size_bytes (WbEntry      *self);
WbProblems   wb_entry_get_problems   (WbEntry      *self);

/* The order in which all lists of one view are sorted: the view makes it, and its lists follow its
 * signal `changed`. Properties: `key` (int), `descending` (boolean), read and write. */
#define WB_TYPE_ENTRY_ORDER (wb_entry_order_get_type ())
G_DECLARE_FINAL_TYPE (WbEntryOrder, wb_entry_order, WB, ENTRY_ORDER, GObject)

WbEntryOrder *wb_entry_order_new            (void);
void          wb_entry_order_set            (WbEntryOrder *self,
                                             WbSortKey     key,
                                             gboolean      descending);
WbSortKey     wb_entry_order_get_key        (WbEntryOrder *self);
gboolean      wb_entry_order_get_descending (WbEntryOrder *self);
gboolean      wb_entry_order_needs_contents (WbEntryOrder *self);

/* A #GListModel of #WbEntry, one for each folder that a view shows. Folders stand before files in
 * every order. */
#define WB_TYPE_ENTRY_LIST (wb_entry_list_get_type ())
G_DECLARE_FINAL_TYPE (WbEntryList, wb_entry_list, WB, ENTRY_LIST, GObject)

/* A list that holds the root alone, under @root_name (escaped here), for an archive does not know
 * what its file is called; and one of a folder's children. */
WbEntryList *wb_entry_list_new_root (WbArchive    *archive,
                                     const char   *root_name,
                                     WbEntryOrder *order);
WbEntryList *wb_entry_list_new      (WbArchive    *archive,
                                     guint         node,
                                     WbEntryOrder *order);

/* Shows only what the filter leaves from now on; set it on each of the view's lists. */
void         wb_entry_list_set_filter  (WbEntryList   *self,
                                        WbEntryFilter *filter);
void         wb_entry_list_set_archive (WbEntryList   *self,
                                        WbArchive     *archive);
guint        wb_entry_list_get_n_nodes (WbEntryList   *self);
guint        wb_entry_list_get_node    (WbEntryList   *self,
                                        guint          position);
void         wb_entry_list_reach       (WbEntryList   *self,
                                        guint          position);

G_END_DECLS
