/* sample-service.h: the service in small, on this computer, for a first try and for tests
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/account.h"
#include "core/source.h"

G_BEGIN_DECLS

/* What a call for connections is answered with. */
typedef enum
{
  WB_SAMPLE_RIGHT,            /* what was asked for */
  WB_SAMPLE_WITHDRAWN,        /* 404 and `APIG.0101` of a dedicated gateway */
  WB_SAMPLE_WITHDRAWN_SHARED, /* 404 and `APIGW.0101` of the shared gateway */
  WB_SAMPLE_GONE,             /* 410 */
  WB_SAMPLE_REFUSED,          /* 403: the user lacks a permission */
} WbSampleAnswer;

/* How Management Center writes the keys of a connection, and what it takes `offset` for. */
typedef enum
{
  WB_SAMPLE_DIALECT_CAMEL, /* `dbUserName`; the number of a page, as Open Telekom Cloud has it */
  WB_SAMPLE_DIALECT_SNAKE, /* `db_user_name`; a number of entries, as Huawei Cloud has it */
} WbSampleDialect;

/* Speaks the real protocol on 127.0.0.1, as strictly as the real one, with made-up data and new
 * credentials each run. It serves on the main context that is the thread's default when it is
 * started, so its clients must be asynchronous.
 *
 * With the construct-only property `identity-url` it leaves tokens to the identity service there:
 * each is taken if that service says so, for the project it says. */
#define WB_TYPE_SAMPLE_SERVICE (wb_sample_service_get_type ())
G_DECLARE_FINAL_TYPE (WbSampleService, wb_sample_service, WB, SAMPLE_SERVICE, GObject)

WbSampleService *wb_sample_service_new             (void);
gboolean         wb_sample_service_start           (WbSampleService  *self,
                                                    guint             port,
                                                    GError          **error);
void             wb_sample_service_stop            (WbSampleService  *self);

/* Also while it runs. */
void             wb_sample_service_set_answer      (WbSampleService  *self,
                                                    WbSource          call,
                                                    WbSampleAnswer    answer);
void             wb_sample_service_set_dialect     (WbSampleService  *self,
                                                    WbSampleDialect   dialect);

/* After the start. */
const char      *wb_sample_service_get_url         (WbSampleService  *self);
const char      *wb_sample_service_get_project_id  (WbSampleService  *self);
WbAccount       *wb_sample_service_dup_account     (WbSampleService  *self,
                                                    WbAuthMethod      method);
WbCredentials   *wb_sample_service_dup_credentials (WbSampleService  *self,
                                                    WbAuthMethod      method);

/* The ZIP it sends for a workspace, byte for byte, or NULL for the empty one. */
GBytes          *wb_sample_service_dup_zip         (WbSampleService  *self,
                                                    const char       *workspace_id);

/* The ID under which Management Center knows the default workspace, which has none elsewhere. */
#define WB_SAMPLE_DEFAULT_ID "c0a5d3f1e27b4689b1f04d8e6a935c70"

G_END_DECLS
