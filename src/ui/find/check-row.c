/* check-row.c: one step of an account check: its result, and how long it took
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/find/find-private.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/text.h"
#include "ui/widgets/spinner.h"

struct _WbCheckRow
{
  AdwActionRow parent_instance;

  WbCheckStep *step; /* (owned) (nullable) */

  GtkStack  *stack;
  WbSpinner *spinner;
  GtkImage  *image;
  GtkLabel  *duration;
};

G_DEFINE_FINAL_TYPE (WbCheckRow, wb_check_row, ADW_TYPE_ACTION_ROW)

/* A step that passed with a remark, or that the service does not offer, deserves a look. The last
 * one always says how much it proves. */
static gboolean
is_remarkable (WbCheckStep *step)
{
  WbCheckResult result = wb_check_step_get_result (step);

  if (wb_check_step_get_kind (step) == WB_CHECK_PERMISSION)
    return result == WB_CHECK_OK && wb_check_step_get_error (step) != NULL;

  return (result == WB_CHECK_OK || result == WB_CHECK_SKIPPED)
         && *wb_check_step_get_text (step) != '\0';
}

static void
append_fact (GString    *remark,
             const char *label,
             const char *value)
{
  g_autofree char *safe = NULL;

  if (value == NULL)
    return;

  safe = wb_text_escape (value, -1);
  g_string_append_c (remark, '\n');
  /* Translators: “Code” or “Request ID”, and which */
  g_string_append_printf (remark, _ ("%s: %s"), label, safe);
}

static void
show_image (WbCheckRow *self,
            const char *icon_name,
            const char *css_class)
{
  static const char *const css_classes[] = { "success", "warning", "error", "dim-label" };

  for (guint i = 0; i < G_N_ELEMENTS (css_classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->image), css_classes[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->image), css_class);
  gtk_image_set_from_icon_name (self->image, icon_name);
}

static void
update (WbCheckRow *self)
{
  WbCheckResult    result = wb_check_step_get_result (self->step);
  gboolean         running = result == WB_CHECK_RUNNING;
  g_autofree char *duration = wb_check_row_dup_duration (self->step);
  g_autofree char *remark = wb_check_row_dup_remark (self->step);
  g_autofree char *description = NULL;

  gtk_stack_set_visible_child_name (self->stack, running ? "running" : "image");
  wb_spinner_set_spinning (self->spinner, running);
  if (result == WB_CHECK_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self), "failed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "failed");
  if (result == WB_CHECK_FAILED)
    show_image (self, "dialog-error-symbolic", "error");
  else if (is_remarkable (self->step))
    show_image (self, "dialog-warning-symbolic", "warning");
  else if (result == WB_CHECK_OK)
    show_image (self, "object-select-symbolic", "success");
  else
    show_image (self, "content-loading-symbolic", "dim-label");

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), remark);
  gtk_label_set_label (self->duration, duration);

  description = g_strjoin (" ", wb_check_row_get_result (self->step), duration, remark, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, g_strstrip (description),
                                  -1);
}

static void
wb_check_row_dispose (GObject *object)
{
  WbCheckRow *self = WB_CHECK_ROW (object);

  g_clear_object (&self->step);

  G_OBJECT_CLASS (wb_check_row_parent_class)->dispose (object);
}

static void
wb_check_row_class_init (WbCheckRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_check_row_dispose;

  g_type_ensure (WB_TYPE_SPINNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCheckRow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbCheckRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbCheckRow, image);
  gtk_widget_class_bind_template_child (widget_class, WbCheckRow, duration);
}

static void
wb_check_row_init (WbCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wb_check_row_new (WbCheckStep *step)
{
  WbCheckRow *self;

  g_return_val_if_fail (WB_IS_CHECK_STEP (step), NULL);

  self = g_object_new (WB_TYPE_CHECK_ROW, NULL);
  self->step = g_object_ref (step);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), wb_check_step_get_title (step));
  /* The last property that a change notifies. */
  g_signal_connect_object (step, "notify::duration-ms", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * wb_check_row_get_result:
 * @step: a step
 *
 * Returns: its result so far, as a translated word
 */
const char *
wb_check_row_get_result (WbCheckStep *step)
{
  g_return_val_if_fail (WB_IS_CHECK_STEP (step), NULL);

  switch (wb_check_step_get_result (step))
    {
    case WB_CHECK_RUNNING:
      return _ ("being checked");
    case WB_CHECK_OK:
      if (is_remarkable (step))
        /* Translators: the result of one step of a check. */
        return _ ("passed with a warning");
      /* Translators: the result of one step of a check. */
      return _ ("passed");
    case WB_CHECK_FAILED:
      /* Translators: the result of one step of a check. */
      return _ ("failed");
    case WB_CHECK_PENDING:
    case WB_CHECK_SKIPPED:
    default:
      return _ ("not checked");
    }
}

/**
 * wb_check_row_dup_duration:
 * @step: a step
 *
 * Returns: (transfer full): how long it took, translated; empty if not known
 */
char *
wb_check_row_dup_duration (WbCheckStep *step)
{
  int duration_ms;

  g_return_val_if_fail (WB_IS_CHECK_STEP (step), NULL);

  duration_ms = wb_check_step_get_duration_ms (step);
  if (duration_ms < 0)
    return g_strdup ("");
  if (duration_ms < 1000)
    /* Translators: milliseconds */
    return g_strdup_printf (_ ("%d ms"), duration_ms);

  /* Translators: seconds */
  return g_strdup_printf (_ ("%.1f s"), duration_ms / 1000.0);
}

/**
 * wb_check_row_dup_remark:
 * @step: a step
 *
 * Returns: (transfer full): a translated remark, followed by lines for the support team; may be
 *   empty
 */
char *
wb_check_row_dup_remark (WbCheckStep *step)
{
  const GError    *error;
  g_autofree char *text = NULL;
  GString         *remark;

  g_return_val_if_fail (WB_IS_CHECK_STEP (step), NULL);

  error = wb_check_step_get_error (step);
  text = wb_text_escape (wb_check_step_get_text (step), -1);
  remark = g_string_new (text);
  if (error != NULL)
    {
      /* Translators: the service's code for an error; it follows. */
      append_fact (remark, _ ("Code"), wb_error_get_service_code (error));
      append_fact (remark, _ ("Request ID"), wb_error_get_request_id (error));
    }

  return g_string_free (remark, FALSE);
}
