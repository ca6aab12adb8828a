/* tree-keys.c: the keys Left and Right in a column view that shows a tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

/* The selected row; of several, the one with the focus. */
static GtkTreeListRow *
dup_current_row (GtkWidget         *view,
                 GtkMultiSelection *rows)
{
  GtkTreeListRow *row = wb_tree_dup_selected_row (rows);

  if (row != NULL)
    return row;

  row = wb_tree_find_row (GTK_COLUMN_VIEW (view),
                          gtk_root_get_focus (gtk_widget_get_root (view)));

  return row != NULL ? g_object_ref (row) : NULL;
}

/* Newer GTK takes Return in the row, and not in its expander. */
static gboolean
focus_selected_cb (GtkWidget     *widget,
                   GdkFrameClock *clock,
                   gpointer       user_data)
{
  g_autoptr (GtkTreeListRow) row = wb_tree_dup_first_selected_row (user_data);
  GtkWidget *focus = NULL;

  if (row != NULL)
    focus = wb_tree_find_widget (GTK_COLUMN_VIEW (widget), row);
  gtk_widget_grab_focus (focus != NULL ? focus : widget);

  return G_SOURCE_REMOVE;
}

static gboolean
unfold (GtkWidget         *view,
        GtkMultiSelection *rows)
{
  g_autoptr (GtkTreeListRow) row = dup_current_row (view, rows);
  g_autoptr (GtkTreeListRow) child = NULL;

  if (row == NULL || !gtk_tree_list_row_is_expandable (row))
    return FALSE;

  if (!gtk_tree_list_row_get_expanded (row))
    {
      gtk_tree_list_row_set_expanded (row, TRUE);
      return TRUE;
    }

  child = gtk_tree_list_row_get_child_row (row, 0);
  if (child != NULL)
    wb_tree_keys_go_to (view, rows, child);

  return TRUE;
}

static gboolean
fold (GtkWidget         *view,
      GtkMultiSelection *rows)
{
  g_autoptr (GtkTreeListRow) row = dup_current_row (view, rows);
  g_autoptr (GtkTreeListRow) parent = NULL;

  if (row == NULL)
    return FALSE;

  if (gtk_tree_list_row_get_expanded (row))
    {
      gtk_tree_list_row_set_expanded (row, FALSE);
      return TRUE;
    }

  parent = gtk_tree_list_row_get_parent (row);
  if (parent != NULL)
    wb_tree_keys_go_to (view, rows, parent);

  return TRUE;
}

static gboolean
key_cb (GtkEventController *controller,
        guint               keyval,
        guint               keycode,
        GdkModifierType     modifiers,
        gpointer            user_data)
{
  GtkWidget         *view = gtk_event_controller_get_widget (controller);
  GtkMultiSelection *rows = user_data;
  gboolean           mirrored = gtk_widget_get_direction (view) == GTK_TEXT_DIR_RTL;

  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return mirrored ? unfold (view, rows) : fold (view, rows);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return mirrored ? fold (view, rows) : unfold (view, rows);
    default:
      return FALSE;
    }
}

/**
 * wb_tree_keys_new:
 * @rows: the selection over the #GtkTreeListRow that the view shows
 *
 * Right unfolds a folder, or goes to its first entry; Left folds it, or goes to the folder above.
 *
 * Returns: (transfer full): a controller for the view
 */
GtkEventController *
wb_tree_keys_new (GtkMultiSelection *rows)
{
  GtkEventController *controller;

  g_return_val_if_fail (GTK_IS_MULTI_SELECTION (rows), NULL);

  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_cb), rows, 0);

  return controller;
}

/**
 * wb_tree_keys_focus_selected:
 * @view: the view
 * @rows: the selection that it shows
 *
 * Brings the selected row into sight and gives it the focus; of several, the first one; and if none
 * is selected, any. The row may have come just now: it has a widget in the next frame.
 */
void
wb_tree_keys_focus_selected (GtkWidget         *view,
                             GtkMultiSelection *rows)
{
  g_autoptr (GtkTreeListRow) row = NULL;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (GTK_IS_MULTI_SELECTION (rows));

  row = wb_tree_dup_first_selected_row (rows);
  if (row != NULL)
    wb_tree_scroll_to (GTK_COLUMN_VIEW (view), gtk_tree_list_row_get_position (row));
  gtk_widget_add_tick_callback (view, focus_selected_cb, g_object_ref (rows), g_object_unref);
}

/**
 * wb_tree_keys_go_to:
 * @view: the view
 * @rows: the selection that it shows
 * @row: one of its rows
 *
 * Selects a row, brings it into sight, and gives it the focus.
 */
void
wb_tree_keys_go_to (GtkWidget         *view,
                    GtkMultiSelection *rows,
                    GtkTreeListRow    *row)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (GTK_IS_MULTI_SELECTION (rows));
  g_return_if_fail (GTK_IS_TREE_LIST_ROW (row));

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (rows),
                                   gtk_tree_list_row_get_position (row), TRUE);
  wb_tree_keys_focus_selected (view, rows);
}
