/* properties-window.c: the properties of a document, with its checksum and comment
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/preview/properties-window.h"

#include <glib/gi18n-lib.h>

#include "core/archive/tree/verification.h"
#include "ui/document/document-properties.h"
#include "ui/widgets/progress-bar.h"
#include "ui/widgets/wrap.h"

/* More entries with problems are only counted. */
#define MAX_FAULTS 100

struct _WbPropertiesWindow
{
  AdwWindow parent_instance;

  WbDocument    *document;      /* (owned) */
  WbProgress    *progress;      /* (owned) (nullable): while verifying */
  GtkWidget     *verify_button; /* (unowned) */
  GtkWidget     *cancel_button; /* (unowned) */
  WbProgressBar *bar;           /* (unowned) */
  GtkWidget     *verdict;       /* (unowned) */

  AdwBin *bin;
};

G_DEFINE_FINAL_TYPE (WbPropertiesWindow, wb_properties_window, ADW_TYPE_WINDOW)

static char *
describe_faults (WbArchive *archive,
                 GArray    *faults)
{
  g_autoptr (GString) text = g_string_new ("");
  guint n_named = MIN (faults->len, MAX_FAULTS);

  if (faults->len == 0)
    return g_strdup (_ ("Everything can be read and has the right checksum."));

  for (guint i = 0; i < n_named; i++)
    {
      const WbFault   *fault = &g_array_index (faults, WbFault, i);
      g_autofree char *path = wb_archive_dup_path (archive, fault->node);
      g_autofree char *problems = wb_problems_to_text (fault->problems);

      g_strdelimit (problems, "\n", ' ');
      g_string_append_printf (text, "%s%s: %s", i > 0 ? "\n" : "", path, problems);
    }
  if (faults->len > n_named)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              /* Translators: how many entries are not named; a list of some stands
                               * before. */
                              g_dngettext (GETTEXT_PACKAGE, "%'u more entry has problems.",
                                           "%'u more entries have problems.",
                                           faults->len - n_named),
                              faults->len - n_named);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The button is there again, in place of Cancel. */
static void
show_verifying (WbPropertiesWindow *self,
                WbProgress         *progress)
{
  gboolean had_focus = gtk_widget_has_focus (self->verify_button)
                       || gtk_widget_has_focus (self->cancel_button);

  wb_progress_bar_set_progress (self->bar, progress);
  gtk_widget_set_visible (self->verify_button, progress == NULL);
  gtk_widget_set_visible (self->cancel_button, progress != NULL);
  if (had_focus)
    gtk_widget_grab_focus (progress != NULL ? self->cancel_button : self->verify_button);
}

static void
verified_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (WbPropertiesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) faults = wb_verification_new_finish (result, &error);
  g_autofree char *text = NULL;

  g_clear_object (&self->progress);
  if (self->document == NULL || gtk_widget_get_root (GTK_WIDGET (self->bin)) == NULL)
    return;

  show_verifying (self, NULL);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  text = faults != NULL ? describe_faults (wb_document_get_archive (self->document), faults)
                        : g_strdup (error->message);
  gtk_label_set_text (GTK_LABEL (self->verdict), text);
  gtk_widget_set_visible (self->verdict, TRUE);
}

static void
verify_cb (WbPropertiesWindow *self)
{
  self->progress = wb_progress_new ();
  gtk_widget_set_visible (self->verdict, FALSE);
  show_verifying (self, self->progress);
  wb_verification_new_async (wb_document_get_archive (self->document),
                             G_CANCELLABLE (self->progress), verified_cb, g_object_ref (self));
}

static void
cancel_cb (WbPropertiesWindow *self)
{
  g_cancellable_cancel (G_CANCELLABLE (self->progress));
}

static GtkWidget *
create_button (WbPropertiesWindow *self,
               const char         *label,
               GCallback           clicked_cb)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_object (button, "clicked", clicked_cb, self, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
create_verify_group (WbPropertiesWindow *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->verify_button = create_button (self, _ ("_Verify"), G_CALLBACK (verify_cb));
  gtk_widget_set_tooltip_text (self->verify_button,
                               _ ("Read everything once more, and say what is wrong"));
  self->cancel_button = create_button (self, _ ("_Cancel"), G_CALLBACK (cancel_cb));
  self->bar = g_object_new (WB_TYPE_PROGRESS_BAR, NULL);
  self->verdict =
    g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_label_set_justify (GTK_LABEL (self->verdict), GTK_JUSTIFY_CENTER);
  wb_wrap_anywhere (GTK_LABEL (self->verdict));
  gtk_label_set_selectable (GTK_LABEL (self->verdict), TRUE);
  gtk_widget_set_visible (self->verdict, FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), self->verify_button);
  gtk_box_append (GTK_BOX (box), self->cancel_button);
  gtk_box_append (GTK_BOX (box), self->verdict);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), box);

  return group;
}

static void
show_document (WbPropertiesWindow *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  GtkWidget          *groups[] = { wb_document_create_file_group (self->document),
                                   wb_document_create_contents_group (self->document),
                                   create_verify_group (self) };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (groups[i]));
  adw_bin_set_child (self->bin, GTK_WIDGET (page));
  show_verifying (self, self->progress);
}

static void
wb_properties_window_dispose (GObject *object)
{
  WbPropertiesWindow *self = WB_PROPERTIES_WINDOW (object);

  g_clear_object (&self->document);

  G_OBJECT_CLASS (wb_properties_window_parent_class)->dispose (object);
}

/* A thread holds the window until it ends. */
static gboolean
wb_properties_window_close_request (GtkWindow *window)
{
  WbProgress *progress = WB_PROPERTIES_WINDOW (window)->progress;

  if (progress != NULL)
    g_cancellable_cancel (G_CANCELLABLE (progress));

  return GTK_WINDOW_CLASS (wb_properties_window_parent_class)->close_request (window);
}

static void
wb_properties_window_class_init (WbPropertiesWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_properties_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = wb_properties_window_close_request;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/waybill/Waybill/properties-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPropertiesWindow, bin);
}

static void
wb_properties_window_init (WbPropertiesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
wb_properties_window_new (GtkWindow  *parent,
                          WbDocument *document)
{
  WbPropertiesWindow *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (WB_IS_DOCUMENT (document), NULL);

  self = g_object_new (WB_TYPE_PROPERTIES_WINDOW, "transient-for", parent, NULL);
  self->document = g_object_ref (document);
  g_signal_connect_object (document, "notify::file", G_CALLBACK (show_document), self,
                           G_CONNECT_SWAPPED);
  show_document (self);

  return GTK_WINDOW (self);
}
