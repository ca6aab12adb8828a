/* one-form.h: keys and values that the service's sources spell differently
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/connection/connection-json.h"

G_BEGIN_DECLS

char    *wb_one_form_dup_key   (WbConnectionJson *json,
                                guint             value,
                                gboolean         *in_config,
                                gsize            *length);
gboolean wb_one_form_is_empty  (WbConnectionJson *json,
                                guint             value);
gboolean wb_one_form_equal     (WbConnectionJson *a,
                                guint             a_value,
                                WbConnectionJson *b,
                                guint             b_value);

G_END_DECLS
