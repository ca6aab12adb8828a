/* secrets-private.h: what the access to the keyring is made of
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/accounts/credentials.h"

G_BEGIN_DECLS

/* --- secret-text: a secret as the text that the keyring keeps --- */

char          *wb_secret_text_new               (WbCredentials *credentials);
WbCredentials *wb_secret_text_parse             (const char    *text,
                                                 WbAuthMethod   method,
                                                 const char    *domain,
                                                 const char    *user);

/* --- store-failure: why the keyring did not do what was asked of it --- */

gboolean       wb_store_failure_is_no_store     (const GError  *error);
gboolean       wb_store_failure_is_dismissed    (const GError  *error);
char          *wb_store_failure_dup_reason      (const GError  *error);
GError        *wb_store_failure_new_clear_error (const GError  *error);

/* --- call-queue: asynchronous calls that wait for each other --- */

typedef struct _WbCallQueue WbCallQueue;

/* Starts what @task stands for, and takes it. */
typedef void (*WbCallFunc) (GTask *task);

WbCallQueue   *wb_call_queue_new                (void);
void           wb_call_queue_push               (WbCallQueue   *queue,
                                                 GTask         *task,
                                                 WbCallFunc     start_func);
gboolean       wb_call_queue_next               (WbCallQueue   *queue,
                                                 GTask         *task);

G_END_DECLS
