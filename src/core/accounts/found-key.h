/* found-key.h: an access key that was found in a file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"

G_BEGIN_DECLS

/**
 * WbFoundKey:
 *
 * An access key that was found; it lives as long as the list of an import. Immutable. Properties,
 * read-only: `name` (the user's, or the section's), `hint` (the access key's first characters, to
 * tell several apart). Both are the file's words: escape them where they are shown.
 */
#define WB_TYPE_FOUND_KEY (wb_found_key_get_type ())
G_DECLARE_FINAL_TYPE (WbFoundKey, wb_found_key, WB, FOUND_KEY, GObject)

WbFoundKey    *wb_found_key_new             (const char    *name,
                                             const char    *project_id,
                                             WbCredentials *credentials);
const char    *wb_found_key_get_name        (WbFoundKey    *self);
const char    *wb_found_key_get_hint        (WbFoundKey    *self);
WbCredentials *wb_found_key_get_credentials (WbFoundKey    *self);

/* An account that signs in by the key, under a name that the caller has seen to; it has the
 * project's ID if the file does. */
WbAccount     *wb_found_key_new_account     (WbFoundKey    *self,
                                             const char    *name);

G_END_DECLS
