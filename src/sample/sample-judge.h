/* sample-judge.h: what another identity service says about a token
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void  wb_sample_judge_async  (SoupSession          *session,
                              const char           *identity_url,
                              const char           *token,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data);
char *wb_sample_judge_finish (SoupSession          *session,
                              GAsyncResult         *result,
                              GError              **error);

G_END_DECLS
