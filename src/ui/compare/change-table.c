/* change-table.c: what changed inside one file, key by key, old and new side by side
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compare/change-table.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/clip.h"
#include "ui/widgets/wrap.h"

/* What is shown at most, so that a hostile file cannot stop the window: GTK makes widgets for each
 * row of a list box. */
#define MAX_ROWS 200

/* Stands where there is no value. */
#define NO_VALUE "–"

/* Of each row's #WbChangeKind. */
#define KIND_KEY "change-kind"

struct _WbChangeTable
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkWidget         *headings;
  GtkWidget         *old_heading;
  GtkWidget         *new_heading;
  GtkListBox        *list;
  GtkLabel          *more;
};

G_DEFINE_FINAL_TYPE (WbChangeTable, wb_change_table, ADW_TYPE_BIN)

static GtkWidget *
create_label (const char *text)
{
  g_autofree char *clipped = wb_clip_text (text, WB_CLIP_VALUE_BYTES);
  GtkWidget       *label = gtk_label_new (clipped);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  wb_wrap_anywhere (GTK_LABEL (label));

  return label;
}

/* Key, old and new value in one. */
static void
name_row (GtkWidget         *row,
          const WbKeyChange *change)
{
  g_autofree char *text = wb_key_change_to_text (change);
  g_autofree char *clipped = wb_clip_text (text, WB_CLIP_VALUE_BYTES);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, clipped, -1);
}

static GtkWidget *
create_values (WbDifferenceKind   kind,
               const WbKeyChange *change)
{
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  g_autofree char *changed = NULL;
  const char      *new_value = change->new_value;

  if (change->kind == WB_CHANGE_COUNTED && change->secret && change->old_value != NULL
      && change->new_value != NULL)
    {
      /* Translators: dots that stand for a password, which is not the same as it was. */
      changed = g_strdup_printf (_ ("%s (changed)"), change->new_value);
      new_value = changed;
    }

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  if (kind != WB_DIFFERENCE_ADDED)
    gtk_box_append (GTK_BOX (box),
                    create_label (change->old_value != NULL ? change->old_value : NO_VALUE));
  if (kind != WB_DIFFERENCE_REMOVED)
    gtk_box_append (GTK_BOX (box), create_label (new_value != NULL ? new_value : NO_VALUE));

  return box;
}

/* The first row of a kind begins with its heading. */
static GtkWidget *
create_row (WbDifferenceKind   kind,
            const WbKeyChange *change,
            const char        *heading)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  if (*heading != '\0')
    {
      GtkWidget *label = create_label (heading);

      gtk_widget_add_css_class (label, "heading");
      gtk_box_append (GTK_BOX (box), label);
    }

  /* A file that is not a JSON object has no keys. */
  if (*change->key == '\0')
    {
      g_autofree char *text = wb_key_change_to_text (change);

      gtk_box_append (GTK_BOX (box), create_label (text));
    }
  else
    {
      GtkWidget *key = create_label (change->key);

      gtk_widget_add_css_class (key, "caption");
      gtk_widget_add_css_class (key, "dim-label");
      gtk_box_append (GTK_BOX (box), key);
      gtk_box_append (GTK_BOX (box), create_values (kind, change));
    }

  gtk_widget_add_css_class (box, "change");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), KIND_KEY, GINT_TO_POINTER (change->kind));
  name_row (row, change);

  return row;
}

static WbChangeKind
get_kind (GtkWidget *row)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), KIND_KEY));
}

static void
wb_change_table_class_init (WbChangeTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/change-table.ui");
  gtk_widget_class_bind_template_child (widget_class, WbChangeTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, WbChangeTable, headings);
  gtk_widget_class_bind_template_child (widget_class, WbChangeTable, old_heading);
  gtk_widget_class_bind_template_child (widget_class, WbChangeTable, new_heading);
  gtk_widget_class_bind_template_child (widget_class, WbChangeTable, list);
  gtk_widget_class_bind_template_child (widget_class, WbChangeTable, more);
}

static void
wb_change_table_init (WbChangeTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The rows of one kind, as long as there is room for more. */
static void
append_kind (WbChangeTable   *self,
             WbDifferenceKind kind,
             GArray          *changes,
             WbChangeKind     change_kind,
             guint           *n_rows)
{
  const char *heading = wb_change_kind_to_text (change_kind);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const WbKeyChange *change = &g_array_index (changes, WbKeyChange, i);

      if (change->kind != change_kind)
        continue;
      if (*n_rows < MAX_ROWS)
        gtk_list_box_append (self->list, create_row (kind, change, heading));
      heading = "";
      ++*n_rows;
    }
}

/**
 * wb_change_table_set_changes:
 * @self: the table
 * @kind: what happened to the file
 * @changes: (nullable) (element-type WbKeyChange): what is different in it
 * @all: whether to show what does not count, too
 *
 * A file that was added or removed has one column of values.
 */
void
wb_change_table_set_changes (WbChangeTable   *self,
                             WbDifferenceKind kind,
                             GArray          *changes,
                             gboolean         all)
{
  static const WbChangeKind order[] = { WB_CHANGE_COUNTED, WB_CHANGE_SET_BY_SERVICE,
                                        WB_CHANGE_NOT_COMPARED, WB_CHANGE_NOT_IN_SOURCE,
                                        WB_CHANGE_NONE };
  guint                     n = changes != NULL ? changes->len : 0;
  guint                     n_rows = 0;
  guint                     n_more;
  g_autofree char          *more = NULL;
  GtkWidget                *row;

  g_return_if_fail (WB_IS_CHANGE_TABLE (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < (all ? G_N_ELEMENTS (order) : 1); i++)
    append_kind (self, kind, changes, order[i], &n_rows);

  n_more = n_rows > MAX_ROWS ? n_rows - MAX_ROWS : 0;
  more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: how many changes of a file the window
                                        * leaves out. */
                                       "%'u more change is not shown here. “Copy as Text” "
                                       "includes it.",
                                       "%'u more changes are not shown here. “Copy as Text” "
                                       "includes them.",
                                       n_more),
                          n_more);
  gtk_label_set_text (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_more > 0);
  gtk_widget_set_visible (self->old_heading, kind != WB_DIFFERENCE_ADDED);
  gtk_widget_set_visible (self->new_heading, kind != WB_DIFFERENCE_REMOVED);
  gtk_widget_set_visible (self->headings,
                          n > 0 && *g_array_index (changes, WbKeyChange, 0).key != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/**
 * wb_change_table_move:
 * @self: the table
 * @step: 1 or -1
 *
 * Focuses the next or the previous change that counts; the first or the last one, if the focus is
 * elsewhere.
 *
 * Returns: %FALSE if there is none
 */
gboolean
wb_change_table_move (WbChangeTable *self,
                      int            step)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  g_return_val_if_fail (WB_IS_CHANGE_TABLE (self), FALSE);

  if (row == NULL)
    row = step > 0 ? gtk_widget_get_first_child (GTK_WIDGET (self->list))
                   : gtk_widget_get_last_child (GTK_WIDGET (self->list));
  else
    row = step > 0 ? gtk_widget_get_next_sibling (row) : gtk_widget_get_prev_sibling (row);
  while (row != NULL && !(GTK_IS_LIST_BOX_ROW (row) && get_kind (row) == WB_CHANGE_COUNTED))
    row = step > 0 ? gtk_widget_get_next_sibling (row) : gtk_widget_get_prev_sibling (row);

  return row != NULL && gtk_widget_grab_focus (row);
}
