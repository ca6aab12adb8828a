/* one-stop.c: a row of a list at which Tab stops once, and that says all it shows
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/one-stop.h"

#include <glib/gi18n-lib.h>

/* The label of the row that can be selected by pointer. */
#define VALUE_KEY "waybill-value"

/* Tab comes to the row and leaves it. Right goes to its buttons, and Left back: GTK does that. */
static gboolean
focus (GtkWidget       *row,
       GtkDirectionType direction)
{
  GtkWidget *now = gtk_root_get_focus (gtk_widget_get_root (row));
  gboolean   inside = now != NULL && (now == row || gtk_widget_is_ancestor (now, row));

  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
    return !inside && gtk_widget_grab_focus (row);

  return GTK_WIDGET_CLASS (g_type_class_peek (GTK_TYPE_LIST_BOX_ROW))->focus (row, direction);
}

static gboolean
copy_cb (GtkWidget *row,
         GVariant  *arguments,
         gpointer   user_data)
{
  GtkLabel *value = g_object_get_data (G_OBJECT (row), VALUE_KEY);

  /* What is selected of the value, as everywhere. */
  if (gtk_label_get_selection_bounds (value, NULL, NULL))
    return gtk_widget_activate_action (GTK_WIDGET (value), "clipboard.copy", NULL);

  return gtk_widget_activate_action (row, g_variant_get_string (arguments, NULL), NULL);
}

/* The keys go to what the pointer is used on. */
static void
pressed_cb (GtkGestureClick *gesture)
{
  gtk_widget_grab_focus (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
}

/**
 * wb_one_stop_class_init:
 * @row_class: the class of a #GtkListBoxRow
 * @copy_action: the row's action that copies its value, for Return, Space and Ctrl+C
 */
void
wb_one_stop_class_init (GtkWidgetClass *row_class,
                        const char     *copy_action)
{
  static const guint keys[][2] = {
    { GDK_KEY_c, GDK_CONTROL_MASK },
    { GDK_KEY_Return, 0 },
    { GDK_KEY_KP_Enter, 0 },
    { GDK_KEY_space, 0 },
  };

  g_return_if_fail (row_class != NULL);
  g_return_if_fail (copy_action != NULL);

  row_class->focus = focus;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (row_class, keys[i][0], keys[i][1], copy_cb, "s", copy_action);
}

/**
 * wb_one_stop_init:
 * @row: a #GtkListBoxRow of such a class
 * @value: the label in it that shows the value
 */
void
wb_one_stop_init (GtkWidget *row,
                  GtkLabel  *value)
{
  GtkGesture *gesture;

  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));
  g_return_if_fail (GTK_IS_LABEL (value));

  gesture = gtk_gesture_click_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (gesture));
  g_object_set_data (G_OBJECT (row), VALUE_KEY, value);
  gtk_widget_set_focusable (row, TRUE);
  /* Each can have the focus if its text can be selected. */
  gtk_widget_set_focusable (GTK_WIDGET (value), FALSE);
}

/**
 * wb_one_stop_set_name:
 * @row: the row
 * @label: what it is about
 * @value: its value as it is shown
 *
 * What a screen reader says of the row.
 */
void
wb_one_stop_set_name (GtkWidget  *row,
                      const char *label,
                      const char *value)
{
  g_autofree char *name = NULL;

  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));
  g_return_if_fail (label != NULL);
  g_return_if_fail (value != NULL);

  /* Translators: what a screen reader says of a setting: its name, and its value. */
  name = g_strdup_printf (_ ("%s, %s"), label, value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
