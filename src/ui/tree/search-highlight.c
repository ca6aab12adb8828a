/* search-highlight.c: marks in texts what a search has found in them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tree/archive-view-private.h"

/* Yellow with a third of its strength behind the text's own colour reads on light, on dark and on a
 * selected row; where colours do not show, bold does. */
#define RED 0xf5f5
#define GREEN 0xc2c2
#define BLUE 0x1111
#define ALPHA 0x6000

/* A label keeps under this name the key whose value it shows. */
#define KEY "wb-search-key"

struct _WbSearchHighlight
{
  GObject parent_instance;

  WbEntryFilter *filter; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (WbSearchHighlight, wb_search_highlight, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
insert (PangoAttrList  *attributes,
        PangoAttribute *attribute,
        const WbSpan   *span)
{
  attribute->start_index = (guint) span->start;
  attribute->end_index = (guint) span->end;
  pango_attr_list_insert (attributes, attribute);
}

static void
update_label (WbSearchHighlight *self,
              GtkInscription    *label)
{
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autoptr (GArray) spans = NULL;

  if (self->filter == NULL || !wb_entry_filter_get_active (self->filter))
    {
      gtk_inscription_set_attributes (label, NULL);
      return;
    }

  attributes = pango_attr_list_new ();
  spans = wb_entry_filter_find_spans (self->filter, g_object_get_data (G_OBJECT (label), KEY),
                                      gtk_inscription_get_text (label));
  for (guint i = 0; i < spans->len; i++)
    {
      const WbSpan *span = &g_array_index (spans, WbSpan, i);

      insert (attributes, pango_attr_background_new (RED, GREEN, BLUE), span);
      insert (attributes, pango_attr_background_alpha_new (ALPHA), span);
      insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), span);
    }
  gtk_inscription_set_attributes (label, attributes);
}

static void
changed_cb (GtkInscription    *label,
            WbSearchHighlight *self)
{
  update_label (self, label);
}

static void
label_cb (GtkInscription *label,
          GParamSpec     *pspec,
          gpointer        user_data)
{
  update_label (user_data, label);
}

static void
filter_changed_cb (WbSearchHighlight *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
wb_search_highlight_dispose (GObject *object)
{
  WbSearchHighlight *self = WB_SEARCH_HIGHLIGHT (object);

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (wb_search_highlight_parent_class)->dispose (object);
}

static void
wb_search_highlight_class_init (WbSearchHighlightClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_search_highlight_dispose;

  /**
   * WbSearchHighlight::changed:
   * @self: the highlight
   *
   * Something else is looked for.
   */
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_SEARCH_HIGHLIGHT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_search_highlight_init (WbSearchHighlight *self)
{
}

WbSearchHighlight *
wb_search_highlight_new (void)
{
  return g_object_new (WB_TYPE_SEARCH_HIGHLIGHT, NULL);
}

/**
 * wb_search_highlight_set_filter:
 * @self: a highlight
 * @filter: (nullable): says what is looked for
 */
void
wb_search_highlight_set_filter (WbSearchHighlight *self,
                                WbEntryFilter     *filter)
{
  g_return_if_fail (WB_IS_SEARCH_HIGHLIGHT (self));
  g_return_if_fail (filter == NULL || WB_IS_ENTRY_FILTER (filter));

  if (self->filter == filter)
    return;

  if (self->filter != NULL)
    g_signal_handlers_disconnect_by_data (self->filter, self);
  g_set_object (&self->filter, filter);
  if (filter != NULL)
    g_signal_connect_object (filter, "changed", G_CALLBACK (filter_changed_cb), self,
                             G_CONNECT_SWAPPED);
  filter_changed_cb (self);
}

/**
 * wb_search_highlight_add_label:
 * @self: a highlight
 * @label: a label whose text is not markup; it is followed from now on
 * @key: (not nullable): the key whose value it shows: `name`, `type` or `address`; static
 */
void
wb_search_highlight_add_label (WbSearchHighlight *self,
                               GtkInscription    *label,
                               const char        *key)
{
  g_return_if_fail (WB_IS_SEARCH_HIGHLIGHT (self));
  g_return_if_fail (GTK_IS_INSCRIPTION (label));
  g_return_if_fail (key != NULL);

  g_object_set_data (G_OBJECT (label), KEY, (gpointer) key);
  g_signal_connect_object (self, "changed", G_CALLBACK (changed_cb), label, G_CONNECT_SWAPPED);
  g_signal_connect_object (label, "notify::text", G_CALLBACK (label_cb), self, 0);
}
