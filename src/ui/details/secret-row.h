/* secret-row.h: a secret of a connection: dots, until a person reveals it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/archive/connection/connection.h"
#include "ui/details/reveal.h"

G_BEGIN_DECLS

/* A row of the connection that is shown, made and dropped with its fields. Actions: secret.copy,
 * while it is revealed. */
#define WB_TYPE_SECRET_ROW (wb_secret_row_get_type ())
G_DECLARE_FINAL_TYPE (WbSecretRow, wb_secret_row, WB, SECRET_ROW, AdwPreferencesRow)

GtkWidget *wb_secret_row_new        (WbConnection *connection,
                                     guint         index);
WbReveal  *wb_secret_row_get_reveal (WbSecretRow  *self);

G_END_DECLS
