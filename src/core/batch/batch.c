/* batch.c: the exports of several workspaces, a few at a time
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/batch/batch.h"

#include "core/absolute-path.h"
#include "core/batch/batch-private.h"
#include "core/input-limits.h"
#include "core/wipe.h"

static GType
get_item_type (GListModel *model)
{
  return WB_TYPE_BATCH_JOB;
}

static guint
get_n_items (GListModel *model)
{
  return WB_BATCH (model)->jobs->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  WbBatch *self = WB_BATCH (model);

  return position < self->jobs->len ? g_object_ref (g_ptr_array_index (self->jobs, position))
                                    : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (WbBatch, wb_batch, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
wb_batch_finalize (GObject *object)
{
  WbBatch *self = WB_BATCH (object);

  g_free (self->folder);
  g_free (self->pattern);
  wb_wipe_and_free (self->password);
  g_clear_object (&self->history);
  g_clear_object (&self->pace);
  g_ptr_array_unref (self->jobs);
  g_hash_table_unref (self->proved);
  g_hash_table_unref (self->refused);

  G_OBJECT_CLASS (wb_batch_parent_class)->finalize (object);
}

static void
wb_batch_class_init (WbBatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_batch_finalize;
}

static void
wb_batch_init (WbBatch *self)
{
  self->pace = wb_pace_new ();
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->proved = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->refused = g_hash_table_new_full (NULL, NULL, g_object_unref,
                                         (GDestroyNotify) g_error_free);
}

/* A ZIP is what comes of it. */
static char *
dup_pattern (const char *pattern)
{
  g_autofree char *folded = g_ascii_strdown (pattern, -1);

  return g_strconcat (pattern, g_str_has_suffix (folded, ".zip") ? "" : ".zip", NULL);
}

/**
 * wb_batch_new:
 * @settings: what is to be done; copied
 * @history: (nullable): where the exports are recorded; without one there are no earlier files
 *
 * Returns: (transfer full): a batch without jobs
 */
WbBatch *
wb_batch_new (const WbBatchSettings *settings,
              WbHistory             *history)
{
  WbBatch *self;

  g_return_val_if_fail (settings != NULL && settings->folder != NULL, NULL);
  g_return_val_if_fail (!settings->encrypt || settings->password != NULL, NULL);
  g_return_val_if_fail (history == NULL || WB_IS_HISTORY (history), NULL);

  self = g_object_new (WB_TYPE_BATCH, NULL);
  g_set_object (&self->history, history);
  self->folder = wb_absolute_path_new (settings->folder);
  self->pattern = dup_pattern (settings->name_template != NULL ? settings->name_template
                                                               : WB_BATCH_NAME_TEMPLATE);
  self->password = g_strdup (settings->password);

  self->settings = *settings;
  self->settings.folder = self->folder;
  self->settings.name_template = self->pattern;
  self->settings.password = self->password;
  self->settings.n_parallel = CLAMP (settings->n_parallel, 1, WB_BATCH_MAX_PARALLEL);
  if (settings->n_parallel == 0)
    self->settings.n_parallel = WB_BATCH_DEFAULT_PARALLEL;
  if (settings->max_size_bytes == 0)
    self->settings.max_size_bytes = WB_SPOOL_DEFAULT_MAX_SIZE_BYTES;

  return self;
}

/* Before it runs. From now on the requests of the job's account keep to the pace of all. */
void
wb_batch_add (WbBatch    *self,
              WbBatchJob *job)
{
  g_return_if_fail (WB_IS_BATCH (self));
  g_return_if_fail (WB_IS_BATCH_JOB (job));

  if (job->sign_in != NULL)
    wb_client_set_pace (wb_sign_in_get_client (job->sign_in), self->pace);
  g_ptr_array_add (self->jobs, g_object_ref (job));
  g_list_model_items_changed (G_LIST_MODEL (self), self->jobs->len - 1, 0, 1);
}

/**
 * wb_batch_set_sign_in:
 * @self: a batch
 * @job: one of its jobs, which waits
 * @sign_in: (nullable): its account's sign-in, or %NULL to have it wait for another one
 */
void
wb_batch_set_sign_in (WbBatch    *self,
                      WbBatchJob *job,
                      WbSignIn   *sign_in)
{
  g_return_if_fail (WB_IS_BATCH (self));
  g_return_if_fail (WB_IS_BATCH_JOB (job));
  g_return_if_fail (sign_in == NULL || WB_IS_SIGN_IN (sign_in));

  g_set_object (&job->sign_in, sign_in);
  g_clear_error (&job->refusal);
  if (sign_in == NULL)
    return;

  wb_client_set_pace (wb_sign_in_get_client (sign_in), self->pace);
  wb_batch_start_jobs (self);
}

/**
 * wb_batch_refuse:
 * @self: a batch
 * @job: one of its jobs
 * @error: why its account cannot be signed in to
 *
 * A job that waits fails with it, when its turn comes.
 */
void
wb_batch_refuse (WbBatch      *self,
                 WbBatchJob   *job,
                 const GError *error)
{
  g_return_if_fail (WB_IS_BATCH (self));
  g_return_if_fail (WB_IS_BATCH_JOB (job));
  g_return_if_fail (error != NULL);

  g_clear_error (&job->refusal);
  job->refusal = g_error_copy (error);
  wb_batch_start_jobs (self);
}

WbPace *
wb_batch_get_pace (WbBatch *self)
{
  g_return_val_if_fail (WB_IS_BATCH (self), NULL);

  return self->pace;
}
