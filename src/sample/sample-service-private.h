/* sample-service-private.h: what the sample service is made of
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "sample/sample-data.h"
#include "sample/sample-identity.h"
#include "sample/sample-service.h"

G_BEGIN_DECLS

typedef struct
{
  gint64   issued_at_s;
  gint64   expires_at_s;
  gboolean scoped;
} WbSampleToken;

struct _WbSampleService
{
  GObject parent_instance;

  SoupServer      *server;       /* (owned) (nullable): while it runs */
  char            *url;          /* (owned) (nullable) */
  char            *account_uuid; /* (owned) */
  WbSampleIdentity identity;     /* (owned) */
  char            *access_key;   /* (owned) */
  char            *secret_key;   /* (owned) */
  GHashTable      *tokens;       /* (owned) (element-type utf8 WbSampleToken) */
  GPtrArray       *workspaces;   /* (owned) (nullable) (element-type WbSampleWorkspace) */
  char            *identity_url; /* (owned) (nullable): who judges tokens, if not this service */
  SoupSession     *session;      /* (owned) (nullable): to ask it */

  WbSampleAnswer  answers[WB_N_SOURCES]; /* of the calls for connections */
  WbSampleDialect dialect;              /* of Management Center */
};

/* Tokens, keys and signatures. The checks answer the message if it may not go on. */
char                    *wb_sample_sign_in_issue_token     (WbSampleService   *self,
                                                            gint64             now_s,
                                                            gboolean           scoped);
void                     wb_sample_sign_in_handle_tokens   (WbSampleService   *self,
                                                            SoupServerMessage *message);
const char              *wb_sample_sign_in_get_project_id  (WbSampleService   *self,
                                                            SoupServerMessage *message);
gboolean                 wb_sample_sign_in_check           (WbSampleService   *self,
                                                            SoupServerMessage *message,
                                                            gboolean           needs_project);

const WbSampleWorkspace *wb_sample_requests_find_workspace (WbSampleService   *self,
                                                            const char        *id);
void                     wb_sample_requests_serve          (WbSampleService   *self,
                                                            SoupServerMessage *message,
                                                            GHashTable        *query);

/* For the server's signal `request-started`: bodies that are too large are not kept. */
void                     wb_sample_body_watch_cb           (SoupServer        *server,
                                                            SoupServerMessage *message,
                                                            gpointer           user_data);
gboolean                 wb_sample_body_is_too_large       (SoupServerMessage *message);
gboolean                 wb_sample_body_is_json            (SoupServerMessage *message);
GBytes                  *wb_sample_body_dup                (SoupServerMessage *message);

/* Lists of projects, instances and workspaces. */

/* The ID of the only instance. */
#define WB_SAMPLE_INSTANCE_ID "6f1c2b7d9e0a4c53b8d41e7f0a9c5d22"

void wb_sample_directory_reply_projects    (SoupServerMessage      *message,
                                            const WbSampleIdentity *identity);
void wb_sample_directory_reply_instances   (SoupServerMessage      *message,
                                            const WbSampleIdentity *identity,
                                            GHashTable             *query);
void wb_sample_directory_reply_workspaces  (SoupServerMessage      *message,
                                            const WbSampleIdentity *identity,
                                            GPtrArray              *workspaces,
                                            GHashTable             *query);

typedef enum
{
  WB_SAMPLE_OFFSET_ENTRIES, /* `offset` counts entries */
  WB_SAMPLE_OFFSET_PAGES,   /* it is the number of a page, from 0 */
} WbSampleOffset;

gboolean wb_sample_directory_read_page     (SoupServerMessage      *message,
                                            GHashTable             *query,
                                            WbSampleOffset          reading,
                                            guint                   n_all,
                                            guint                  *first,
                                            guint                  *end);

/* Connections: the list of DataArts Factory, the list and the single ones of Management Center. */
void wb_sample_connections_reply_list      (SoupServerMessage       *message,
                                            const WbSampleWorkspace *workspace,
                                            GHashTable              *query);
void wb_sample_connections_reply_managed   (SoupServerMessage       *message,
                                            const WbSampleWorkspace *workspace,
                                            WbSampleDialect          dialect,
                                            GHashTable              *query);
void wb_sample_connections_reply_one       (SoupServerMessage       *message,
                                            const WbSampleWorkspace *workspace,
                                            WbSampleDialect          dialect,
                                            const char              *id);

gboolean wb_sample_users_serve (WbSampleService   *self,
                                SoupServerMessage *message,
                                char             **segments);

/* Another identity service, asked about a token. */
void  wb_sample_judge_async  (SoupSession          *session,
                              const char           *identity_url,
                              const char           *token,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data);
char *wb_sample_judge_finish (SoupSession          *session,
                              GAsyncResult         *result,
                              GError              **error);

G_END_DECLS
