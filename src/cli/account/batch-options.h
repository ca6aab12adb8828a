/* batch-options.h: the options of an export of several workspaces
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbCliBatchOptions:
 * @accounts: (nullable): stored accounts
 * @workspaces: (nullable): of them
 *
 * As typed; %NULL where not given. The numbers are 0 where not given.
 */
typedef struct
{
  char   **accounts;
  char   **workspaces;
  gboolean all_workspaces;
  char    *output_dir;
  char    *name_template;
  guint    n_parallel;
  gboolean if_changed;
  gboolean diff;
  gboolean redact;
  gboolean encrypt;
  guint    keep_n;
  guint    keep_days;

  char *jobs_text; /* (owned) (nullable): the numbers as typed */
  char *keep_text;
  char *keep_days_text;
} WbCliBatchOptions;

void         wb_cli_batch_options_add       (WbCliBatchOptions        *self,
                                             GArray                   *entries);
gboolean     wb_cli_batch_options_read      (WbCliBatchOptions        *self,
                                             GError                  **error);
const char  *wb_cli_batch_options_get_given (const WbCliBatchOptions  *self);
void         wb_cli_batch_options_clear     (WbCliBatchOptions        *self);

G_END_DECLS
