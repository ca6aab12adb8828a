/* sample-reply.h: the answers that are not an export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "sample/sample-identity.h"

G_BEGIN_DECLS

void wb_sample_reply_json           (SoupServerMessage      *message,
                                     JsonBuilder            *builder);
void wb_sample_reply_object         (SoupServerMessage      *message,
                                     JsonObject             *object);
void wb_sample_reply_error          (SoupServerMessage      *message,
                                     guint                   status,
                                     const char             *code,
                                     const char             *text);
void wb_sample_reply_identity_error (SoupServerMessage      *message,
                                     guint                   status,
                                     const char             *text);
void wb_sample_reply_token          (SoupServerMessage      *message,
                                     const WbSampleIdentity *identity,
                                     const char             *token,
                                     gboolean                scoped,
                                     gint64                  issued_at_s,
                                     gint64                  expires_at_s,
                                     guint                   status);

G_END_DECLS
