/* missing-window.c: the passwords that a rebuilt archive lacks, to copy or print
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/preview/missing-window.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/copying.h"
#include "ui/widgets/field-row.h"

/* Of a page, in points. */
#define MARGIN 36

struct _WbMissingWindow
{
  AdwWindow parent_instance;

  WbDocument *document; /* (owned) */

  AdwToastOverlay     *toasts;
  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (WbMissingWindow, wb_missing_window, ADW_TYPE_WINDOW)

static const GPtrArray *
get_missing (WbMissingWindow *self)
{
  return wb_archive_get_missing_passwords (wb_document_get_archive (self->document));
}

/* A line for each connection, for an editor, a ticket or a sheet. */
static char *
dup_list (WbMissingWindow *self)
{
  const GPtrArray *missing = get_missing (self);
  g_autofree char *origin = wb_document_dup_origin (self->document);
  GString         *text = g_string_new (origin);

  g_string_append (text, "\n\n");
  for (guint i = 0; i < missing->len; i++)
    {
      const WbMissingPassword *password = g_ptr_array_index (missing, i);
      g_autofree char         *settings = g_strjoinv (", ", password->settings);

      g_string_append_printf (text, "%s\t%s\n", password->name, settings);
    }

  return g_string_free (text, FALSE);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  g_autofree char *list = dup_list (WB_MISSING_WINDOW (widget));

  wb_copy_text (widget, list, _ ("List"));
}

/* A printed list: its lines, and how many fit on a page. */
typedef struct
{
  PangoLayout *layout; /* (owned) (nullable) */
  char        *text;   /* (owned) */
  GArray      *starts; /* (owned) (element-type guint): the first line of each page */
} Print;

static void
print_free (Print *print)
{
  g_clear_object (&print->layout);
  g_free (print->text);
  g_array_unref (print->starts);
  g_free (print);
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                Print             *print)
{
  double height = gtk_print_context_get_height (context) - 2 * MARGIN;
  double used = 0;
  int    n_lines;

  g_clear_object (&print->layout);
  g_array_set_size (print->starts, 0);
  print->layout = gtk_print_context_create_pango_layout (context);
  pango_layout_set_width (print->layout,
                          (int) (gtk_print_context_get_width (context) - 2 * MARGIN) * PANGO_SCALE);
  pango_layout_set_wrap (print->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (print->layout, print->text, -1);
  n_lines = pango_layout_get_line_count (print->layout);
  for (int i = 0; i < n_lines; i++)
    {
      PangoRectangle extents;

      pango_layout_line_get_extents (pango_layout_get_line_readonly (print->layout, i), NULL,
                                     &extents);
      used += (double) extents.height / PANGO_SCALE;
      if (i == 0 || used > height)
        {
          g_array_append_val (print->starts, i);
          used = (double) extents.height / PANGO_SCALE;
        }
    }
  gtk_print_operation_set_n_pages (operation, (int) print->starts->len);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Print             *print)
{
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  int      first = g_array_index (print->starts, int, page);
  int      end = page + 1 < (int) print->starts->len
                   ? g_array_index (print->starts, int, page + 1)
                   : pango_layout_get_line_count (print->layout);
  double   y = MARGIN;

  for (int i = first; i < end; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (print->layout, i);
      PangoRectangle   extents;

      pango_layout_line_get_extents (line, NULL, &extents);
      cairo_move_to (cairo, MARGIN, y + (double) PANGO_ASCENT (extents) / PANGO_SCALE);
      pango_cairo_show_layout_line (cairo, line);
      y += (double) extents.height / PANGO_SCALE;
    }
}

static void
done_cb (GtkPrintOperation      *operation,
         GtkPrintOperationResult result,
         WbMissingWindow        *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *markup = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;

  gtk_print_operation_get_error (operation, &error);
  markup = g_markup_escape_text (error->message, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}

static void
print_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autofree char *name = wb_document_dup_title (WB_MISSING_WINDOW (widget)->document);
  Print           *print = g_new0 (Print, 1);

  print->text = dup_list (WB_MISSING_WINDOW (widget));
  print->starts = g_array_new (FALSE, FALSE, sizeof (int));
  g_object_set_data_full (G_OBJECT (operation), "print", print, (GDestroyNotify) print_free);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, name);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), print);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), print);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), widget, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (widget),
                           NULL);
}

static void
show_document (WbMissingWindow *self)
{
  const GPtrArray *missing = get_missing (self);

  adw_preferences_group_set_description (
    self->group,
    _ ("The service does not list passwords. Enter these again when you create the connections "
       "anew. Connections that a permission policy hides from this user, or that are known to "
       "DataArts Factory alone, may be missing as well."));
  for (guint i = 0; i < missing->len; i++)
    {
      const WbMissingPassword *password = g_ptr_array_index (missing, i);
      g_autofree char         *settings = g_strjoinv (", ", password->settings);

      adw_preferences_group_add (self->group, wb_field_row_new (password->name, settings, NULL));
    }
}

static void
wb_missing_window_dispose (GObject *object)
{
  WbMissingWindow *self = WB_MISSING_WINDOW (object);

  g_clear_object (&self->document);

  G_OBJECT_CLASS (wb_missing_window_parent_class)->dispose (object);
}

static void
wb_missing_window_class_init (WbMissingWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_missing_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/missing-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbMissingWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, WbMissingWindow, group);
  gtk_widget_class_install_action (widget_class, "missing.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "missing.print", NULL, print_cb);
}

static void
wb_missing_window_init (WbMissingWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
wb_missing_window_new (GtkWindow  *parent,
                       WbDocument *document)
{
  WbMissingWindow *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (WB_IS_DOCUMENT (document), NULL);

  self = g_object_new (WB_TYPE_MISSING_WINDOW, "transient-for", parent, NULL);
  self->document = g_object_ref (document);
  show_document (self);

  return GTK_WINDOW (self);
}
