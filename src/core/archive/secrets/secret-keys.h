/* secret-keys.h: what a secret's key is called
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands in a redacted copy in the place of a secret, as the service itself writes it. */
#define WB_SECRET_STARS "*********"

typedef enum
{
  WB_KEY_PLAIN,
  WB_KEY_SECRET_UNLESS_PATH, /* names a secret, or the file that it is in */
  WB_KEY_SECRET_UNLESS_FLAG, /* names a secret among other words: yes and no are about it */
  WB_KEY_SECRET,
} WbKeyVerdict;

WbKeyVerdict wb_secret_key_judge      (const char  *key,
                                       gsize        length);
WbKeyVerdict wb_secret_key_judge_json (const char  *text,
                                       gsize        start,
                                       gsize        end);
gboolean     wb_secret_key_hides      (WbKeyVerdict verdict,
                                       const char  *value,
                                       gsize        length);
gboolean     wb_secret_is_left_out    (const char  *value,
                                       gsize        length);

G_END_DECLS
