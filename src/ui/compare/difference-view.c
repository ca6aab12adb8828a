/* difference-view.c: the difference that is selected, and what changed in its file
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compare/difference-view.h"

#include "ui/compare/change-table.h"
#include "ui/widgets/text-direction.h"
#include "ui/widgets/weak.h"

struct _WbDifferenceView
{
  AdwBin parent_instance;

  GCancellable    *reading;  /* (owned) (nullable): while the file's changes are read */
  WbDifferenceKind kind;     /* of what is being read */
  gboolean         all;      /* whether what does not count is shown, too */
  int              entering; /* the first or last change gets the focus, once it is read */

  GtkLabel      *path;
  GtkLabel      *about;
  WbChangeTable *table;
};

G_DEFINE_FINAL_TYPE (WbDifferenceView, wb_difference_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (WbDifferenceView) self = wb_weak_take (user_data);
  g_autoptr (GArray) changes = NULL;
  g_autoptr (GError) error = NULL;

  changes = wb_comparison_read_changes_finish (WB_COMPARISON (source), result, &error);
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->reading);
  if (changes != NULL)
    {
      wb_change_table_set_changes (self->table, self->kind, changes, self->all);
      if (self->entering != 0)
        wb_change_table_move (self->table, self->entering);
      self->entering = 0;
    }
  else
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
}

static void
stop_reading (WbDifferenceView *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static char *
describe (WbDifferenceLine *line)
{
  const char      *kind = wb_difference_to_text (wb_difference_line_get_kind (line));
  g_autofree char *about = wb_difference_line_dup_about (line);

  return *about != '\0' ? g_strdup_printf ("%s · %s", kind, about) : g_strdup (kind);
}

static void
wb_difference_view_dispose (GObject *object)
{
  stop_reading (WB_DIFFERENCE_VIEW (object));

  G_OBJECT_CLASS (wb_difference_view_parent_class)->dispose (object);
}

static void
wb_difference_view_class_init (WbDifferenceViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_difference_view_dispose;

  /**
   * WbDifferenceView::failed:
   * @self: the view
   * @message: why, for people
   *
   * What changed in the file could not be read.
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (WB_TYPE_CHANGE_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/difference-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WbDifferenceView, path);
  gtk_widget_class_bind_template_child (widget_class, WbDifferenceView, about);
  gtk_widget_class_bind_template_child (widget_class, WbDifferenceView, table);
}

static void
wb_difference_view_init (WbDifferenceView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_label_align_with_window (self->path);
  wb_label_align_with_window (self->about);
}

/**
 * wb_difference_view_set_line:
 * @self: the view
 * @line: (nullable): what to show; for %NULL all stays, and nothing is read any more
 * @all: whether to show what is the same or does not count, too
 */
void
wb_difference_view_set_line (WbDifferenceView *self,
                             WbDifferenceLine *line,
                             gboolean          all)
{
  g_autofree char *about = NULL;
  WbComparison    *comparison;
  int              index;

  g_return_if_fail (WB_IS_DIFFERENCE_VIEW (self));
  g_return_if_fail (line == NULL || WB_IS_DIFFERENCE_LINE (line));

  stop_reading (self);
  self->entering = 0;
  if (line == NULL)
    return;

  comparison = wb_difference_line_get_comparison (line);
  index = wb_difference_line_get_index (line);
  self->kind = wb_difference_line_get_kind (line);
  self->all = all;
  wb_change_table_set_changes (self->table, self->kind, NULL, all);
  if (index < 0)
    {
      g_autofree char *heading = wb_difference_line_dup_heading (line);

      gtk_label_set_text (self->path, heading);
      gtk_label_set_text (self->about, "");
      return;
    }

  about = describe (line);
  gtk_label_set_text (self->path, wb_comparison_get (comparison, (guint) index)->path);
  gtk_label_set_text (self->about, about);
  self->reading = g_cancellable_new ();
  wb_comparison_read_changes_async (comparison, (guint) index, all, self->reading, read_cb,
                                    wb_weak_new (self));
}

/**
 * wb_difference_view_move:
 * @self: the view
 * @step: 1 or -1
 *
 * Focuses the next or the previous change of the file.
 *
 * Returns: %FALSE if there is none
 */
gboolean
wb_difference_view_move (WbDifferenceView *self,
                         int               step)
{
  g_return_val_if_fail (WB_IS_DIFFERENCE_VIEW (self), FALSE);

  return wb_change_table_move (self->table, step);
}

/**
 * wb_difference_view_enter:
 * @self: the view, whose file is being read
 * @step: 1 to focus its first change, -1 for its last one
 */
void
wb_difference_view_enter (WbDifferenceView *self,
                          int               step)
{
  g_return_if_fail (WB_IS_DIFFERENCE_VIEW (self));

  self->entering = step;
}
