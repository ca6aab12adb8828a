/* source-find-bar.c: finds a text in a source view
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/details/source-find-bar.h"

#include <glib/gi18n-lib.h>

struct _WbSourceFindBar
{
  AdwBin parent_instance;

  GtkSourceView          *view;   /* (owned) */
  GtkSourceSearchContext *search; /* (owned) */

  GtkSearchBar   *bar;
  GtkSearchEntry *entry;
  GtkLabel       *count;
  GtkWidget      *previous_button;
  GtkWidget      *next_button;
};

G_DEFINE_FINAL_TYPE (WbSourceFindBar, wb_source_find_bar, ADW_TYPE_BIN)

enum
{
  PROP_SEARCHING = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static GtkTextBuffer *
get_buffer (WbSourceFindBar *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
}

static gboolean
has_search_text (WbSourceFindBar *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0';
}

static void
show_count (WbSourceFindBar *self)
{
  int              n_matches = gtk_source_search_context_get_occurrences_count (self->search);
  int              position;
  g_autofree char *count = NULL;
  GtkTextIter      start;
  GtkTextIter      end;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  position = gtk_source_search_context_get_occurrence_position (self->search, &start, &end);
  /* Below zero they are still being counted. */
  if (n_matches >= 0 && has_search_text (self))
    /* Translators: which of the places that a search has found is shown, and of how many: 2 of
     * 12. */
    count = g_strdup_printf (_ ("%d of %d"), MAX (position, 0), n_matches);
  gtk_label_set_text (self->count, count != NULL ? count : "");
  gtk_widget_set_sensitive (self->previous_button, n_matches > 0);
  gtk_widget_set_sensitive (self->next_button, n_matches > 0);
  if (n_matches == 0 && has_search_text (self))
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

static void
select_match (WbSourceFindBar *self,
              GtkTextIter     *start,
              GtkTextIter     *end)
{
  GtkTextBuffer *buffer = get_buffer (self);

  gtk_text_buffer_select_range (buffer, start, end);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (buffer),
                                0.1, FALSE, 0, 0);
  show_count (self);
}

static void
find (WbSourceFindBar *self,
      gboolean         onward)
{
  GtkTextIter start;
  GtkTextIter end;
  GtkTextIter match_start;
  GtkTextIter match_end;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  if (gtk_source_search_context_forward (self->search, onward ? &end : &start, &match_start,
                                         &match_end, NULL))
    select_match (self, &match_start, &match_end);
}

static void
search_changed_cb (WbSourceFindBar *self)
{
  gtk_source_search_settings_set_search_text (
    gtk_source_search_context_get_settings (self->search),
    gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  find (self, FALSE);
  show_count (self);
}

static void
find_next_cb (WbSourceFindBar *self)
{
  find (self, TRUE);
}

static void
find_previous_cb (WbSourceFindBar *self)
{
  GtkTextIter start;
  GtkTextIter match_start;
  GtkTextIter match_end;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, NULL);
  if (gtk_source_search_context_backward (self->search, &start, &match_start, &match_end, NULL))
    select_match (self, &match_start, &match_end);
}

static void
searching_cb (WbSourceFindBar *self)
{
  gtk_source_search_context_set_highlight (self->search,
                                           gtk_search_bar_get_search_mode (self->bar));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCHING]);
}

/* When the search closes, the focus moves to the text. */
static void
leave_search_cb (WbSourceFindBar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
wb_source_find_bar_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  WbSourceFindBar *self = WB_SOURCE_FIND_BAR (object);

  switch (property_id)
    {
    case PROP_SEARCHING:
      g_value_set_boolean (value, gtk_search_bar_get_search_mode (self->bar));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_source_find_bar_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  WbSourceFindBar *self = WB_SOURCE_FIND_BAR (object);

  switch (property_id)
    {
    case PROP_SEARCHING:
      gtk_search_bar_set_search_mode (self->bar, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
wb_source_find_bar_dispose (GObject *object)
{
  WbSourceFindBar *self = WB_SOURCE_FIND_BAR (object);

  g_clear_object (&self->search);
  g_clear_object (&self->view);

  G_OBJECT_CLASS (wb_source_find_bar_parent_class)->dispose (object);
}

static void
wb_source_find_bar_class_init (WbSourceFindBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_source_find_bar_get_property;
  object_class->set_property = wb_source_find_bar_set_property;
  object_class->dispose = wb_source_find_bar_dispose;

  properties[PROP_SEARCHING] =
    g_param_spec_boolean ("searching", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/source-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSourceFindBar, bar);
  gtk_widget_class_bind_template_child (widget_class, WbSourceFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, WbSourceFindBar, count);
  gtk_widget_class_bind_template_child (widget_class, WbSourceFindBar, previous_button);
  gtk_widget_class_bind_template_child (widget_class, WbSourceFindBar, next_button);
  gtk_widget_class_bind_template_callback (widget_class, find_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, searching_cb);
}

static void
wb_source_find_bar_init (WbSourceFindBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_search_bar_connect_entry (self->bar, GTK_EDITABLE (self->entry));
}

/**
 * wb_source_find_bar_set_view:
 * @self: the bar
 * @view: where to find
 *
 * To be called once.
 */
void
wb_source_find_bar_set_view (WbSourceFindBar *self,
                             GtkSourceView   *view)
{
  g_autoptr (GtkSourceSearchSettings) settings = NULL;

  g_return_if_fail (WB_IS_SOURCE_FIND_BAR (self));
  g_return_if_fail (GTK_SOURCE_IS_VIEW (view));
  g_return_if_fail (self->view == NULL);

  self->view = g_object_ref (view);
  settings = gtk_source_search_settings_new ();
  gtk_source_search_settings_set_wrap_around (settings, TRUE);
  self->search = gtk_source_search_context_new (GTK_SOURCE_BUFFER (get_buffer (self)), settings);
  gtk_source_search_context_set_highlight (self->search, FALSE);
  g_signal_connect_object (self->search, "notify::occurrences-count", G_CALLBACK (show_count),
                           self, G_CONNECT_SWAPPED);
}

/**
 * wb_source_find_bar_start:
 * @self: the bar
 *
 * Shows it, and selects its text to be typed over.
 */
void
wb_source_find_bar_start (WbSourceFindBar *self)
{
  g_return_if_fail (WB_IS_SOURCE_FIND_BAR (self));

  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * wb_source_find_bar_again:
 * @self: the bar
 * @backward: the other way round
 *
 * Selects the next match, or shows the bar if nothing is searched.
 */
void
wb_source_find_bar_again (WbSourceFindBar *self,
                          gboolean         backward)
{
  g_return_if_fail (WB_IS_SOURCE_FIND_BAR (self));

  if (!gtk_search_bar_get_search_mode (self->bar) || !has_search_text (self))
    wb_source_find_bar_start (self);
  else if (backward)
    find_previous_cb (self);
  else
    find_next_cb (self);
}
