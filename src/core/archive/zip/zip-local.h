/* zip-local.h: an entry's own header, and what stands behind its data
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/zip/file-window.h"
#include "core/archive/zip/problems.h"
#include "core/archive/zip/zip-entry.h"

G_BEGIN_DECLS

gboolean wb_zip_locate (WbFileWindow      *window,
                        const WbZipEntry  *entry,
                        guint64            directory_offset,
                        guint64           *data_offset,
                        WbProblems        *problems,
                        GError           **error);

G_END_DECLS
