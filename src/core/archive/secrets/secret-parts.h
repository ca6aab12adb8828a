/* secret-parts.h: what the readers of a string share: looking for bytes, and noting what is secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/secrets/secret-keys.h"
#include "core/span.h"

G_BEGIN_DECLS

#define WB_SPACES " \t\r\n"

gboolean wb_is_one_of              (char         c,
                                    const char  *set);
gboolean wb_has_prefix             (const char  *string,
                                    gsize        length,
                                    const char  *prefix);
gsize    wb_find_any               (const char  *string,
                                    gsize        from,
                                    gsize        end,
                                    const char  *set);
gsize    wb_skip_any               (const char  *string,
                                    gsize        from,
                                    gsize        end,
                                    const char  *set);
gsize    wb_find_last              (const char  *string,
                                    gsize        from,
                                    gsize        end,
                                    char         c);

void     wb_secret_parts_add       (GArray      *parts,
                                    const char  *string,
                                    gsize        start,
                                    gsize        end);
void     wb_secret_parts_add_value (GArray      *parts,
                                    const char  *string,
                                    WbSpan       value,
                                    WbKeyVerdict verdict);

G_END_DECLS
