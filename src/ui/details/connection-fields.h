/* connection-fields.h: a connection's settings, a row each
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/archive/connection/connection.h"

G_BEGIN_DECLS

GtkWidget *wb_connection_fields_new          (WbConnection *connection);
void       wb_connection_fields_hide_secrets (GtkWidget    *widget);

G_END_DECLS
