/* window-keys.c: a window's keys that mean something else on each page
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window-private.h"

static gboolean
is_previewing (WbWindow *self)
{
  return g_str_equal (wb_window_get_page (self), "preview");
}

static guint
find_area (GPtrArray *areas,
           GtkWidget *focus)
{
  for (guint i = 0; i < areas->len; i++)
    {
      if (focus != NULL && gtk_widget_is_ancestor (focus, g_ptr_array_index (areas, i)))
        return i;
    }

  return 0;
}

/* F6: the next part that has a control, the header bar after the last one. */
static gboolean
area_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  WbWindow *self = WB_WINDOW (widget);
  gboolean  backward = g_variant_get_boolean (arguments);
  g_autoptr (GPtrArray) areas = g_ptr_array_new ();
  guint i;

  g_ptr_array_add (areas, self->header);
  if (is_previewing (self))
    wb_preview_add_areas (self->preview, areas);
  else
    g_ptr_array_add (areas, gtk_stack_get_visible_child (self->stack));

  i = find_area (areas, gtk_root_get_focus (GTK_ROOT (self)));
  for (guint n_tried = 0; n_tried < areas->len; n_tried++)
    {
      GtkWidget *area;

      i = (i + (backward ? areas->len - 1 : 1)) % areas->len;
      area = g_ptr_array_index (areas, i);
      if (gtk_widget_get_mapped (area) && gtk_widget_child_focus (area, GTK_DIR_TAB_FORWARD))
        break;
    }

  return GDK_EVENT_STOP;
}

/* Escape: leaves the search, from wherever in the window, or a page that has one behind it. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  WbWindow *self = WB_WINDOW (widget);
  gboolean  searching = FALSE;

  /* An action that is off would take the key all the same. */
  if (self->cancellable != NULL)
    return gtk_widget_activate_action (widget, "win.cancel", NULL);
  if (is_previewing (self))
    g_object_get (self->preview, "searching", &searching, NULL);
  if (!searching)
    return gtk_widget_activate_action (widget, "win.back", NULL);

  g_object_set (self->preview, "searching", FALSE, NULL);

  return GDK_EVENT_STOP;
}

static gboolean
find_again_cb (GtkWidget *widget,
               GVariant  *arguments,
               gpointer   user_data)
{
  WbWindow *self = WB_WINDOW (widget);

  if (!is_previewing (self))
    return GDK_EVENT_PROPAGATE;

  wb_preview_find_again (self->preview, g_variant_get_boolean (arguments));

  return GDK_EVENT_STOP;
}

/* GtkPaned has a meaning of its own for F6. */
void
wb_window_add_area_keys (WbWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < 2; i++)
    {
      gboolean     backward = i == 1;
      GtkShortcut *shortcut =
        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F6, backward ? GDK_SHIFT_MASK : 0),
                          gtk_callback_action_new (area_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_boolean (backward));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* Not accelerators of the program, because what has the focus may use a key itself. */
void
wb_window_class_add_keys (WbWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.find",
                                       NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, find_again_cb, "b",
                                FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                find_again_cb, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

/* Also by F10, from anywhere. */
static void
menu_opening_cb (GtkMenuButton *button,
                 gpointer       user_data)
{
  WbWindow *self = user_data;

  g_set_weak_pointer (&self->before_menu, gtk_root_get_focus (GTK_ROOT (self)));
}

static gboolean
leave_menu_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       user_data)
{
  WbWindow  *self = WB_WINDOW (widget);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (self->before_menu != NULL && gtk_widget_get_mapped (self->before_menu)
      && (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->main_menu))))
    gtk_widget_grab_focus (self->before_menu);
  g_clear_weak_pointer (&self->before_menu);

  return G_SOURCE_REMOVE;
}

/* GTK puts the focus on the menu's button, when the menu has gone. */
static void
menu_closed_cb (WbWindow *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self), leave_menu_cb, NULL, NULL);
}

/* Gives the focus back to what had it before the main menu. */
void
wb_window_add_main_menu (WbWindow *self)
{
  gtk_menu_button_set_create_popup_func (self->main_menu, menu_opening_cb, self, NULL);
  g_signal_connect_object (gtk_menu_button_get_popover (self->main_menu), "closed",
                           G_CALLBACK (menu_closed_cb), self, G_CONNECT_SWAPPED);
}
