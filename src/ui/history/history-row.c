/* history-row.c: one export in the list of all
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/history/history-row.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/widgets/mark-label.h"
#include "ui/widgets/wrap.h"

struct _WbHistoryRow
{
  GtkBox parent_instance;

  WbAccountStore *store; /* (owned): has the colors of marks */

  GtkLabel *mark;
  GtkLabel *title;
  GtkLabel *result;
  GtkLabel *facts;
};

G_DEFINE_FINAL_TYPE (WbHistoryRow, wb_history_row, GTK_TYPE_BOX)

static char *
dup_title (WbHistoryRecord *record)
{
  const char      *account = *record->account != '\0' ? record->account : record->account_id;
  const char      *workspace = *record->workspace != '\0' ? record->workspace
                                                          : record->workspace_id;
  g_autofree char *text = NULL;

  if (*workspace == '\0')
    workspace = _ ("Default workspace");
  /* Translators: an account and a workspace of it. */
  text = *account != '\0' ? g_strdup_printf (_ ("%s · %s"), account, workspace)
                          : g_strdup (workspace);

  return wb_text_escape (text, -1);
}

static char *
dup_time (gint64 unix_time)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_time);

  return time != NULL ? g_date_time_format (time, C_ ("date and time", "%-d %b %Y, %H:%M"))
                      : g_strdup ("?");
}

static const char *
get_result (WbHistoryRecord *record)
{
  if (wb_history_record_is_good (record))
    return C_ ("result of an export", "Saved");
  if (g_str_equal (record->result, WB_HISTORY_OK))
    return C_ ("result of an export", "Not saved");
  if (g_str_equal (record->result, WB_HISTORY_UNFINISHED))
    return C_ ("result of an export", "Not finished");
  if (g_str_equal (record->result, "cancelled"))
    return C_ ("result of an export", "Cancelled");

  return C_ ("result of an export", "Failed");
}

static gboolean
is_failure (WbHistoryRecord *record)
{
  return !g_str_equal (record->result, WB_HISTORY_OK)
         && !g_str_equal (record->result, WB_HISTORY_UNFINISHED)
         && !g_str_equal (record->result, "cancelled");
}

/* When, how much, and how the connections were fetched if not by the service's own export. */
static char *
dup_facts (WbHistoryRecord *record)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *time = dup_time (record->finished);
  g_autofree char *size = g_format_size (record->size_bytes);

  g_string_append (text, time);
  if (*record->sha256 != '\0')
    {
      g_string_append_printf (text,
                              /* Translators: how many connections, in a line with dots between
                               * its parts. */
                              ngettext (" · %'u connection", " · %'u connections",
                                        record->n_connections),
                              record->n_connections);
      g_string_append_printf (text, " · %s", size);
    }
  if (!g_str_equal (record->source, wb_source_to_string (WB_SOURCE_EXPORT))
      && *record->source != '\0')
    g_string_append_printf (text, " · %s", _ ("Rebuilt"));

  return g_string_free (text, FALSE);
}

/* The account's own mark, in its color, if it still has that one. */
static void
show_mark (WbHistoryRow    *self,
           WbHistoryRecord *record)
{
  WbAccount *account = wb_account_store_find (self->store, record->account_id);
  g_autoptr (WbAccount) stand_in = NULL;

  if (account == NULL
      || !g_str_equal (wb_account_get (account, WB_ACCOUNT_MARK), record->mark))
    {
      stand_in = wb_account_new ();
      wb_account_set (stand_in, WB_ACCOUNT_MARK, record->mark);
      account = stand_in;
    }
  wb_mark_label_set_account (self->mark, account);
}

static void
wb_history_row_dispose (GObject *object)
{
  g_clear_object (&WB_HISTORY_ROW (object)->store);

  G_OBJECT_CLASS (wb_history_row_parent_class)->dispose (object);
}

static void
wb_history_row_class_init (WbHistoryRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_history_row_dispose;
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);

  return GTK_LABEL (label);
}

static void
wb_history_row_init (WbHistoryRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 6);
  gtk_box_append (GTK_BOX (self), line);

  self->mark = add_label (line, NULL);
  gtk_widget_set_valign (GTK_WIDGET (self->mark), GTK_ALIGN_CENTER);
  self->title = add_label (line, "heading");
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  self->result = add_label (line, NULL);
  wb_wrap_anywhere (self->result);

  self->facts = add_label (GTK_WIDGET (self), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "numeric");
  gtk_label_set_wrap (self->facts, TRUE);
}

GtkWidget *
wb_history_row_new (WbAccountStore *store)
{
  WbHistoryRow *self = g_object_new (WB_TYPE_HISTORY_ROW, NULL);

  self->store = g_object_ref (store);

  return GTK_WIDGET (self);
}

void
wb_history_row_set_record (WbHistoryRow    *self,
                           WbHistoryRecord *record)
{
  g_autofree char *title = NULL;
  g_autofree char *facts = NULL;

  g_return_if_fail (WB_IS_HISTORY_ROW (self));
  g_return_if_fail (WB_IS_HISTORY_RECORD (record));

  title = dup_title (record);
  facts = dup_facts (record);
  show_mark (self, record);
  gtk_label_set_text (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), title);
  gtk_label_set_text (self->result, get_result (record));
  if (is_failure (record))
    gtk_widget_add_css_class (GTK_WIDGET (self->result), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->result), "error");
  gtk_label_set_text (self->facts, facts);
}

char *
wb_history_row_dup_text (WbHistoryRecord *record)
{
  g_autofree char *mark = NULL;
  g_autofree char *title = NULL;
  g_autofree char *facts = NULL;

  g_return_val_if_fail (WB_IS_HISTORY_RECORD (record), NULL);

  mark = wb_text_escape (record->mark, -1);
  title = dup_title (record);
  facts = dup_facts (record);

  return g_strdup_printf ("%s%s%s%s%s%s%s", mark, *mark != '\0' ? _ (", ") : "", title, _ (", "),
                          get_result (record), _ (", "), facts);
}

char *
wb_history_row_dup_more (WbHistoryRecord *record)
{
  g_autoptr (GFile) file = NULL;
  GString *text;

  g_return_val_if_fail (WB_IS_HISTORY_RECORD (record), NULL);

  text = g_string_new (NULL);
  file = wb_history_record_dup_file (record);
  if (*record->message != '\0')
    {
      g_autofree char *message = wb_text_escape (record->message, -1);

      g_string_append_printf (text, "%s\n", message);
    }
  if (file != NULL)
    {
      g_autofree char *name = g_file_get_parse_name (file);
      g_autofree char *escaped = wb_text_escape (name, -1);

      g_string_append_printf (text, "%s\n", escaped);
    }
  else if (g_str_equal (record->file, WB_HISTORY_STANDARD_OUTPUT))
    g_string_append_printf (text, "%s\n", _ ("Written to standard output"));
  if (*record->sha256 != '\0')
    {
      g_autofree char *sha256 = wb_text_escape (record->sha256, -1);

      g_string_append_printf (text, "SHA-256 %s\n", sha256);
    }
  if (text->len > 0)
    g_string_truncate (text, text->len - 1);

  return g_string_free (text, FALSE);
}
