/* store-failure.h: why the secret store did not do what was asked of it
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean wb_store_failure_is_no_store     (const GError *error);
gboolean wb_store_failure_is_dismissed    (const GError *error);
char    *wb_store_failure_dup_reason      (const GError *error);
GError  *wb_store_failure_new_clear_error (const GError *error);

G_END_DECLS
