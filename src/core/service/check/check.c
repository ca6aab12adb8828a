/* check.c: a check of an account, step by step, that exports nothing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/check/check.h"

#include "core/service/check/check-private.h"

G_DEFINE_FINAL_TYPE (WbCheck, wb_check, G_TYPE_OBJECT)

static void
wb_check_dispose (GObject *object)
{
  WbCheck *self = WB_CHECK (object);

  g_clear_object (&self->sign_in);
  g_clear_object (&self->workspaces);
  for (guint i = 0; i < WB_CHECK_N_STEPS; i++)
    g_clear_object (&self->steps[i]);

  G_OBJECT_CLASS (wb_check_parent_class)->dispose (object);
}

static void
wb_check_finalize (GObject *object)
{
  WbCheck *self = WB_CHECK (object);

  g_free (self->workspace_id);
  g_clear_error (&self->failure);
  g_clear_error (&self->permission);
  g_clear_pointer (&self->token_expires, g_date_time_unref);

  G_OBJECT_CLASS (wb_check_parent_class)->finalize (object);
}

static void
wb_check_class_init (WbCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wb_check_dispose;
  object_class->finalize = wb_check_finalize;
}

static void
wb_check_init (WbCheck *self)
{
  for (guint i = 0; i < WB_CHECK_N_STEPS; i++)
    self->steps[i] = wb_check_step_new ((WbCheckKind) i);
}

/**
 * wb_check_new:
 * @sign_in: the account's sign-in
 * @workspaces: its workspaces (of type #WbWorkspace)
 * @workspace_id: (nullable): the workspace whose connections are looked for; %NULL for each of
 *   @workspaces, or for the service's default one if there are none
 *
 * Returns: (transfer full): a check whose steps are yet to be made
 */
WbCheck *
wb_check_new (WbSignIn   *sign_in,
              GListModel *workspaces,
              const char *workspace_id)
{
  WbCheck *self;

  g_return_val_if_fail (WB_IS_SIGN_IN (sign_in), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (workspaces), NULL);

  self = g_object_new (WB_TYPE_CHECK, NULL);
  self->sign_in = g_object_ref (sign_in);
  self->workspaces = g_object_ref (workspaces);
  self->workspace_id = g_strdup (workspace_id);

  return self;
}

WbCheckStep *
wb_check_get_step (WbCheck    *self,
                   WbCheckKind kind)
{
  g_return_val_if_fail (WB_IS_CHECK (self), NULL);
  g_return_val_if_fail (kind < WB_CHECK_N_STEPS, NULL);

  return self->steps[kind];
}

/**
 * wb_check_get_token_expires:
 * @self: a check
 *
 * Returns: (transfer none) (nullable): when a pasted token expires, if that was asked and told
 */
GDateTime *
wb_check_get_token_expires (WbCheck *self)
{
  g_return_val_if_fail (WB_IS_CHECK (self), NULL);

  return self->token_expires;
}
