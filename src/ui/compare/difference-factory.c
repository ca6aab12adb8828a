/* difference-factory.c: the rows that show what changed between two archives
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compare/difference-list.h"

static const char *
get_icon_name (WbDifferenceKind kind)
{
  switch (kind)
    {
    case WB_DIFFERENCE_ADDED:
      return "list-add-symbolic";
    case WB_DIFFERENCE_REMOVED:
      return "list-remove-symbolic";
    case WB_DIFFERENCE_RENAMED:
      return "waybill-renamed-symbolic";
    case WB_DIFFERENCE_CHANGED:
      return "document-edit-symbolic";
    case WB_DIFFERENCE_UNCOUNTED:
      return "emblem-ok-symbolic";
    case WB_DIFFERENCE_UNREADABLE:
    case WB_N_DIFFERENCE_KINDS:
    default:
      return "dialog-warning-symbolic";
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *path = gtk_label_new (NULL);
  GtkWidget *about = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (path), 0);
  gtk_label_set_ellipsize (GTK_LABEL (path), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (about), 0);
  gtk_label_set_ellipsize (GTK_LABEL (about), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (about, "dim-label");
  gtk_widget_add_css_class (about, "caption");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), path);
  gtk_box_append (GTK_BOX (texts), about);
  gtk_box_append (GTK_BOX (row), gtk_image_new ());
  gtk_box_append (GTK_BOX (row), texts);
  gtk_list_item_set_child (item, row);
}

static void
bind_heading (GtkWidget        *path,
              WbDifferenceLine *line)
{
  g_autofree char *heading = wb_difference_line_dup_heading (line);

  gtk_label_set_text (GTK_LABEL (path), heading);
  gtk_widget_set_tooltip_text (path, NULL);
}

static void
bind_difference (GtkWidget        *icon,
                 GtkWidget        *path,
                 GtkWidget        *about,
                 WbDifferenceLine *line)
{
  WbDifferenceKind    kind = wb_difference_line_get_kind (line);
  g_autofree char    *text = wb_difference_line_dup_about (line);
  const WbDifference *difference =
    wb_comparison_get (wb_difference_line_get_comparison (line),
                       (guint) wb_difference_line_get_index (line));

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), get_icon_name (kind));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, wb_difference_to_text (kind),
                                  -1);
  gtk_label_set_text (GTK_LABEL (path), wb_difference_line_get_name (line));
  gtk_widget_set_tooltip_text (path, difference->path);
  gtk_label_set_text (GTK_LABEL (about), text);
}

/* The row has the focus, and is above what the factory makes. */
static void
name_row (GtkListItem *item,
          const char  *kind,
          GtkWidget   *path,
          GtkWidget   *about)
{
  GtkWidget *row = gtk_widget_get_parent (gtk_list_item_get_child (item));
  g_autoptr (GString) name = g_string_new (gtk_label_get_text (GTK_LABEL (path)));

  if (kind != NULL)
    {
      g_string_append_printf (name, ", %s", kind);
      if (*gtk_label_get_text (GTK_LABEL (about)) != '\0')
        g_string_append_printf (name, ", %s", gtk_label_get_text (GTK_LABEL (about)));
    }
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                    -1);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  WbDifferenceLine *line = gtk_list_item_get_item (item);
  GtkWidget        *icon = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget        *path = gtk_widget_get_first_child (gtk_widget_get_next_sibling (icon));
  GtkWidget        *about = gtk_widget_get_next_sibling (path);
  gboolean          heading = wb_difference_line_get_index (line) < 0;

  if (heading)
    bind_heading (path, line);
  else
    bind_difference (icon, path, about, line);

  name_row (item, heading ? NULL : wb_difference_to_text (wb_difference_line_get_kind (line)),
            path, about);
  gtk_list_item_set_activatable (item, !heading);
  gtk_widget_set_visible (icon, !heading);
  gtk_widget_set_visible (about, !heading && *gtk_label_get_text (GTK_LABEL (about)) != '\0');
  if (heading)
    gtk_widget_add_css_class (path, "heading");
  else
    gtk_widget_remove_css_class (path, "heading");
}

/**
 * wb_difference_factory_new:
 *
 * Returns: (transfer full): makes headings, and rows with an icon, a path and what it is about
 */
GtkListItemFactory *
wb_difference_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);

  return factory;
}
