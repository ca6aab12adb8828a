/* connection-fields.h: the settings of a connection as groups of rows, secrets masked
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/archive/connection/connection.h"

G_BEGIN_DECLS

GtkWidget *wb_connection_fields_new          (WbConnection *connection);
void       wb_connection_fields_hide_secrets (GtkWidget    *widget);

G_END_DECLS
