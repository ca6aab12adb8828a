/* zip-gaps.h: entries of a ZIP file that its list leaves out
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/zip/file-window.h"
#include "core/archive/zip/zip-index.h"

G_BEGIN_DECLS

/* What is between the listed entries, in their order in the file. */
typedef struct
{
  WbFileWindow *window;   /* (unowned) */
  WbZipIndex   *index;    /* (unowned) */
  guint64       end;      /* of all that was looked at */
  guint64      *offsets;  /* (owned) (nullable): of all listed headers, ascending */
} WbZipGaps;

gboolean wb_zip_gaps_look  (WbZipGaps *self,
                            guint64    offset,
                            gboolean  *has_entry,
                            GError   **error);
void     wb_zip_gaps_clear (WbZipGaps *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbZipGaps, wb_zip_gaps_clear)

G_END_DECLS
