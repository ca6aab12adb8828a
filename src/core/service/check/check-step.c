/* check-step.c: one step of a check of an account
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/service/check/check-step.h"

#include <glib/gi18n-lib.h>

struct _WbCheckStep
{
  GObject parent_instance;

  WbCheckKind   kind;
  WbCheckResult result;
  char         *text; /* (owned) */
  gint64        begun_us;
  int           duration_ms;
  GError       *error; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (WbCheckStep, wb_check_step, G_TYPE_OBJECT)

enum
{
  PROP_TITLE = 1,
  PROP_RESULT,
  PROP_TEXT,
  PROP_DURATION_MS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static const char *const kind_names[] = {
  [WB_CHECK_NAMES] = "name-resolution",
  [WB_CHECK_TLS] = "tls",
  [WB_CHECK_SIGN_IN] = "sign-in",
  [WB_CHECK_PROJECT] = "project",
  [WB_CHECK_WORKSPACES] = "workspaces",
  [WB_CHECK_PERMISSION] = "permission",
};

static const char *const result_names[] = {
  [WB_CHECK_PENDING] = "pending",
  [WB_CHECK_RUNNING] = "running",
  [WB_CHECK_OK] = "ok",
  [WB_CHECK_FAILED] = "failed",
  [WB_CHECK_SKIPPED] = "skipped",
};

static const char *const titles[] = {
  [WB_CHECK_NAMES] = N_ ("Host names"),
  [WB_CHECK_TLS] = N_ ("Secure connection"),
  [WB_CHECK_SIGN_IN] = N_ ("Sign-in"),
  [WB_CHECK_PROJECT] = N_ ("Project"),
  [WB_CHECK_WORKSPACES] = N_ ("Workspaces"),
  [WB_CHECK_PERMISSION] = N_ ("Permission to see connections"),
};

static void
wb_check_step_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  WbCheckStep *self = WB_CHECK_STEP (object);

  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, wb_check_step_get_title (self));
      break;
    case PROP_RESULT:
      g_value_set_int (value, self->result);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_DURATION_MS:
      g_value_set_int (value, self->duration_ms);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
set (WbCheckStep  *self,
     WbCheckResult result,
     const char   *text,
     int           duration_ms,
     const GError *error)
{
  g_autofree char *old = self->text;

  self->result = result;
  self->text = g_strdup (text);
  self->duration_ms = duration_ms;
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);

  for (guint i = PROP_RESULT; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
wb_check_step_finalize (GObject *object)
{
  WbCheckStep *self = WB_CHECK_STEP (object);

  g_free (self->text);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (wb_check_step_parent_class)->finalize (object);
}

static void
wb_check_step_class_init (WbCheckStepClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wb_check_step_get_property;
  object_class->finalize = wb_check_step_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_RESULT] = g_param_spec_int ("result", NULL, NULL, WB_CHECK_PENDING,
                                              WB_CHECK_SKIPPED, WB_CHECK_PENDING, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  properties[PROP_DURATION_MS] = g_param_spec_int ("duration-ms", NULL, NULL, -1, G_MAXINT, -1,
                                                   flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
wb_check_step_init (WbCheckStep *self)
{
  self->text = g_strdup ("");
  self->duration_ms = -1;
}

WbCheckStep *
wb_check_step_new (WbCheckKind kind)
{
  WbCheckStep *self;

  g_return_val_if_fail (kind < WB_CHECK_N_STEPS, NULL);

  self = g_object_new (WB_TYPE_CHECK_STEP, NULL);
  self->kind = kind;

  return self;
}

void
wb_check_step_begin (WbCheckStep *self)
{
  g_return_if_fail (WB_IS_CHECK_STEP (self));

  self->begun_us = g_get_monotonic_time ();
  set (self, WB_CHECK_RUNNING, "", -1, NULL);
}

/**
 * wb_check_step_end:
 * @self: a step
 * @result: what came of it
 * @text: (nullable): a translated sentence about it; %NULL for that of @error, or none
 * @error: (nullable): why it failed
 */
void
wb_check_step_end (WbCheckStep  *self,
                   WbCheckResult result,
                   const char   *text,
                   const GError *error)
{
  int duration_ms = -1;

  g_return_if_fail (WB_IS_CHECK_STEP (self));

  if (self->result == WB_CHECK_RUNNING)
    duration_ms = (int) ((g_get_monotonic_time () - self->begun_us) / 1000);
  if (text == NULL)
    text = error != NULL ? error->message : "";
  set (self, result, text, duration_ms, error);
}

void
wb_check_step_reset (WbCheckStep *self)
{
  g_return_if_fail (WB_IS_CHECK_STEP (self));

  set (self, WB_CHECK_PENDING, "", -1, NULL);
}

WbCheckKind
wb_check_step_get_kind (WbCheckStep *self)
{
  g_return_val_if_fail (WB_IS_CHECK_STEP (self), WB_CHECK_NAMES);

  return self->kind;
}

const char *
wb_check_step_get_title (WbCheckStep *self)
{
  g_return_val_if_fail (WB_IS_CHECK_STEP (self), NULL);

  return _ (titles[self->kind]);
}

WbCheckResult
wb_check_step_get_result (WbCheckStep *self)
{
  g_return_val_if_fail (WB_IS_CHECK_STEP (self), WB_CHECK_PENDING);

  return self->result;
}

const char *
wb_check_step_get_text (WbCheckStep *self)
{
  g_return_val_if_fail (WB_IS_CHECK_STEP (self), NULL);

  return self->text;
}

int
wb_check_step_get_duration_ms (WbCheckStep *self)
{
  g_return_val_if_fail (WB_IS_CHECK_STEP (self), -1);

  return self->duration_ms;
}

/**
 * wb_check_step_get_error:
 * @self: a step
 *
 * Returns: (nullable): why it failed, why the service does not offer it, or what there is to
 *   remark about a step that passed
 */
const GError *
wb_check_step_get_error (WbCheckStep *self)
{
  g_return_val_if_fail (WB_IS_CHECK_STEP (self), NULL);

  return self->error;
}

const char *
wb_check_kind_to_string (WbCheckKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

const char *
wb_check_result_to_string (WbCheckResult result)
{
  g_return_val_if_fail ((guint) result < G_N_ELEMENTS (result_names), NULL);

  return result_names[result];
}
