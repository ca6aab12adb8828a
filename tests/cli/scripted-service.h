/* scripted-service.h: a service that answers an export as a test says
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * ScriptedService:
 * @status: the reply's status
 * @type: (nullable): its Content-Type
 * @body: (nullable): its body
 * @request_id: (nullable): its X-Request-Id
 * @retry_after: (nullable): its Retry-After
 * @total_bytes: with @hang, the Content-Length, or 0 for none
 * @hang: sends @body in a chunk, and never ends
 * @token: (nullable): the X-Auth-Token of the last request
 * @n_exports: how many exports were asked for
 * @n_chunks: how many chunks of hanging replies have gone out
 *
 * Takes any token; the identity service is not part of it.
 */
typedef struct
{
  SoupServer *server;
  char       *url;
  guint       status;
  const char *type;
  GBytes     *body;
  const char *request_id;
  const char *retry_after;
  guint64     total_bytes;
  gboolean    hang;
  char       *token;
  guint       n_exports;
  guint       n_chunks;
} ScriptedService;

ScriptedService *scripted_service_new      (GTlsCertificate *certificate);
void             scripted_service_free     (ScriptedService *self);
void             scripted_service_set_text (ScriptedService *self,
                                            guint            status,
                                            const char      *type,
                                            const char      *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScriptedService, scripted_service_free)

G_END_DECLS
