/* account-rows.h: rows of a form, each for one setting of an account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/accounts/account.h"
#include "ui/widgets/reason-row.h"

G_BEGIN_DECLS

/**
 * WbAccountRows:
 * @rows: by the setting that they are for; %NULL for one that is elsewhere
 * @reasons: below them; %NULL for one that cannot be wrong
 *
 * A part of a widget, whose template has them.
 */
typedef struct
{
  GtkWidget   *rows[WB_ACCOUNT_N_FIELDS];
  WbReasonRow *reasons[WB_ACCOUNT_N_FIELDS];
} WbAccountRows;

/**
 * WbAccountRowNames:
 * @row: what the row is called in the template
 * @reason: (nullable): what the row for the reason below it is called
 * @summary: (nullable): for a row that is folded away: what is said of it from outside if it is set
 */
typedef struct
{
  WbAccountField field;
  const char    *row;
  const char    *reason;
  const char    *summary;
} WbAccountRowNames;

void wb_account_rows_bind        (GtkWidgetClass          *widget_class,
                                  gssize                   offset,
                                  const WbAccountRowNames *names,
                                  guint                    n_names);

void wb_account_rows_read        (const WbAccountRows     *self,
                                  WbAccount               *account);
void wb_account_rows_write       (const WbAccountRows     *self,
                                  WbAccount               *account);
void wb_account_rows_touch       (const WbAccountRows     *self,
                                  GtkWidget               *row);
void wb_account_rows_check       (const WbAccountRows     *self,
                                  WbAccount               *account,
                                  WbClouds                *clouds);
void wb_account_rows_add_wanting (const WbAccountRows     *self,
                                  GPtrArray               *titles);

G_END_DECLS
