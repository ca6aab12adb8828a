/* account-names.h: names of accounts that a person can tell apart
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Names that differ only in case, or in blanks around them, count as the same. */
int   wb_account_names_compare  (gconstpointer  a,
                                 gconstpointer  b);
char *wb_account_names_validate (GPtrArray     *accounts,
                                 const char    *name,
                                 const char    *except_uuid);

G_END_DECLS
