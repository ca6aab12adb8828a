/* draft-sign-in.c: a sign-in by settings that need not be saved
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sign-in/draft-sign-in.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"

typedef struct
{
  WbContext *context; /* (owned) */
  WbAccount *account; /* (owned) */
  gboolean   to_project;
  WbAccount *stored; /* (owned) (nullable): if this is its sign-in */
} Draft;

static void
draft_free (Draft *self)
{
  g_object_unref (self->context);
  g_object_unref (self->account);
  g_clear_object (&self->stored);
  g_free (self);
}

static void
return_sign_in (GTask         *task,
                WbCredentials *credentials)
{
  const Draft *self = g_task_get_task_data (task);
  WbSignIn    *sign_in;
  GError      *error = NULL;

  sign_in = wb_sign_in_open (self->account, credentials, wb_context_get_clouds (self->context),
                             self->to_project, wb_context_get_request_log (self->context),
                             &error);
  if (sign_in == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (self->stored != NULL)
    wb_sign_ins_keep (wb_context_get_sign_ins (self->context), self->stored, sign_in);
  g_task_return_pointer (task, sign_in, g_object_unref);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WbCredentials) credentials = NULL;
  GError *error = NULL;

  credentials = wb_secrets_lookup_finish (WB_SECRETS (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (credentials != NULL)
    return_sign_in (task, credentials);
  else
    g_task_return_new_error (task, WB_ERROR, WB_ERROR_INVALID, "%s",
                             _ ("Enter first what the account signs in with: its password, access "
                                "key or token."));
}

/* Settings as they are stored, with the secret that is stored: there is one sign-in for them. */
static WbSignIn *
find_shared (Draft *self)
{
  WbSignIns *sign_ins = wb_context_get_sign_ins (self->context);

  g_set_object (&self->stored, wb_sign_ins_find_stored (sign_ins, self->account));

  return self->stored != NULL ? wb_sign_ins_get (sign_ins, self->stored) : NULL;
}

/**
 * wb_draft_sign_in_async:
 * @context: what the windows share
 * @account: the settings, as they are in a form now
 * @to_project: whether to sign in to the account's project, or to none
 * @typed: (nullable): what was typed in; %NULL for what the secret store has
 * @cancellable: (nullable): ends the call
 * @callback: called when there is something to sign in with
 * @user_data: for @callback
 */
void
wb_draft_sign_in_async (WbContext          *context,
                        WbAccount          *account,
                        gboolean            to_project,
                        WbCredentials      *typed,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *reason = NULL;
  WbSignIn        *shared = NULL;
  Draft           *self;

  g_return_if_fail (WB_IS_CONTEXT (context));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_draft_sign_in_async);

  self = g_new0 (Draft, 1);
  self->context = g_object_ref (context);
  self->account = g_object_ref (account);
  self->to_project = to_project;
  g_task_set_task_data (task, self, (GDestroyNotify) draft_free);
  if (to_project && typed == NULL)
    shared = find_shared (self);

  reason = wb_account_validate_sign_in (account, wb_context_get_clouds (context), to_project);
  if (reason != NULL)
    g_task_return_new_error (task, WB_ERROR, WB_ERROR_INVALID, "%s", reason);
  else if (shared != NULL)
    g_task_return_pointer (task, g_object_ref (shared), g_object_unref);
  else if (typed != NULL)
    return_sign_in (task, typed);
  else
    wb_secrets_lookup_async (wb_context_get_secrets (context), account, cancellable, looked_up_cb,
                             g_steal_pointer (&task));
}

/**
 * wb_draft_sign_in_finish:
 * @result: what the callback was given
 * @error: %WB_ERROR_INVALID with a sentence for a person where a setting or the secret is missing,
 *   or another error
 *
 * Returns: (transfer full): a sign-in that has not asked for anything yet, or the shared one
 */
WbSignIn *
wb_draft_sign_in_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_draft_sign_in_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wb_draft_sign_in_fail:
 * @context: what the windows share
 * @account: the settings it was for
 * @error: what came of its use
 */
void
wb_draft_sign_in_fail (WbContext    *context,
                       WbAccount    *account,
                       const GError *error)
{
  g_return_if_fail (WB_IS_CONTEXT (context));
  g_return_if_fail (WB_IS_ACCOUNT (account));
  g_return_if_fail (error != NULL);

  if (wb_error_get_kind (error) == WB_ERROR_KIND_SIGN_IN)
    wb_sign_ins_forget (wb_context_get_sign_ins (context), wb_account_get_uuid (account));
}
