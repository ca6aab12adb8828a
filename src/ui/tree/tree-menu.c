/* tree-menu.c: the context menu of the rows of a tree in a column view
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

/* State of the menu, kept with the view. */
typedef struct
{
  GtkPopover        *popover; /* (unowned) */
  GtkColumnView     *view;    /* (unowned): the popover is gone before it */
  GtkMultiSelection *rows;    /* (owned) */
} Menu;

static void
menu_free (Menu *self)
{
  g_clear_object (&self->rows);
  g_free (self);
}

/* The menu is about the row it was asked for on, which may be one of several that are selected. The
 * place is in the view. */
static void
popup (Menu           *self,
       GtkTreeListRow *row,
       double          x,
       double          y)
{
  GtkSelectionModel *rows = GTK_SELECTION_MODEL (self->rows);
  GtkWidget         *parent = gtk_widget_get_parent (GTK_WIDGET (self->popover));
  guint              position = gtk_tree_list_row_get_position (row);
  GdkRectangle       place = { 0, 0, 1, 1 };

  if (!gtk_selection_model_is_selected (rows, position))
    gtk_selection_model_select_item (rows, position, TRUE);
  gtk_widget_grab_focus (wb_tree_find_widget (self->view, row));

  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), parent, x, y, &x, &y);
  place.x = (int) x;
  place.y = (int) y;
  gtk_popover_set_pointing_to (self->popover, &place);
  gtk_popover_popup (self->popover);
}

/* GTK 4.8 leaves the focus in the menu that has gone. */
static void
closed_cb (GtkPopover *popover,
           gpointer    user_data)
{
  Menu *self = user_data;

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static gboolean
popup_at (Menu  *self,
          double x,
          double y)
{
  GtkWidget      *widget = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  GtkTreeListRow *row = wb_tree_find_row (self->view, widget);

  if (row == NULL)
    return FALSE;

  popup (self, row, x, y);

  return TRUE;
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_presses,
            double           x,
            double           y,
            gpointer         user_data)
{
  if (popup_at (user_data, x, y))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
long_pressed_cb (GtkGestureLongPress *gesture,
                 double               x,
                 double               y,
                 gpointer             user_data)
{
  if (popup_at (user_data, x, y))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   user_data)
{
  Menu           *self = user_data;
  GtkWidget      *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkTreeListRow *row = wb_tree_find_row (self->view, focus);
  double          x;
  double          y;

  if (row == NULL)
    return FALSE;

  gtk_widget_translate_coordinates (focus, GTK_WIDGET (self->view),
                                    gtk_widget_get_width (focus) / 2.,
                                    gtk_widget_get_height (focus), &x, &y);
  popup (self, row, x, y);

  return TRUE;
}

static void
add_shortcuts (Menu *self)
{
  static const guint keys[][2] = {
    { GDK_KEY_Menu, 0 },
    { GDK_KEY_F10, GDK_SHIFT_MASK },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut =
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i][0], keys[i][1]),
                          gtk_callback_action_new (key_cb, self, NULL));

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}

/**
 * wb_tree_menu_new:
 * @parent: the widget that the menu belongs to; it unparents it when it is disposed of
 * @view: the tree, below @parent
 * @rows: its selection
 * @menu: what the menu offers
 *
 * Comes with a right click, a long touch, the menu key or Shift+F10. A row that is not selected is
 * selected first.
 *
 * Returns: (transfer none): the menu
 */
GtkPopover *
wb_tree_menu_new (GtkWidget         *parent,
                  GtkColumnView     *view,
                  GtkMultiSelection *rows,
                  GMenuModel        *menu)
{
  Menu       *self;
  GtkWidget  *popover;
  GtkGesture *gesture;

  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);
  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);
  g_return_val_if_fail (GTK_IS_MULTI_SELECTION (rows), NULL);
  g_return_val_if_fail (G_IS_MENU_MODEL (menu), NULL);

  popover = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, parent);

  self = g_new0 (Menu, 1);
  self->popover = GTK_POPOVER (popover);
  self->view = view;
  self->rows = g_object_ref (rows);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), self);
  g_object_set_data_full (G_OBJECT (view), "waybill-tree-menu", self, (GDestroyNotify) menu_free);

  gesture = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (gesture));

  gesture = gtk_gesture_long_press_new ();
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (gesture), TRUE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (long_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (gesture));

  add_shortcuts (self);

  return GTK_POPOVER (popover);
}
