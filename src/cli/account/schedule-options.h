/* schedule-options.h: the options of a schedule, beside those of the export that it is for
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbCliScheduleOptions:
 * @at: (nullable): when, as typed
 * @secrets_file: (nullable): where the secrets are
 * @cron: for cron instead of systemd
 * @typed: (nullable): the export's options as typed, those with a value as `--name=value`
 */
typedef struct
{
  char    *at;
  char    *secrets_file;
  gboolean cron;
  char   **typed;
} WbCliScheduleOptions;

void  wb_cli_schedule_options_add     (WbCliScheduleOptions  *self,
                                       GArray                *entries);
void  wb_cli_schedule_options_collect (WbCliScheduleOptions  *self,
                                       GArray                *entries,
                                       char                 **args);
void  wb_cli_schedule_options_clear   (WbCliScheduleOptions  *self);

G_END_DECLS
