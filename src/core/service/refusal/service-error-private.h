/* service-error-private.h: the parts of a service's error: what the body says, less what is secret
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* --- safe-text.c --- */

char *wb_safe_text_dup_limited (const char        *text,
                                gsize              max_bytes,
                                const char *const *secrets);
char *wb_safe_text_dup         (const char        *text,
                                gsize              max_bytes,
                                const char *const *secrets);

/* --- service-body.c --- */

typedef enum
{
  WB_SERVICE_BODY_EMPTY,
  WB_SERVICE_BODY_JSON,
  WB_SERVICE_BODY_HTML,
  WB_SERVICE_BODY_OTHER,
} WbServiceBodyKind;

/**
 * WbServiceBody:
 * @kind: what it is, judged by its bytes
 * @code: (nullable): the service's code, such as `DLF.6322`; never just the HTTP status
 * @message: (nullable): the service's words
 * @request_id: (nullable): the request's ID
 * @title: (nullable): the title of a web page
 * @start: (nullable): the start of a body that says nothing of the above
 * @needs_second_factor: the sign-in lacks one
 * @takes_one_time_code: a one-time code will do for it
 *
 * All texts are valid UTF-8 of limited length and without secrets, and still to be escaped before
 * they are shown.
 */
typedef struct
{
  WbServiceBodyKind kind;
  char             *code;
  char             *message;
  char             *request_id;
  char             *title;
  char             *start;
  gboolean          needs_second_factor;
  gboolean          takes_one_time_code;
} WbServiceBody;

WbServiceBody *wb_service_body_parse (GBytes            *bytes,
                                      guint              status,
                                      const char *const *secrets);
void           wb_service_body_free  (WbServiceBody     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbServiceBody, wb_service_body_free)

/* --- second-factor.c --- */

typedef enum
{
  WB_SECOND_FACTOR_NONE,  /* the refusal is about something else */
  WB_SECOND_FACTOR_CODE,  /* a one-time code */
  WB_SECOND_FACTOR_OTHER, /* one that a program cannot give */
} WbSecondFactor;

WbSecondFactor wb_second_factor_find (guint                status,
                                      SoupMessageHeaders  *headers,
                                      const WbServiceBody *body);

G_END_DECLS
