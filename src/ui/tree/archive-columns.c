/* archive-columns.c: the columns of an archive's tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/text-direction.h"

typedef void (*BindFunc) (GtkSignalListItemFactory *factory,
                          GtkListItem              *item,
                          gpointer                  user_data);

typedef struct
{
  const char          *id;    /* a search has the same name for it */
  const char          *title; /* to be translated, as the next */
  const char          *menu_label;
  WbSortKey            key;
  const WbColumnWidth *width;
  gboolean             expand;
  gboolean             searched; /* a search looks into it, so it is highlighted */
  GCallback            setup_cb;
  BindFunc             bind_cb;
} Column;

/* A factory keeps its column under this name, and a cell, too. */
#define COLUMN "waybill-column"

static WbEntry *
dup_entry (GtkListItem *item)
{
  return gtk_tree_list_row_get_item (gtk_list_item_get_item (item));
}

/* Asked for when a pointer rests on the widget. A text that is set beforehand would ask the display
 * where the pointer is, for each row that is filled. */
static gboolean
query_text_cb (GtkWidget  *label,
               int         x,
               int         y,
               gboolean    by_keyboard,
               GtkTooltip *tooltip,
               gpointer    user_data)
{
  const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (label));

  gtk_tooltip_set_text (tooltip, text);

  return *text != '\0';
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

/* Their alignment turns round with the direction of the text, not of the window. */
static void
set_text (GtkInscription *label,
          const char     *text,
          float           xalign)
{
  gboolean turned = gtk_widget_get_direction (GTK_WIDGET (label)) == GTK_TEXT_DIR_RTL
                    && wb_text_runs_left_to_right (text);

  gtk_inscription_set_xalign (label, turned ? 1 - xalign : xalign);
  gtk_inscription_set_text (label, text);
}

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
  set_text (GTK_INSCRIPTION (label), wb_entry_get_name (entry), 0);
  if (wb_entry_is_extra (entry))
    gtk_widget_add_css_class (GTK_WIDGET (expander), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (expander), "dim-label");
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
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (query_text_cb), NULL);
  gtk_list_item_set_child (item, label);
}

static void
setup_number_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 gpointer                  user_data)
{
  GtkWidget *label = gtk_inscription_new ("");

  gtk_widget_set_margin_end (label, 6);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_type_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  user_data)
{
  g_autoptr (WbEntry) entry = dup_entry (item);
  const char *text = wb_entry_get_type_text (entry);

  set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text, 0);
}

static void
bind_text_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  user_data)
{
  const Column *column = user_data;
  g_autoptr (WbEntry) entry = dup_entry (item);

  set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)),
            wb_entry_get_text (entry, column->key - WB_SORT_TEXTS), 0);
}

static void
bind_size_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  user_data)
{
  g_autoptr (WbEntry) entry = dup_entry (item);
  g_autofree char *text = wb_entry_dup_size_text (entry);

  set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text, 1);
}

/* Beside a name: padding, the arrow at the depth of a connection, its icon and its warning. */
#define NAME_OTHER_PX 116
#define PADDING_PX 14

/* 18 characters, as names have them. */
static GStrv
dup_name_texts (void)
{
  const char *const texts[] = { "dws_sales_old.conn", NULL };

  return g_strdupv ((GStrv) texts);
}

/* Four numbers and a port. */
static GStrv
dup_address_texts (void)
{
  const char *const texts[] = { "192.168.100.100:30015", NULL };

  return g_strdupv ((GStrv) texts);
}

/* The longest with and without a prefix of its unit. */
static GStrv
dup_size_texts (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *plain = g_format_size (999);
  g_autofree char *prefixed = g_format_size (999900);

  g_strv_builder_add_many (builder, plain, prefixed, NULL);

  return g_strv_builder_end (builder);
}

/* On a phone the icon shows the type, and the whole of a name is worth more. */
static const WbColumnWidth name_width = { dup_name_texts, NAME_OTHER_PX, 0, 0 };
static const WbColumnWidth type_width = { wb_entry_dup_type_texts, PADDING_PX, 3, 40 };
static const WbColumnWidth address_width = { dup_address_texts, PADDING_PX, 2, 0 };
static const WbColumnWidth size_width = { dup_size_texts, PADDING_PX + 6, 1, 0 };

/* The columns in their order. A new one is a line here, if it shows a text that an archive keeps of
 * each connection: see #WbDigestText. */
static const Column columns[] = {
  { "name", N_ ("Name"), N_ ("_Name"), WB_SORT_NAME, &name_width, TRUE, TRUE,
    G_CALLBACK (setup_name_cb), bind_name_cb },
  { "type", N_ ("Type"), N_ ("_Type"), WB_SORT_TYPE, &type_width, FALSE, TRUE,
    G_CALLBACK (setup_text_cb), bind_type_cb },
  { "address", N_ ("Address"), N_ ("_Address"), WB_SORT_ADDRESS, &address_width, TRUE, TRUE,
    G_CALLBACK (setup_text_cb), bind_text_cb },
  { "size", N_ ("Size"), N_ ("_Size"), WB_SORT_SIZE, &size_width, FALSE, FALSE,
    G_CALLBACK (setup_number_cb), bind_size_cb },
};

/* The label of a cell; in the name's, it stands behind the icon. */
static GtkInscription *
get_label (GtkListItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  if (GTK_IS_TREE_EXPANDER (child))
    {
      GtkWidget *box = gtk_tree_expander_get_child (GTK_TREE_EXPANDER (child));

      child = gtk_widget_get_next_sibling (gtk_widget_get_first_child (box));
    }

  return GTK_INSCRIPTION (child);
}

static void
highlight_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  user_data)
{
  const Column *column = g_object_get_data (G_OBJECT (factory), COLUMN);

  wb_search_highlight_add_label (user_data, get_label (item), column->id);
}

/* The row is named, which is above the cell; and its expander where that has the focus, as in GTK
 * 4.8, which speaks of nothing else then. */
static void
name_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             gpointer                  user_data)
{
  GtkWidget *expander = gtk_list_item_get_child (item);
  g_autoptr (WbEntry) entry = dup_entry (item);
  g_autofree char *name = wb_entry_dup_row_name (entry);
  GtkWidget       *cell = gtk_widget_get_parent (expander);
  GtkWidget       *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (gtk_widget_get_focusable (expander))
    gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

/* The cell stays, and more is known of its entry. */
static void
complete_cb (GtkListItem *item)
{
  const Column *column = g_object_get_data (G_OBJECT (item), COLUMN);

  if (gtk_list_item_get_item (item) == NULL)
    return;

  column->bind_cb (NULL, item, (gpointer) column);
  if (column->key == WB_SORT_NAME)
    name_row_cb (NULL, item, NULL);
}

static void
follow_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  user_data)
{
  g_object_set_data (G_OBJECT (item), COLUMN, g_object_get_data (G_OBJECT (factory), COLUMN));
  g_signal_connect_object (user_data, "complete", G_CALLBACK (complete_cb), item,
                           G_CONNECT_SWAPPED);
}

static GtkListItemFactory *
factory_new (const Column      *column,
             WbArchiveRows     *rows,
             WbSearchHighlight *highlight)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_object_set_data (G_OBJECT (factory), COLUMN, (gpointer) column);
  g_signal_connect (factory, "setup", column->setup_cb, (gpointer) column);
  g_signal_connect_object (factory, "setup", G_CALLBACK (follow_cb), rows, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (column->bind_cb), (gpointer) column);
  if (column->key == WB_SORT_NAME)
    g_signal_connect (factory, "bind", G_CALLBACK (name_row_cb), NULL);
  if (column->searched)
    g_signal_connect_object (factory, "setup", G_CALLBACK (highlight_cb), highlight, 0);

  return factory;
}

/**
 * wb_archive_columns_add:
 * @view: a view without columns, of #GtkTreeListRow that hold a #WbEntry each
 * @rows: what the view shows, which says when more is known of it
 * @highlight: marks what a search has found in the cells
 */
void
wb_archive_columns_add (GtkColumnView     *view,
                        WbArchiveRows     *rows,
                        WbSearchHighlight *highlight)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (WB_IS_ARCHIVE_ROWS (rows));
  g_return_if_fail (WB_IS_SEARCH_HIGHLIGHT (highlight));

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = factory_new (&columns[i], rows, highlight);
      g_autoptr (GtkColumnViewColumn) column =
        gtk_column_view_column_new (_ (columns[i].title), factory);

      wb_column_widths_add (column, columns[i].width);
      gtk_column_view_column_set_expand (column, columns[i].expand);
      gtk_column_view_column_set_resizable (column, TRUE);
      wb_column_sorting_add (column, columns[i].key);
      gtk_column_view_append_column (view, column);
    }
  wb_column_widths_follow (view);
}

static const Column *
get_column (GtkColumnViewColumn *column)
{
  return g_object_get_data (G_OBJECT (gtk_column_view_column_get_factory (column)), COLUMN);
}

/**
 * wb_archive_columns_sort:
 * @view: the view
 * @key: what one of its columns sorts by
 * @descending: whether the largest is first
 *
 * As a click on the column's header does.
 */
void
wb_archive_columns_sort (GtkColumnView *view,
                         WbSortKey      key,
                         gboolean       descending)
{
  GListModel *all;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  /* A person may have put them in another order. */
  all = gtk_column_view_get_columns (view);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, i);

      if (get_column (column)->key == key)
        gtk_column_view_sort_by_column (view, column,
                                        descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
}

guint
wb_archive_columns_get_n (void)
{
  return G_N_ELEMENTS (columns);
}

const char *
wb_archive_columns_get_column_id (GtkColumnViewColumn *column)
{
  g_return_val_if_fail (GTK_IS_COLUMN_VIEW_COLUMN (column), NULL);

  return get_column (column)->id;
}

const char *
wb_archive_columns_get_id (WbSortKey key)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      if (columns[i].key == key)
        return columns[i].id;
    }

  g_return_val_if_reached (NULL);
}

/**
 * wb_archive_columns_find_key:
 * @id: a column's ID
 * @key: (out): what it sorts by
 *
 * Returns: whether there is such a column
 */
gboolean
wb_archive_columns_find_key (const char *id,
                             WbSortKey  *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      if (g_strcmp0 (columns[i].id, id) == 0)
        {
          *key = columns[i].key;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * wb_archive_view_fill_sort_menu:
 * @menu: gets an item for each column
 * @action: the full name of an action whose state is a column's ID
 */
void
wb_archive_view_fill_sort_menu (GMenu      *menu,
                                const char *action)
{
  g_return_if_fail (G_IS_MENU (menu));
  g_return_if_fail (action != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (columns[i].menu_label), NULL);

      g_menu_item_set_action_and_target (item, action, "s", columns[i].id);
      g_menu_append_item (menu, item);
    }
}
