/* secret-rows.h: rows of a form, each for one part of a secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/credentials.h"
#include "ui/widgets/reason-row.h"

G_BEGIN_DECLS

/* The parts that the user can type. */
typedef enum
{
  WB_SECRET_ROW_PASSWORD,
  WB_SECRET_ROW_ACCESS_KEY,
  WB_SECRET_ROW_SECRET_KEY,
  WB_SECRET_ROW_SECURITY_TOKEN,
  WB_SECRET_ROW_TOKEN,
  WB_SECRET_N_ROWS
} WbSecretRowKind;

/**
 * WbSecretRows:
 * @rows: by #WbSecretRowKind
 * @reasons: below them
 *
 * Part of a widget whose template defines them, such as `password_row` and `password_reason`.
 */
typedef struct
{
  GtkWidget   *rows[WB_SECRET_N_ROWS];
  WbReasonRow *reasons[WB_SECRET_N_ROWS];
} WbSecretRows;

void           wb_secret_rows_bind            (GtkWidgetClass     *widget_class,
                                               gssize              offset);
void           wb_secret_rows_show            (const WbSecretRows *self,
                                               WbAuthMethod        method,
                                               gboolean            visible);
void           wb_secret_rows_touch           (const WbSecretRows *self,
                                               GtkWidget          *row);
void           wb_secret_rows_check           (const WbSecretRows *self,
                                               WbAuthMethod        method,
                                               gboolean            wanted);
gboolean       wb_secret_rows_get_empty       (const WbSecretRows *self,
                                               WbAuthMethod        method);
const char    *wb_secret_rows_get_wanting     (const WbSecretRows *self);
WbCredentials *wb_secret_rows_dup_credentials (const WbSecretRows *self,
                                               WbAuthMethod        method,
                                               const char         *domain,
                                               const char         *user);
void           wb_secret_rows_focus           (const WbSecretRows *self);
void           wb_secret_rows_clear           (const WbSecretRows *self);

G_END_DECLS
