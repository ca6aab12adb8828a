/* last-exports.h: what was exported last in this run, to compare with
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"
#include "ui/document/document.h"

G_BEGIN_DECLS

/* Remembers the last two exports of each workspace, because one of them may be in the preview. It
 * keeps them in memory and writes nothing. */
typedef struct _WbLastExports WbLastExports;

WbLastExports *wb_last_exports_new  (void);
void           wb_last_exports_free (WbLastExports *self);
void           wb_last_exports_keep (WbLastExports *self,
                                     WbAccount     *account,
                                     WbWorkspace   *workspace,
                                     WbDocument    *document);
WbDocument    *wb_last_exports_get  (WbLastExports *self,
                                     WbAccount     *account,
                                     WbWorkspace   *workspace,
                                     WbDocument    *document);

G_END_DECLS
