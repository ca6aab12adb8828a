/* connection-private.h: what the parts of a connection share: what its JSON object says
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

G_END_DECLS
