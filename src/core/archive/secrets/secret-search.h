/* secret-search.h: secrets wherever else they occur
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Shorter ones would be found by chance. */
#define WB_SECRET_MIN_CHARS 6

/**
 * WbSecretSearch:
 *
 * A set of secrets to look for.
 */
typedef struct _WbSecretSearch WbSecretSearch;

WbSecretSearch *wb_secret_search_new     (void);
void            wb_secret_search_free    (WbSecretSearch *self);
void            wb_secret_search_add     (WbSecretSearch *self,
                                          const char     *secret,
                                          gsize           length);
void            wb_secret_search_seal    (WbSecretSearch *self);
gboolean        wb_secret_search_is_in   (WbSecretSearch *self,
                                          const char     *bytes,
                                          gsize           length);
gboolean        wb_secret_search_may_hold
                                         (WbSecretSearch *self,
                                          const char     *string,
                                          gsize           length);
GArray         *wb_secret_search_find    (WbSecretSearch *self,
                                          const char     *string,
                                          gsize           length);
char           *wb_secret_search_replace (WbSecretSearch *self,
                                          const char     *string,
                                          gsize           length,
                                          gsize          *new_length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSecretSearch, wb_secret_search_free)

G_END_DECLS
