/* archive-columns.c: how the rows of an archive's tree fill its columns
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-columns.h"

#include <glib/gi18n-lib.h>

#include "core/archive/list/entry-list.h"

static WbEntry *
dup_entry (GtkListItem *item)
{
  return gtk_tree_list_row_get_item (gtk_list_item_get_item (item));
}

/* Asked for when a pointer rests on the widget. A text that is set beforehand would ask the display
 * where the pointer is, for each row that is filled. */
static gboolean
query_address_cb (GtkWidget  *label,
                  int         x,
                  int         y,
                  gboolean    by_keyboard,
                  GtkTooltip *tooltip,
                  gpointer    user_data)
{
  const char *address = gtk_inscription_get_text (GTK_INSCRIPTION (label));

  gtk_tooltip_set_text (tooltip, address);

  return *address != '\0';
}

static gboolean
query_problems_cb (GtkWidget  *warning,
                   int         x,
                   int         y,
                   gboolean    by_keyboard,
                   GtkTooltip *tooltip,
                   gpointer    user_data)
{
  g_autoptr (WbEntry) entry = dup_entry (user_data);
  g_autofree char *problems = wb_problems_to_text (wb_entry_get_problems (entry));

  gtk_tooltip_set_text (tooltip, problems);

  return *problems != '\0';
}

/* Inscriptions are as large as they are told to be: a label would lay out its text to know. */

/* Name cell: expander › box › icon, label, warning. */
static void
setup_name_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               gpointer                  user_data)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = gtk_inscription_new ("");
  GtkWidget *warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (label),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (warning, "warning");
  gtk_widget_set_has_tooltip (warning, TRUE);
  g_signal_connect (warning, "query-tooltip", G_CALLBACK (query_problems_cb), item);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), warning);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_list_item_set_child (item, expander);
}

static void
highlight_name_cb (GtkSignalListItemFactory *factory,
                   GtkListItem              *item,
                   gpointer                  user_data)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  GtkWidget       *icon = gtk_widget_get_first_child (gtk_tree_expander_get_child (expander));
  GtkWidget       *label = gtk_widget_get_next_sibling (icon);

  wb_search_highlight_add_label (user_data, GTK_INSCRIPTION (label), "name");
}

static void
bind_name_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  user_data)
{
  GtkTreeListRow  *row = gtk_list_item_get_item (item);
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  GtkWidget       *icon = gtk_widget_get_first_child (gtk_tree_expander_get_child (expander));
  GtkWidget       *label = gtk_widget_get_next_sibling (icon);
  GtkWidget       *warning = gtk_widget_get_next_sibling (label);
  g_autoptr (WbEntry) entry = gtk_tree_list_row_get_item (row);
  WbProblems problems = wb_entry_get_problems (entry);

  gtk_tree_expander_set_list_row (expander, row);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), wb_entry_get_icon_name (entry));
  gtk_inscription_set_text (GTK_INSCRIPTION (label), wb_entry_get_name (entry));
  gtk_widget_set_visible (warning, problems != WB_PROBLEM_NONE);
  if (problems != WB_PROBLEM_NONE)
    {
      g_autofree char *text = wb_problems_to_text (problems);

      gtk_accessible_update_property (GTK_ACCESSIBLE (warning), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      text, -1);
    }
}

static void
setup_text_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               gpointer                  user_data)
{
  GtkWidget *label = gtk_inscription_new ("");

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (label),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
setup_address_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *item,
                  gpointer                  user_data)
{
  GtkWidget *label;

  setup_text_cb (factory, item, user_data);
  label = gtk_list_item_get_child (item);
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (query_address_cb), NULL);
}

static void
setup_number_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 gpointer                  user_data)
{
  GtkWidget *label = gtk_inscription_new ("");

  gtk_inscription_set_xalign (GTK_INSCRIPTION (label), 1);
  gtk_widget_set_margin_end (label, 6);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
highlight_type_cb (GtkSignalListItemFactory *factory,
                   GtkListItem              *item,
                   gpointer                  user_data)
{
  wb_search_highlight_add_label (user_data, GTK_INSCRIPTION (gtk_list_item_get_child (item)),
                                 "type");
}

static void
highlight_address_cb (GtkSignalListItemFactory *factory,
                      GtkListItem              *item,
                      gpointer                  user_data)
{
  wb_search_highlight_add_label (user_data, GTK_INSCRIPTION (gtk_list_item_get_child (item)),
                                 "address");
}

static void
bind_type_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  user_data)
{
  g_autoptr (WbEntry) entry = dup_entry (item);
  const char *text = wb_entry_get_type_name (entry);

  if (*text == '\0')
    {
      switch (wb_entry_get_kind (entry))
        {
        case WB_NODE_ROOT:
          /* Translators: the kind of an entry, in the column of types: the archive itself. */
          text = _ ("ZIP");
          break;
        case WB_NODE_FOLDER:
          text = _ ("Folder");
          break;
        case WB_NODE_LINK:
          /* Translators: the kind of an entry, in the column of types: a symbolic link. */
          text = _ ("Link");
          break;
        case WB_NODE_CONNECTION:
          /* Translators: the kind of an entry, in the column of types: a connection whose type
           * is not known. */
          text = _ ("Unknown");
          break;
        case WB_NODE_FILE:
        default:
          text = _ ("File");
          break;
        }
    }

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

static void
bind_address_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 gpointer                  user_data)
{
  g_autoptr (WbEntry) entry = dup_entry (item);
  GtkWidget  *label = gtk_list_item_get_child (item);
  const char *address = wb_entry_get_address (entry);

  gtk_inscription_set_text (GTK_INSCRIPTION (label), address);
}

static void
bind_size_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  user_data)
{
  g_autoptr (WbEntry) entry = dup_entry (item);
  WbNodeKind       kind = wb_entry_get_kind (entry);
  g_autofree char *text = NULL;

  if (kind != WB_NODE_ROOT && kind != WB_NODE_FOLDER)
    text = g_format_size (wb_entry_get_size_bytes (entry));

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)),
                            text != NULL ? text : "");
}

static GtkListItemFactory *
factory_new (GCallback setup_cb,
             GCallback bind_cb)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", setup_cb, NULL);
  g_signal_connect (factory, "bind", bind_cb, NULL);

  return factory;
}

static GtkListItemFactory *
highlighted_factory_new (GCallback          setup_cb,
                         GCallback          bind_cb,
                         WbSearchHighlight *highlight,
                         GCallback          highlight_cb)
{
  GtkListItemFactory *factory;

  g_return_val_if_fail (WB_IS_SEARCH_HIGHLIGHT (highlight), NULL);

  factory = factory_new (setup_cb, bind_cb);
  g_signal_connect_object (factory, "setup", highlight_cb, highlight, 0);

  return factory;
}

/**
 * wb_name_factory_new:
 * @highlight: marks what a search has found in the names
 *
 * Returns: (transfer full): makes cells with an expander, an icon, the name, and a warning
 */
GtkListItemFactory *
wb_name_factory_new (WbSearchHighlight *highlight)
{
  return highlighted_factory_new (G_CALLBACK (setup_name_cb), G_CALLBACK (bind_name_cb), highlight,
                                  G_CALLBACK (highlight_name_cb));
}

/**
 * wb_type_factory_new:
 * @highlight: marks what a search has found in the types
 *
 * Returns: (transfer full): makes cells with a connection's type, or what else the entry is
 */
GtkListItemFactory *
wb_type_factory_new (WbSearchHighlight *highlight)
{
  return highlighted_factory_new (G_CALLBACK (setup_text_cb), G_CALLBACK (bind_type_cb), highlight,
                                  G_CALLBACK (highlight_type_cb));
}

/**
 * wb_address_factory_new:
 * @highlight: marks what a search has found in the addresses
 *
 * Returns: (transfer full): makes cells with what a connection points at
 */
GtkListItemFactory *
wb_address_factory_new (WbSearchHighlight *highlight)
{
  return highlighted_factory_new (G_CALLBACK (setup_address_cb), G_CALLBACK (bind_address_cb),
                                  highlight, G_CALLBACK (highlight_address_cb));
}

/**
 * wb_size_factory_new:
 *
 * Returns: (transfer full): makes cells with the size of files
 */
GtkListItemFactory *
wb_size_factory_new (void)
{
  return factory_new (G_CALLBACK (setup_number_cb), G_CALLBACK (bind_size_cb));
}
