/* context.c: what lives as long as the program runs
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/context/context.h"

#include "core/accounts/token-watch.h"

struct _WbContext
{
  GObject parent_instance;

  WbAccountStore  *store;        /* (owned) */
  WbSecrets       *secrets;      /* (owned) */
  WbClouds        *clouds;       /* (owned) */
  GSettings       *settings;     /* (owned): a person's preferences */
  WbSignIns       *sign_ins;     /* (owned): shared by the windows */
  WbTokenWatch    *token_watch;  /* (owned) */
  WbRequestLog    *request_log;  /* (owned): of all windows */
  WbLastExports   *last_exports; /* (owned) */
  WbRecorder      *recorder;     /* (owned) */
  WbInhibitor     *inhibitor;    /* (owned) */
  WbSampleAccount *sample;       /* (owned) */
};

G_DEFINE_FINAL_TYPE (WbContext, wb_context, G_TYPE_OBJECT)

static void
wb_context_finalize (GObject *object)
{
  WbContext *self = WB_CONTEXT (object);

  g_clear_object (&self->token_watch);
  g_clear_object (&self->sign_ins);
  g_clear_object (&self->inhibitor);
  g_clear_object (&self->recorder);
  g_clear_pointer (&self->last_exports, wb_last_exports_free);
  g_clear_object (&self->request_log);
  g_clear_pointer (&self->sample, wb_sample_account_free);
  g_clear_object (&self->settings);
  g_clear_object (&self->secrets);
  g_clear_object (&self->store);
  g_clear_pointer (&self->clouds, wb_clouds_free);

  G_OBJECT_CLASS (wb_context_parent_class)->finalize (object);
}

static void
wb_context_class_init (WbContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = wb_context_finalize;
}

static void
wb_context_init (WbContext *self)
{
  g_autofree char *path = wb_history_dup_default_path ();
  g_autoptr (WbHistory) history = wb_history_new (path);

  self->secrets = wb_secrets_new ();
  self->clouds = wb_clouds_new ();
  self->settings = g_settings_new (APP_ID);
  self->request_log = wb_request_log_new ();
  self->last_exports = wb_last_exports_new ();
  self->recorder = wb_recorder_new (history);
  self->inhibitor = wb_inhibitor_new ();
  self->sample = wb_sample_account_new ();
}

/**
 * wb_context_new:
 * @accounts_path: the file of the accounts
 *
 * Reads no file yet: the caller loads the accounts and the user's clouds.
 *
 * Returns: (transfer full): a context
 */
WbContext *
wb_context_new (const char *accounts_path)
{
  WbContext *self;

  g_return_val_if_fail (accounts_path != NULL, NULL);

  self = g_object_new (WB_TYPE_CONTEXT, NULL);
  self->store = wb_account_store_new (accounts_path);
  self->sign_ins = wb_sign_ins_new (self->store);
  self->token_watch = wb_token_watch_new (self->store, self->secrets);
  g_signal_connect_object (self->token_watch, "expired", G_CALLBACK (wb_sign_ins_forget),
                           self->sign_ins, G_CONNECT_SWAPPED);

  return self;
}

/**
 * wb_context_start:
 * @self: a context, with its accounts loaded
 *
 * From now on, tokens are removed when they expire, and logging out can be inhibited.
 */
void
wb_context_start (WbContext *self)
{
  g_return_if_fail (WB_IS_CONTEXT (self));

  wb_inhibitor_start (self->inhibitor);
  wb_token_watch_start (self->token_watch);
}

WbAccountStore *
wb_context_get_store (WbContext *self)
{
  g_return_val_if_fail (WB_IS_CONTEXT (self), NULL);

  return self->store;
}

WbSecrets *
wb_context_get_secrets (WbContext *self)
{
  g_return_val_if_fail (WB_IS_CONTEXT (self), NULL);

  return self->secrets;
}

WbClouds *
wb_context_get_clouds (WbContext *self)
{
  g_return_val_if_fail (WB_IS_CONTEXT (self), NULL);

  return self->clouds;
}

GSettings *
wb_context_get_settings (WbContext *self)
{
  g_return_val_if_fail (WB_IS_CONTEXT (self), NULL);

  return self->settings;
}

WbSignIns *
wb_context_get_sign_ins (WbContext *self)
{
  g_return_val_if_fail (WB_IS_CONTEXT (self), NULL);

  return self->sign_ins;
}

WbRequestLog *
wb_context_get_request_log (WbContext *self)
{
  g_return_val_if_fail (WB_IS_CONTEXT (self), NULL);

  return self->request_log;
}

WbLastExports *
wb_context_get_last_exports (WbContext *self)
{
  g_return_val_if_fail (WB_IS_CONTEXT (self), NULL);

  return self->last_exports;
}

WbRecorder *
wb_context_get_recorder (WbContext *self)
{
  g_return_val_if_fail (WB_IS_CONTEXT (self), NULL);

  return self->recorder;
}

WbInhibitor *
wb_context_get_inhibitor (WbContext *self)
{
  g_return_val_if_fail (WB_IS_CONTEXT (self), NULL);

  return self->inhibitor;
}

WbSampleAccount *
wb_context_get_sample (WbContext *self)
{
  g_return_val_if_fail (WB_IS_CONTEXT (self), NULL);

  return self->sample;
}
