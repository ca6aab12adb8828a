/* workspace-label.c: the label of a workspace
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/workspace-label.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"

/* Its name, or its ID, or a word where it has neither; escaped. */
char *
wb_workspace_dup_label (WbWorkspace *workspace)
{
  const char *label;

  g_return_val_if_fail (WB_IS_WORKSPACE (workspace), NULL);

  label = wb_workspace_get_name (workspace);
  if (*label == '\0')
    label = wb_workspace_get_id (workspace);
  if (*label == '\0')
    label = _ ("Default workspace");

  return wb_text_escape (label, -1);
}
