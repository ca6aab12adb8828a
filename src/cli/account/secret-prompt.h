/* secret-prompt.h: a question on the terminal whose answer is not shown
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean  wb_cli_secret_prompt_is_possible (void);
char     *wb_cli_secret_prompt             (const char    *question,
                                            GCancellable  *cancellable,
                                            GError       **error);

G_END_DECLS
