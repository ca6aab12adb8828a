/* tree-folding.c: expands or collapses all folders of a tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

/* A view keeps its rows here. */
#define ROWS_KEY "waybill-folding-rows"

static void
expand_all_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  GtkMultiSelection *rows = g_object_get_data (user_data, ROWS_KEY);

  wb_tree_state_set_expanded (rows, TRUE);
  wb_tree_keys_focus_selected (user_data, rows);
}

/* What was selected is not in sight any more, but the folder that it is in. */
static void
collapse_all_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  GtkMultiSelection *rows = g_object_get_data (user_data, ROWS_KEY);
  g_autoptr (GtkTreeListRow) row = wb_tree_dup_first_selected_row (rows);

  while (row != NULL && gtk_tree_list_row_get_depth (row) > 1)
    {
      GtkTreeListRow *parent = gtk_tree_list_row_get_parent (row);

      g_object_unref (row);
      row = parent;
    }
  wb_tree_state_set_expanded (rows, FALSE);
  if (row != NULL)
    wb_tree_keys_go_to (user_data, rows, row);
}

/* Towards the end of a line it expands, as the key alone does for one folder. */
static gboolean
key_cb (GtkWidget *view,
        GVariant  *to_the_right,
        gpointer   user_data)
{
  gboolean mirrored = gtk_widget_get_direction (view) == GTK_TEXT_DIR_RTL;
  gboolean expand = g_variant_get_boolean (to_the_right) != mirrored;

  return gtk_widget_activate_action (view, expand ? "tree.expand-all" : "tree.collapse-all", NULL);
}

static void
add_key (GtkShortcutController *controller,
         guint                  keyval,
         gboolean               to_the_right)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keyval, GDK_SHIFT_MASK),
                                            gtk_callback_action_new (key_cb, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_boolean (to_the_right));
  gtk_shortcut_controller_add_shortcut (controller, shortcut);
}

/**
 * wb_tree_folding_add:
 * @parent: gets the actions `tree.expand-all` and `tree.collapse-all`
 * @view: the view in it, which gets their keys, Shift with Right and Left
 * @rows: the selection that the view shows
 */
void
wb_tree_folding_add (GtkWidget         *parent,
                     GtkColumnView     *view,
                     GtkMultiSelection *rows)
{
  static const GActionEntry actions[] = {
    { "expand-all", expand_all_cb },
    { "collapse-all", collapse_all_cb },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkEventController *controller = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (GTK_IS_MULTI_SELECTION (rows));

  g_object_set_data_full (G_OBJECT (view), ROWS_KEY, g_object_ref (rows), g_object_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), view);
  gtk_widget_insert_action_group (parent, "tree", G_ACTION_GROUP (group));

  /* Before the list, which would select the next row. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_key (GTK_SHORTCUT_CONTROLLER (controller), GDK_KEY_Right, TRUE);
  add_key (GTK_SHORTCUT_CONTROLLER (controller), GDK_KEY_Left, FALSE);
  gtk_widget_add_controller (GTK_WIDGET (view), controller);
}
