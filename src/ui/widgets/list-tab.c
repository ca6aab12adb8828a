/* list-tab.c: Tab leaves a list, rather than going from row to row
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/list-tab.h"

/* The next widget that takes the focus after the list; of its siblings, and of its ancestors'. */
static gboolean
leave (GtkWidget       *list,
       GtkDirectionType direction)
{
  gboolean backward = direction == GTK_DIR_TAB_BACKWARD;

  for (GtkWidget *inner = list; inner != NULL; inner = gtk_widget_get_parent (inner))
    {
      GtkWidget *next = inner;

      while ((next = backward ? gtk_widget_get_prev_sibling (next)
                              : gtk_widget_get_next_sibling (next))
             != NULL)
        {
          if (gtk_widget_get_mapped (next) && gtk_widget_child_focus (next, direction))
            return TRUE;
        }
      if (GTK_IS_ROOT (gtk_widget_get_parent (inner)))
        break;
    }

  return FALSE;
}

static gboolean
tab_cb (GtkWidget *list,
        GVariant  *arguments,
        gpointer   user_data)
{
  GtkDirectionType direction = g_variant_get_boolean (arguments) ? GTK_DIR_TAB_BACKWARD
                                                                 : GTK_DIR_TAB_FORWARD;
  GtkRoot         *root = gtk_widget_get_root (list);

  if (leave (list, direction))
    return GDK_EVENT_STOP;

  /* Round, from the other end of the window. */
  gtk_root_set_focus (root, NULL);

  return gtk_widget_child_focus (GTK_WIDGET (root), direction);
}

/**
 * wb_list_tab_add:
 * @list: a #GtkListView, which may have thousands of rows, or a #GtkListBox
 *
 * Arrow keys go from row to row. Newer GTK has a property for this.
 */
void
wb_list_tab_add (GtkWidget *list)
{
  GtkEventController *controller;

  g_return_if_fail (GTK_IS_LIST_VIEW (list) || GTK_IS_LIST_BOX (list));

  controller = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < 2; i++)
    {
      gboolean     backward = i == 1;
      GtkShortcut *shortcut =
        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Tab, backward ? GDK_SHIFT_MASK : 0),
                          gtk_callback_action_new (tab_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_boolean (backward));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (list, controller);
}
