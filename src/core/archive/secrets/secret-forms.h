/* secret-forms.h: secrets that are known by their own form
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/span.h"

G_BEGIN_DECLS

void     wb_secret_forms_find        (const char *string,
                                      gsize       length,
                                      GArray     *parts);
gboolean wb_secret_forms_is_key_id   (const char *string,
                                      gsize       length);
gboolean wb_secret_forms_is_key_text (const char *string,
                                      gsize       length);

G_END_DECLS
