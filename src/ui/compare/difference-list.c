/* difference-list.c: what changed between two archives as a list, grouped by what happened
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compare/difference-list.h"

#include <glib/gi18n-lib.h>

struct _WbDifferenceLine
{
  GObject parent_instance;

  WbComparison    *comparison; /* (owned) */
  WbDifferenceKind kind;
  int              index; /* of the difference, or -1 for the group's heading */
};

G_DEFINE_FINAL_TYPE (WbDifferenceLine, wb_difference_line, G_TYPE_OBJECT)

struct _WbDifferenceList
{
  GObject parent_instance;

  WbComparison *comparison; /* (owned) */
  guint         n_kinds;    /* those that count come first */
  guint        *order;      /* (owned): the differences' numbers, one group after the other */
};

static void wb_difference_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbDifferenceList, wb_difference_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      wb_difference_list_model_init))

static void
wb_difference_line_finalize (GObject *object)
{
  WbDifferenceLine *self = WB_DIFFERENCE_LINE (object);

  g_clear_object (&self->comparison);

  G_OBJECT_CLASS (wb_difference_line_parent_class)->finalize (object);
}

static void
wb_difference_line_class_init (WbDifferenceLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_difference_line_finalize;
}

static void
wb_difference_line_init (WbDifferenceLine *self)
{
}

static GType
wb_difference_list_get_item_type (GListModel *model)
{
  return WB_TYPE_DIFFERENCE_LINE;
}

static guint
wb_difference_list_get_n_items (GListModel *model)
{
  WbDifferenceList *self = WB_DIFFERENCE_LIST (model);
  guint             n = 0;

  for (guint kind = 0; kind < self->n_kinds; kind++)
    {
      guint n_of = wb_comparison_get_n_of (self->comparison, (WbDifferenceKind) kind);

      n += n_of > 0 ? n_of + 1 : 0;
    }

  return n;
}

static gpointer
wb_difference_list_get_item (GListModel *model,
                             guint       position)
{
  WbDifferenceList *self = WB_DIFFERENCE_LIST (model);
  guint             first = 0;

  for (guint kind = 0; kind < self->n_kinds; kind++)
    {
      guint             n = wb_comparison_get_n_of (self->comparison, (WbDifferenceKind) kind);
      WbDifferenceLine *line;

      if (n == 0)
        continue;
      if (position > n)
        {
          position -= n + 1;
          first += n;
          continue;
        }

      line = g_object_new (WB_TYPE_DIFFERENCE_LINE, NULL);
      line->comparison = g_object_ref (self->comparison);
      line->kind = (WbDifferenceKind) kind;
      line->index = position > 0 ? (int) self->order[first + position - 1] : -1;

      return line;
    }

  return NULL;
}

static void
wb_difference_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wb_difference_list_get_item_type;
  iface->get_n_items = wb_difference_list_get_n_items;
  iface->get_item = wb_difference_list_get_item;
}

static void
wb_difference_list_finalize (GObject *object)
{
  WbDifferenceList *self = WB_DIFFERENCE_LIST (object);

  g_clear_pointer (&self->order, g_free);
  g_clear_object (&self->comparison);

  G_OBJECT_CLASS (wb_difference_list_parent_class)->finalize (object);
}

static void
wb_difference_list_class_init (WbDifferenceListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_difference_list_finalize;
}

static void
wb_difference_list_init (WbDifferenceList *self)
{
}

WbComparison *
wb_difference_line_get_comparison (WbDifferenceLine *self)
{
  g_return_val_if_fail (WB_IS_DIFFERENCE_LINE (self), NULL);

  return self->comparison;
}

WbDifferenceKind
wb_difference_line_get_kind (WbDifferenceLine *self)
{
  g_return_val_if_fail (WB_IS_DIFFERENCE_LINE (self), WB_DIFFERENCE_ADDED);

  return self->kind;
}

/**
 * wb_difference_line_get_index:
 * @self: a line
 *
 * Returns: the difference's number in the comparison, or -1 for the heading of a group
 */
int
wb_difference_line_get_index (WbDifferenceLine *self)
{
  g_return_val_if_fail (WB_IS_DIFFERENCE_LINE (self), -1);

  return self->index;
}

/**
 * wb_difference_line_dup_about:
 * @self: a line that is no heading
 *
 * Returns: (transfer full): what the file is, in a few words, or the empty string
 */
char *
wb_difference_line_dup_about (WbDifferenceLine *self)
{
  const WbDifference *difference;
  WbArchive          *archive;
  guint               node;
  const char         *type_name;
  const char         *address;

  g_return_val_if_fail (WB_IS_DIFFERENCE_LINE (self), NULL);
  g_return_val_if_fail (self->index >= 0, NULL);

  difference = wb_comparison_get (self->comparison, (guint) self->index);
  if (difference->old_path != NULL)
    /* Translators: a file's path before it was renamed. */
    return g_strdup_printf (_ ("was %s"), difference->old_path);

  archive = difference->new_node >= 0 ? wb_comparison_get_new (self->comparison)
                                      : wb_comparison_get_old (self->comparison);
  node = (guint) (difference->new_node >= 0 ? difference->new_node : difference->old_node);
  type_name = wb_archive_get_type_name (archive, node);
  address = wb_archive_get_address (archive, node);

  return g_strdup_printf ("%s%s%s", type_name,
                          *type_name != '\0' && *address != '\0' ? " · " : "", address);
}

char *
wb_difference_line_dup_heading (WbDifferenceLine *self)
{
  g_return_val_if_fail (WB_IS_DIFFERENCE_LINE (self), NULL);

  /* Translators: the heading of a group, such as “Added”, and how many are in it. */
  return g_strdup_printf (_ ("%s: %'u"), wb_difference_to_text (self->kind),
                          wb_comparison_get_n_of (self->comparison, self->kind));
}

/**
 * wb_difference_list_new:
 * @comparison: a comparison
 * @all: whether those that do not count are among them
 *
 * Returns: (transfer full): its differences, and a heading before each group of them
 */
WbDifferenceList *
wb_difference_list_new (WbComparison *comparison,
                        gboolean      all)
{
  WbDifferenceList *self;
  guint             next[WB_N_DIFFERENCE_KINDS] = { 0 };
  guint             n;

  g_return_val_if_fail (WB_IS_COMPARISON (comparison), NULL);

  self = g_object_new (WB_TYPE_DIFFERENCE_LIST, NULL);
  self->comparison = g_object_ref (comparison);
  self->n_kinds = all ? WB_N_DIFFERENCE_KINDS : WB_DIFFERENCE_UNCOUNTED;
  n = wb_comparison_get_n (comparison);
  self->order = g_new (guint, n);
  for (guint kind = 1; kind < WB_N_DIFFERENCE_KINDS; kind++)
    next[kind] = next[kind - 1]
                 + wb_comparison_get_n_of (comparison, (WbDifferenceKind) (kind - 1));
  for (guint i = 0; i < n; i++)
    self->order[next[wb_comparison_get (comparison, i)->kind]++] = i;

  return self;
}

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
  gtk_label_set_text (GTK_LABEL (path), difference->path);
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
