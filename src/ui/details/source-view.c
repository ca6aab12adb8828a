/* source-view.c: a file's contents as text, in colours, secrets masked
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/details/source-view.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

#include "ui/widgets/clip.h"
#include "ui/widgets/copying.h"
#include "ui/details/source-find-bar.h"

/* What is shown at most, so that a hostile file cannot stop the window: GTK lays out a line as a
 * whole, and a file may be a single one. */
#define MAX_TEXT_BYTES ((gsize) 64 * 1024)
/* GtkSourceView takes seconds for the colours of a line as long as that. */
#define MAX_COLOURED_LINE_BYTES ((gsize) 4 * 1024)

struct _WbSourceView
{
  AdwBin parent_instance;

  WbConnection *connection; /* (owned) (nullable) */
  char         *problem;    /* (owned) (nullable): why it was not understood */
  WbReveal     *reveal;     /* (owned) */
  gboolean      guarded;    /* the selection is kept from its clipboard */

  GtkLabel        *notes;
  GtkToggleButton *find_button;
  GtkToggleButton *reveal_button;
  WbSourceFindBar *find_bar;
  GtkStack        *stack;
  GtkSourceView   *view;
  GtkSourceBuffer *buffer;
};

G_DEFINE_FINAL_TYPE (WbSourceView, wb_source_view, ADW_TYPE_BIN)

/* Selecting text under X11 or Wayland copies it: a secret must not leave that way. The
 * clipboard of selections is the view's only while it is realized. */
static void
guard_selection (WbSourceView *self,
                 gboolean      guarded)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GdkClipboard  *clipboard;

  if (self->guarded == guarded || !gtk_widget_get_realized (GTK_WIDGET (self->view)))
    return;

  clipboard = gtk_widget_get_primary_clipboard (GTK_WIDGET (self->view));
  if (guarded)
    gtk_text_buffer_remove_selection_clipboard (buffer, clipboard);
  else
    gtk_text_buffer_add_selection_clipboard (buffer, clipboard);
  self->guarded = guarded;
}

static void
realize_cb (WbSourceView *self)
{
  guard_selection (self, wb_reveal_get_revealed (self->reveal));
}

static gboolean
is_understood (WbSourceView *self)
{
  return self->connection != NULL
         && wb_connection_get_form (self->connection) == WB_CONNECTION_JSON;
}

/* Text that was not understood may hold secrets anywhere, so nothing of it is shown by itself. */
static char *
dup_text (WbSourceView *self)
{
  if (self->connection == NULL)
    return NULL;
  if (wb_reveal_get_revealed (self->reveal))
    return wb_connection_dup_revealed_text (self->connection);

  return is_understood (self) ? wb_connection_dup_text (self->connection) : NULL;
}

static gboolean
has_long_line (const char *text)
{
  const char *end;

  for (const char *line = text; *line != '\0'; line = *end != '\0' ? end + 1 : end)
    {
      end = strchrnul (line, '\n');
      if ((gsize) (end - line) > MAX_COLOURED_LINE_BYTES)
        return TRUE;
    }

  return FALSE;
}

static void
set_text (WbSourceView *self,
          const char   *text)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();
  GtkTextBuffer            *buffer = GTK_TEXT_BUFFER (self->buffer);
  g_autofree char          *clipped = wb_clip_text (text, MAX_TEXT_BYTES);
  gboolean                  coloured = is_understood (self) && !has_long_line (clipped);
  GtkTextIter               start;

  gtk_source_buffer_set_language (
    self->buffer, coloured ? gtk_source_language_manager_get_language (languages, "json") : NULL);
  gtk_text_buffer_set_text (buffer, clipped, -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
}

static gboolean
is_table (WbSourceView *self)
{
  return self->connection != NULL
         && wb_connection_get_form (self->connection) == WB_CONNECTION_BINARY;
}

static void
show_notes (WbSourceView *self,
            const char   *text)
{
  g_autoptr (GString) notes = g_string_new (self->problem);
  gboolean cut = text != NULL && strlen (text) > MAX_TEXT_BYTES;

  if (text != NULL && is_table (self))
    cut = g_str_has_suffix (text, "…\n");
  if (cut)
    g_string_append_printf (notes, "%s%s", notes->len > 0 ? "\n" : "",
                            _ ("Only the beginning is shown."));
  gtk_label_set_text (self->notes, notes->str);
}

static void
show_text (WbSourceView *self)
{
  gboolean         revealed = wb_reveal_get_revealed (self->reveal);
  g_autofree char *text = dup_text (self);

  if (revealed)
    guard_selection (self, TRUE);
  set_text (self, text != NULL ? text : "");
  /* A table of bytes has its own numbers, and its columns. */
  gtk_source_view_set_show_line_numbers (self->view, !is_table (self));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view),
                               is_table (self) ? GTK_WRAP_NONE : GTK_WRAP_WORD_CHAR);
  if (!revealed)
    guard_selection (self, FALSE);

  show_notes (self, text);
  gtk_widget_set_visible (GTK_WIDGET (self->reveal_button),
                          revealed
                            || (is_understood (self)
                                && wb_connection_get_n_clear_secrets (self->connection) > 0));
  gtk_button_set_icon_name (GTK_BUTTON (self->reveal_button),
                            revealed ? "view-conceal-symbolic" : "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reveal_button),
                               revealed ? _ ("Hide Passwords") : _ ("Reveal Passwords"));
  gtk_widget_set_visible (GTK_WIDGET (self->find_button), text != NULL);
  if (text == NULL)
    gtk_toggle_button_set_active (self->find_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, text != NULL ? "text" : "hidden");
}

static void
follow_colours (WbSourceView *self)
{
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();
  gboolean                     dark;

  dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  gtk_source_buffer_set_style_scheme (
    self->buffer,
    gtk_source_style_scheme_manager_get_scheme (schemes, dark ? "Adwaita-dark" : "Adwaita"));
}

static void
reveal_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  WbSourceView *self = WB_SOURCE_VIEW (widget);

  wb_reveal_set_revealed (self->reveal, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* GTK's own would put the buffer into the clipboard rather than its text of now, and copies on a
 * cut too. What is copied while secrets can be seen may hold one. */
static void
copy_cb (GtkTextView *view,
         gpointer     user_data)
{
  WbSourceView    *self = user_data;
  GtkTextBuffer   *buffer = GTK_TEXT_BUFFER (self->buffer);
  g_autofree char *text = NULL;
  GtkTextIter      start;
  GtkTextIter      end;

  g_signal_stop_emission (view, g_signal_get_invocation_hint (view)->signal_id, 0);
  if (!gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    return;

  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  if (wb_reveal_get_revealed (self->reveal))
    wb_copy_secret (GTK_WIDGET (view), text, NULL);
  else
    wb_copy_text (GTK_WIDGET (view), text, NULL);
}

/* While nothing can be found here, the key is left to the window. */
static gboolean
find_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  WbSourceView *self = WB_SOURCE_VIEW (widget);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->find_button)))
    return FALSE;

  wb_source_find_bar_start (self->find_bar);

  return TRUE;
}

static gboolean
find_again_cb (GtkWidget *widget,
               GVariant  *arguments,
               gpointer   user_data)
{
  WbSourceView *self = WB_SOURCE_VIEW (widget);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->find_button)))
    return FALSE;

  wb_source_find_bar_again (self->find_bar, g_variant_get_boolean (arguments));

  return TRUE;
}

/* Also from within the text, and before the window takes the key for itself. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  WbSourceView *self = WB_SOURCE_VIEW (widget);
  gboolean      searching = FALSE;

  g_object_get (self->find_bar, "searching", &searching, NULL);
  if (!searching)
    return FALSE;

  g_object_set (self->find_bar, "searching", FALSE, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));

  return TRUE;
}

static void
wb_source_view_dispose (GObject *object)
{
  WbSourceView *self = WB_SOURCE_VIEW (object);

  g_clear_object (&self->connection);

  G_OBJECT_CLASS (wb_source_view_parent_class)->dispose (object);
}

static void
wb_source_view_finalize (GObject *object)
{
  WbSourceView *self = WB_SOURCE_VIEW (object);

  g_clear_pointer (&self->problem, g_free);
  g_clear_object (&self->reveal);

  G_OBJECT_CLASS (wb_source_view_parent_class)->finalize (object);
}

static void
wb_source_view_class_init (WbSourceViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_source_view_dispose;
  object_class->finalize = wb_source_view_finalize;

  gtk_source_init ();
  g_type_ensure (WB_TYPE_SOURCE_FIND_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/source-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSourceView, notes);
  gtk_widget_class_bind_template_child (widget_class, WbSourceView, find_button);
  gtk_widget_class_bind_template_child (widget_class, WbSourceView, find_bar);
  gtk_widget_class_bind_template_child (widget_class, WbSourceView, reveal_button);
  gtk_widget_class_bind_template_child (widget_class, WbSourceView, stack);
  gtk_widget_class_bind_template_child (widget_class, WbSourceView, view);
  gtk_widget_class_bind_template_child (widget_class, WbSourceView, buffer);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, realize_cb);
  gtk_widget_class_install_action (widget_class, "source.reveal", NULL, reveal_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, find_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, find_again_cb, "b",
                                FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                find_again_cb, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
wb_source_view_init (WbSourceView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  wb_source_find_bar_set_view (self->find_bar, self->view);

  self->reveal = wb_reveal_new (GTK_WIDGET (self));
  g_object_bind_property (self->reveal, "revealed", self->reveal_button, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (self->reveal, "notify::revealed", G_CALLBACK (show_text), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (follow_colours), self, G_CONNECT_SWAPPED);
  follow_colours (self);
}

/**
 * wb_source_view_new:
 *
 * Returns: (transfer floating): a view of nothing yet
 */
GtkWidget *
wb_source_view_new (void)
{
  return g_object_new (WB_TYPE_SOURCE_VIEW, NULL);
}

/**
 * wb_source_view_set_connection:
 * @self: the view
 * @connection: (nullable): what to show, secrets hidden
 * @problem: (nullable): a sentence on why it was not understood
 */
void
wb_source_view_set_connection (WbSourceView *self,
                               WbConnection *connection,
                               const char   *problem)
{
  g_return_if_fail (WB_IS_SOURCE_VIEW (self));
  g_return_if_fail (connection == NULL || WB_IS_CONNECTION (connection));

  wb_reveal_set_revealed (self->reveal, FALSE);
  g_set_object (&self->connection, connection);
  g_free (self->problem);
  self->problem = g_strdup (problem);
  show_text (self);
}

/**
 * wb_source_view_get_reveal:
 * @self: the view
 *
 * Returns: (transfer none): whether it shows secrets
 */
WbReveal *
wb_source_view_get_reveal (WbSourceView *self)
{
  g_return_val_if_fail (WB_IS_SOURCE_VIEW (self), NULL);

  return self->reveal;
}
