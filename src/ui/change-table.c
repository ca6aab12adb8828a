/* change-table.c: what changed inside one file, key by key, old and new side by side
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/change-table.h"

#include <glib/gi18n-lib.h>

#include "ui/clip.h"

/* Stands where there is no value. */
#define NO_VALUE "–"

enum
{
  COLUMN_KEY,
  COLUMN_OLD,
  COLUMN_NEW,
  N_COLUMNS
};

/* One row. */
#define WB_TYPE_CHANGE_LINE (wb_change_line_get_type ())
G_DECLARE_FINAL_TYPE (WbChangeLine, wb_change_line, WB, CHANGE_LINE, GObject)

struct _WbChangeLine
{
  GObject parent_instance;

  char *texts[N_COLUMNS]; /* (owned) */
};

G_DEFINE_FINAL_TYPE (WbChangeLine, wb_change_line, G_TYPE_OBJECT)

struct _WbChangeTable
{
  AdwBin parent_instance;

  GListStore *lines; /* (owned) */

  GtkColumnView       *view;
  GtkColumnViewColumn *key_column;
  GtkColumnViewColumn *old_column;
  GtkColumnViewColumn *new_column;
};

G_DEFINE_FINAL_TYPE (WbChangeTable, wb_change_table, ADW_TYPE_BIN)

static void
wb_change_line_finalize (GObject *object)
{
  WbChangeLine *self = WB_CHANGE_LINE (object);

  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_pointer (&self->texts[i], g_free);

  G_OBJECT_CLASS (wb_change_line_parent_class)->finalize (object);
}

static void
wb_change_line_class_init (WbChangeLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_change_line_finalize;
}

static void
wb_change_line_init (WbChangeLine *self)
{
}

static char *
dup_value (const char *value)
{
  return value != NULL ? wb_clip_text (value, WB_CLIP_VALUE_BYTES) : g_strdup (NO_VALUE);
}

static WbChangeLine *
change_line_new (const WbKeyChange *change)
{
  WbChangeLine *self = g_object_new (WB_TYPE_CHANGE_LINE, NULL);

  /* A file that is no connection in JSON form has no keys. */
  if (*change->key == '\0')
    {
      self->texts[COLUMN_KEY] = wb_key_change_to_text (change);
      return self;
    }

  self->texts[COLUMN_KEY] = wb_clip_text (change->key, WB_CLIP_VALUE_BYTES);
  self->texts[COLUMN_OLD] = dup_value (change->old_value);
  if (change->secret && change->old_value != NULL && change->new_value != NULL)
    /* Translators: dots that stand for a password, which is not the same as it was. */
    self->texts[COLUMN_NEW] = g_strdup_printf (_ ("%s (changed)"), change->new_value);
  else
    self->texts[COLUMN_NEW] = dup_value (change->new_value);

  return self;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  if (GPOINTER_TO_UINT (user_data) == COLUMN_KEY)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  WbChangeLine *line = gtk_list_item_get_item (item);
  const char   *text = line->texts[GPOINTER_TO_UINT (user_data)];

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text != NULL ? text : "");
}

static void
set_up_column (GtkColumnViewColumn *column,
               guint                number)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (number));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (number));
  gtk_column_view_column_set_factory (column, factory);
}

static void
wb_change_table_finalize (GObject *object)
{
  WbChangeTable *self = WB_CHANGE_TABLE (object);

  g_clear_object (&self->lines);

  G_OBJECT_CLASS (wb_change_table_parent_class)->finalize (object);
}

static void
wb_change_table_class_init (WbChangeTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_change_table_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/change-table.ui");
  gtk_widget_class_bind_template_child (widget_class, WbChangeTable, view);
  gtk_widget_class_bind_template_child (widget_class, WbChangeTable, key_column);
  gtk_widget_class_bind_template_child (widget_class, WbChangeTable, old_column);
  gtk_widget_class_bind_template_child (widget_class, WbChangeTable, new_column);
}

static void
wb_change_table_init (WbChangeTable *self)
{
  GtkNoSelection *model;

  gtk_widget_init_template (GTK_WIDGET (self));

  set_up_column (self->key_column, COLUMN_KEY);
  set_up_column (self->old_column, COLUMN_OLD);
  set_up_column (self->new_column, COLUMN_NEW);
  self->lines = g_list_store_new (WB_TYPE_CHANGE_LINE);
  model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->lines)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (model));
  g_object_unref (model);
}

/**
 * wb_change_table_set_changes:
 * @self: the table
 * @kind: what happened to the file
 * @changes: (element-type WbKeyChange): what is different in it
 *
 * What was only added or only removed has one column of values.
 */
void
wb_change_table_set_changes (WbChangeTable   *self,
                             WbDifferenceKind kind,
                             GArray          *changes)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (WB_IS_CHANGE_TABLE (self));
  g_return_if_fail (changes != NULL);

  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (lines, change_line_new (&g_array_index (changes, WbKeyChange, i)));
  g_list_store_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)),
                       lines->pdata, lines->len);
  gtk_column_view_column_set_visible (self->old_column, kind != WB_DIFFERENCE_ADDED);
  gtk_column_view_column_set_visible (self->new_column, kind != WB_DIFFERENCE_REMOVED);
}
