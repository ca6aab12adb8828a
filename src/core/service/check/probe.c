/* probe.c: a check of an account, step by step, that exports nothing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/check/probe.h"

#include "core/service/check/probe-private.h"

static void wb_probe_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbProbe, wb_probe, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, wb_probe_list_model_init))

static GType
wb_probe_get_item_type (GListModel *model)
{
  return WB_TYPE_PROBE_STEP;
}

static guint
wb_probe_get_n_items (GListModel *model)
{
  return WB_PROBE_N_STEPS;
}

static gpointer
wb_probe_get_item (GListModel *model,
                   guint       position)
{
  WbProbe *self = WB_PROBE (model);

  return position < WB_PROBE_N_STEPS ? g_object_ref (self->steps[position]) : NULL;
}

static void
wb_probe_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wb_probe_get_item_type;
  iface->get_n_items = wb_probe_get_n_items;
  iface->get_item = wb_probe_get_item;
}

static void
wb_probe_dispose (GObject *object)
{
  WbProbe *self = WB_PROBE (object);

  g_clear_object (&self->sign_in);
  g_clear_object (&self->workspaces);
  for (guint i = 0; i < WB_PROBE_N_STEPS; i++)
    g_clear_object (&self->steps[i]);

  G_OBJECT_CLASS (wb_probe_parent_class)->dispose (object);
}

static void
wb_probe_finalize (GObject *object)
{
  WbProbe *self = WB_PROBE (object);

  g_free (self->workspace_id);
  g_clear_error (&self->failure);
  g_clear_error (&self->permission);
  g_clear_pointer (&self->token_expires, g_date_time_unref);

  G_OBJECT_CLASS (wb_probe_parent_class)->finalize (object);
}

static void
wb_probe_class_init (WbProbeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wb_probe_dispose;
  object_class->finalize = wb_probe_finalize;
}

static void
wb_probe_init (WbProbe *self)
{
  for (guint i = 0; i < WB_PROBE_N_STEPS; i++)
    self->steps[i] = wb_probe_step_new ((WbProbeKind) i);
}

/**
 * wb_probe_new:
 * @sign_in: the account's sign-in
 * @workspaces: its workspaces (of type #WbWorkspace)
 * @workspace_id: (nullable): the workspace whose connections are looked for; %NULL for each of
 *   @workspaces, or for the service's default one if there are none
 *
 * Returns: (transfer full): a check whose steps are yet to be made
 */
WbProbe *
wb_probe_new (WbSignIn   *sign_in,
              GListModel *workspaces,
              const char *workspace_id)
{
  WbProbe *self;

  g_return_val_if_fail (WB_IS_SIGN_IN (sign_in), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (workspaces), NULL);

  self = g_object_new (WB_TYPE_PROBE, NULL);
  self->sign_in = g_object_ref (sign_in);
  self->workspaces = g_object_ref (workspaces);
  self->workspace_id = g_strdup (workspace_id);

  return self;
}

/**
 * wb_probe_get_step:
 * @self: a check
 * @kind: which step
 *
 * Returns: (transfer none): it
 */
WbProbeStep *
wb_probe_get_step (WbProbe    *self,
                   WbProbeKind kind)
{
  g_return_val_if_fail (WB_IS_PROBE (self), NULL);
  g_return_val_if_fail (kind < WB_PROBE_N_STEPS, NULL);

  return self->steps[kind];
}

/**
 * wb_probe_get_token_expires:
 * @self: a check
 *
 * Returns: (transfer none) (nullable): when a pasted token expires, if that was asked and told
 */
GDateTime *
wb_probe_get_token_expires (WbProbe *self)
{
  g_return_val_if_fail (WB_IS_PROBE (self), NULL);

  return self->token_expires;
}
