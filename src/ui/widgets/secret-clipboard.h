/* secret-clipboard.h: copies a secret, and removes it again
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How long a secret that was revealed or copied stays. */
#define WB_SECRET_SECONDS 30

void wb_secret_clipboard_set (GdkClipboard *clipboard,
                              const char   *secret);

G_END_DECLS
