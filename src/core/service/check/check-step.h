/* check-step.h: one step of a check of an account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* In the order in which they are made. */
typedef enum
{
  WB_CHECK_NAMES,      /* the hosts' names are looked up */
  WB_CHECK_TLS,        /* the hosts answer, over TLS that can be trusted */
  WB_CHECK_SIGN_IN,    /* the credentials are accepted */
  WB_CHECK_PROJECT,    /* the project is there, and the sign-in is for it */
  WB_CHECK_WORKSPACES, /* the account's workspaces are among those the service lists */
  WB_CHECK_PERMISSION, /* connections may be seen; nothing is exported */
  WB_CHECK_N_STEPS
} WbCheckKind;

typedef enum
{
  WB_CHECK_PENDING,
  WB_CHECK_RUNNING,
  WB_CHECK_OK,      /* maybe with a remark */
  WB_CHECK_FAILED,
  WB_CHECK_SKIPPED, /* an earlier step failed, or the service does not offer it */
} WbCheckResult;

/* A check makes its steps and keeps them; wb_check_run_async() changes them.
 *
 * Properties, read-only and notified: `title` (string, translated, constant), `result` (int),
 * `text` (string, translated, empty where there is nothing to say), `duration-ms` (int, -1 until
 * it is known). */
#define WB_TYPE_CHECK_STEP (wb_check_step_get_type ())
G_DECLARE_FINAL_TYPE (WbCheckStep, wb_check_step, WB, CHECK_STEP, GObject)

WbCheckStep  *wb_check_step_new             (WbCheckKind    kind);
void          wb_check_step_begin           (WbCheckStep   *self);
void          wb_check_step_end             (WbCheckStep   *self,
                                             WbCheckResult  result,
                                             const char    *text,
                                             const GError  *error);
void          wb_check_step_reset           (WbCheckStep   *self);

WbCheckKind   wb_check_step_get_kind        (WbCheckStep   *self);
const char   *wb_check_step_get_title       (WbCheckStep   *self);
WbCheckResult wb_check_step_get_result      (WbCheckStep   *self);
const char   *wb_check_step_get_text        (WbCheckStep   *self);
int           wb_check_step_get_duration_ms (WbCheckStep   *self);
const GError *wb_check_step_get_error       (WbCheckStep   *self);

/* Their names in the command line's JSON; never translated. */
const char   *wb_check_kind_to_string       (WbCheckKind    kind);
const char   *wb_check_result_to_string     (WbCheckResult  result);

G_END_DECLS
