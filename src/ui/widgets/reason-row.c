/* reason-row.c: why a field is not well-formed, or what to know of it, below the field
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/reason-row.h"

#include "ui/widgets/text-direction.h"

struct _WbReasonRow
{
  AdwPreferencesRow parent_instance;

  AdwPreferencesRow *field;  /* (unowned) (nullable): a sibling in the same list */
  char              *reason; /* (owned) (nullable) */
  char              *note;   /* (owned) (nullable): while there is no reason to show */
  gboolean           touched;

  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (WbReasonRow, wb_reason_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  PROP_FIELD = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* Says it with the field: that it is wrong, and why, or what to know of it. */
static void
describe (GtkAccessible *accessible,
          GtkLabel      *label,
          gboolean       shown,
          gboolean       wrong)
{
  if (shown)
    gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL,
                                    -1);
  else
    gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  if (shown && wrong)
    gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                                 GTK_ACCESSIBLE_INVALID_TRUE, -1);
  else
    gtk_accessible_reset_state (accessible, GTK_ACCESSIBLE_STATE_INVALID);
}

/* The part of an entry row that has the keyboard focus. libadwaita 1.2 shows a screen reader only
 * the row around it. */
static GtkAccessible *
get_focused_part (WbReasonRow *self)
{
  if (GTK_IS_EDITABLE (self->field))
    {
      GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (self->field));

      if (delegate != NULL)
        return GTK_ACCESSIBLE (delegate);
    }

  return GTK_ACCESSIBLE (self->field);
}

static gboolean
is_empty (WbReasonRow *self)
{
  return !GTK_IS_EDITABLE (self->field)
         || *gtk_editable_get_text (GTK_EDITABLE (self->field)) == '\0';
}

static void
set_class (gpointer    widget,
           const char *css_class,
           gboolean    set)
{
  if (set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

/* A required field that a person has not reached yet is missing, not wrong. */
static void
update (WbReasonRow *self)
{
  gboolean    wrong;
  const char *text;

  if (self->field == NULL)
    return;

  wrong = self->reason != NULL && (self->touched || !is_empty (self));
  text = wrong ? self->reason : self->note;
  if (!gtk_widget_get_visible (GTK_WIDGET (self->field)))
    text = NULL;

  gtk_label_set_label (self->label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  set_class (self->label, "error", wrong);
  set_class (self->label, "dim-label", !wrong);
  set_class (self->field, "error", wrong && text != NULL);
  set_class (self->field, "has-reason", text != NULL);

  describe (GTK_ACCESSIBLE (self->field), self->label, text != NULL, wrong);
  describe (get_focused_part (self), self->label, text != NULL, wrong);
}

static GtkWidget *
get_visible_sibling (GtkWidget *widget,
                     gboolean   backward)
{
  do
    widget = backward ? gtk_widget_get_prev_sibling (widget) : gtk_widget_get_next_sibling (widget);
  while (widget != NULL && !gtk_widget_get_visible (widget));

  return widget;
}

/* A list tries the next row only: without this, Tab would leave the list at the first reason. */
static gboolean
wb_reason_row_focus (GtkWidget       *widget,
                     GtkDirectionType direction)
{
  gboolean   backward = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
  GtkWidget *sibling = get_visible_sibling (widget, backward);

  return sibling != NULL && gtk_widget_child_focus (sibling, direction);
}

/* The arrow keys move the list's cursor from row to row. */
static gboolean
wb_reason_row_grab_focus (GtkWidget *widget)
{
  WbReasonRow *self = WB_REASON_ROW (widget);

  return self->field != NULL && gtk_widget_grab_focus (GTK_WIDGET (self->field));
}

static void
wb_reason_row_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  WbReasonRow *self = WB_REASON_ROW (object);

  switch (property_id)
    {
    case PROP_FIELD:
      g_value_set_object (value, self->field);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_reason_row_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  WbReasonRow *self = WB_REASON_ROW (object);

  switch (property_id)
    {
    case PROP_FIELD:
      g_set_weak_pointer (&self->field, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_reason_row_finalize (GObject *object)
{
  WbReasonRow *self = WB_REASON_ROW (object);

  g_clear_weak_pointer (&self->field);
  g_free (self->reason);
  g_free (self->note);

  G_OBJECT_CLASS (wb_reason_row_parent_class)->finalize (object);
}

static void
wb_reason_row_class_init (WbReasonRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_reason_row_get_property;
  object_class->set_property = wb_reason_row_set_property;
  object_class->finalize = wb_reason_row_finalize;
  widget_class->focus = wb_reason_row_focus;
  widget_class->grab_focus = wb_reason_row_grab_focus;

  properties[PROP_FIELD] =
    g_param_spec_object ("field", NULL, NULL, ADW_TYPE_PREFERENCES_ROW,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/reason-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbReasonRow, label);
}

static void
wb_reason_row_init (WbReasonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_label_align_with_window (self->label);
}

/**
 * wb_reason_row_set_reason:
 * @self: the row
 * @reason: (nullable): what is wrong with the field's text, or %NULL when it is well-formed
 *
 * The reason is shown unless the field is empty and was never touched.
 */
void
wb_reason_row_set_reason (WbReasonRow *self,
                          const char  *reason)
{
  g_return_if_fail (WB_IS_REASON_ROW (self));

  if (reason != self->reason)
    {
      g_free (self->reason);
      self->reason = g_strdup (reason);
    }
  update (self);
}

/**
 * wb_reason_row_set_note:
 * @self: the row
 * @note: (nullable): what to know of the field, plain text
 *
 * Shown while there is no reason to show.
 */
void
wb_reason_row_set_note (WbReasonRow *self,
                        const char  *note)
{
  g_return_if_fail (WB_IS_REASON_ROW (self));

  if (note != self->note)
    {
      g_free (self->note);
      self->note = g_strdup (note);
    }
  update (self);
}

/**
 * wb_reason_row_touch:
 * @self: the row
 *
 * Remembers that a person has worked on the field: from now on an empty field shows a reason, too.
 */
void
wb_reason_row_touch (WbReasonRow *self)
{
  g_return_if_fail (WB_IS_REASON_ROW (self));

  self->touched = TRUE;
}

/* Whether the field is in use and not well-formed. */
gboolean
wb_reason_row_has_reason (WbReasonRow *self)
{
  g_return_val_if_fail (WB_IS_REASON_ROW (self), FALSE);

  return self->reason != NULL && gtk_widget_get_visible (GTK_WIDGET (self->field));
}

const char *
wb_reason_row_get_title (WbReasonRow *self)
{
  g_return_val_if_fail (WB_IS_REASON_ROW (self), NULL);

  return adw_preferences_row_get_title (self->field);
}
