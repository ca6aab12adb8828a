/* service-codes.h: a plain sentence for each of the service's error codes and HTTP statuses
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/accounts/credentials.h"
#include "core/error.h"

G_BEGIN_DECLS

typedef enum
{
  WB_SERVICE_CALL_SIGN_IN,           /* to the identity service, by password */
  WB_SERVICE_CALL_SIGN_IN_WITH_CODE, /* and a one-time code */
  WB_SERVICE_CALL_SCOPE,             /* of a user who has signed in to none, to a project */
  WB_SERVICE_CALL_AGENCY,            /* the role of an agency is assumed */
  WB_SERVICE_CALL_TOKEN,             /* a token is looked at */
  WB_SERVICE_CALL_PROJECTS,          /* of the identity service, too */
  WB_SERVICE_CALL_WORKSPACES,        /* and instances: of Management Center */
  WB_SERVICE_CALL_CONNECTIONS,       /* of DataArts Factory: its list of them */
  WB_SERVICE_CALL_DATA_CONNECTIONS,  /* of Management Center: its list of them */
  WB_SERVICE_CALL_DATA_CONNECTION,   /* one of these */
  WB_SERVICE_CALL_EXPORT,
} WbServiceCall;

typedef enum
{
  WB_SERVICE_SUBJECT_OTHER,
  WB_SERVICE_SUBJECT_USER,    /* the user, whatever is asked for */
  WB_SERVICE_SUBJECT_PROJECT, /* there is no such project for this user */
  WB_SERVICE_SUBJECT_PLACE,   /* where the request comes from, or goes to */
} WbServiceSubject;

/* @code is a code of the service, or `HTTP` with a status; @sentence is translated. */
typedef void (*WbServiceCodesFunc) (const char *code,
                                    WbError     meaning,
                                    const char *sentence,
                                    gpointer    user_data);

gboolean         wb_service_call_is_identity (WbServiceCall  call);

const char      *wb_service_codes_find       (WbServiceCall  call,
                                              WbAuthMethod   method,
                                              guint          status,
                                              const char    *code,
                                              const char    *message,
                                              WbError       *meaning);
WbServiceSubject wb_service_code_get_subject (const char    *code);
void             wb_service_codes_foreach    (WbServiceCodesFunc func,
                                              gpointer       user_data);

G_END_DECLS
