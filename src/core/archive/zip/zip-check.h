/* zip-check.h: whether a large entry is whole, without holding it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/zip/zip-reader.h"

G_BEGIN_DECLS

gboolean wb_zip_check (WbFileWindow         *window,
                       const WbZipContents  *contents,
                       WbProblems           *problems,
                       GError              **error);

G_END_DECLS
