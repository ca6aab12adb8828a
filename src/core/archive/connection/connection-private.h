/* connection-private.h: what the parts of a connection share
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/connection/connection-json.h"
#include "core/archive/connection/connection.h"

G_BEGIN_DECLS

/* All texts are escaped. */
typedef struct
{
  char   *name;        /* (owned) (nullable) */
  char   *type;        /* (owned) (nullable) */
  char   *description; /* (owned) (nullable) */
  GArray *items;       /* (owned) (element-type WbConnectionField) */
} WbConnectionFields;

void wb_connection_fields_init    (WbConnectionFields *self);
void wb_connection_fields_clear   (WbConnectionFields *self);
void wb_connection_fields_collect (WbConnectionFields *self,
                                   WbConnectionJson   *json);

char *wb_connection_text_of_json  (WbConnectionJson *json);
char *wb_connection_text_of_utf8  (const char       *text,
                                   gsize             length);
char *wb_connection_text_of_bytes (const guint8     *bytes,
                                   gsize             length);

G_END_DECLS
