/* connection-page.h: what a page of a list of connections says, whatever else is in it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/source.h"

G_BEGIN_DECLS

/* How many are asked for at a time: the most that DataArts Factory gives. */
#define WB_CONNECTION_PAGE_SIZE 100

/**
 * WbListedConnection:
 * @id: what tells it from all others: Management Center's ID, or its name
 * @name: its name
 * @json: what the list says of it, byte for byte
 */
typedef struct
{
  char   *id;
  char   *name;
  GBytes *json;
} WbListedConnection;

/**
 * WbConnectionPage:
 * @entries: (owned) (element-type WbListedConnection)
 * @total: how many there are on all pages, as the service says; -1 if it does not
 */
typedef struct
{
  GPtrArray *entries;
  gint64     total;
} WbConnectionPage;

WbListedConnection *wb_listed_connection_copy (const WbListedConnection  *self);
void                wb_listed_connection_free (gpointer                   data);

WbConnectionPage   *wb_connection_page_read   (WbSource                   source,
                                               JsonNode                  *root,
                                               GBytes                    *body,
                                               GError                   **error);
void                wb_connection_page_free   (WbConnectionPage          *self);
char               *wb_connection_dup_id      (JsonObject                *object,
                                               const char                *member);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbConnectionPage, wb_connection_page_free)

G_END_DECLS
