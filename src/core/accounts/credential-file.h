/* credential-file.h: access keys in the files that the cloud's console and software kits make
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"

G_BEGIN_DECLS

/* Nothing of that kind is larger. */
#define WB_CREDENTIAL_FILE_MAX_BYTES (64 * 1024)

/* An access key that was found. Immutable. Properties, read-only: `name` (the user's, or the
 * section's), `hint` (the access key's first characters, to tell several apart). Both are the
 * file's words: escape them where they are shown. */
#define WB_TYPE_FOUND_KEY (wb_found_key_get_type ())
G_DECLARE_FINAL_TYPE (WbFoundKey, wb_found_key, WB, FOUND_KEY, GObject)

const char    *wb_found_key_get_name        (WbFoundKey *self);
const char    *wb_found_key_get_hint        (WbFoundKey *self);
WbCredentials *wb_found_key_get_credentials (WbFoundKey *self);

/* An account that signs in by the key, under a name that the caller has seen to; it has the
 * project's ID if the file does. */
WbAccount     *wb_found_key_new_account     (WbFoundKey *self,
                                             const char *name);

/* A #GListModel of #WbFoundKey out of `credentials.csv` or `~/.huaweicloud/credentials`; or NULL
 * with WB_ERROR_INVALID and a sentence that names the line. */
GListModel    *wb_credential_file_parse     (GBytes     *bytes,
                                             GError    **error);

G_END_DECLS
