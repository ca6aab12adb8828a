/* directory-page.h: what a page of a list says, whatever else is in it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How many entries are asked for at a time: the most that the service gives. */
#define WB_DIRECTORY_PAGE_SIZE 100

/**
 * WbDirectoryPage:
 * @n_entries: how many entries the page has, those that are of no use included
 * @n_new: how many of them were not known before
 * @total: how many there are on all pages, as the service says; -1 if it does not
 */
typedef struct
{
  guint  n_entries;
  guint  n_new;
  gint64 total;
} WbDirectoryPage;

gboolean wb_directory_page_read_projects   (JsonNode           *root,
                                            const char *const  *sent,
                                            GPtrArray          *items,
                                            char              **next_query);
gboolean wb_directory_page_read_instances  (JsonNode           *root,
                                            const char *const  *sent,
                                            GPtrArray          *items,
                                            WbDirectoryPage    *page);
gboolean wb_directory_page_read_workspaces (JsonNode           *root,
                                            const char         *instance,
                                            const char *const  *sent,
                                            GPtrArray          *items,
                                            WbDirectoryPage    *page);

gboolean wb_directory_page_is_last         (const WbDirectoryPage *page,
                                            guint                  n_seen);

GListModel *wb_directory_items_to_list     (GPtrArray        *items);

G_END_DECLS
