/* entry-filter.c: which of an archive's entries a search leaves
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/entry-filter.h"

#include "core/archive/archive-private.h"
#include "core/archive/search-text.h"

#include <string.h>

struct _WbEntryFilter
{
  GObject parent_instance;

  WbArchive     *archive; /* (owned) */
  char          *text;    /* (owned) */
  WbSearchQuery *query;   /* (owned) */
  guint8        *shown;   /* (owned) (nullable): for each node; %NULL if all are */
  guint          n_matches;
};

G_DEFINE_FINAL_TYPE (WbEntryFilter, wb_entry_filter, G_TYPE_OBJECT)

enum
{
  PROP_TEXT = 1,
  PROP_N_MATCHES,
  PROP_N_TOTAL,
  PROP_ACTIVE,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

/* What is no connection has its name alone. */
static gboolean
name_matches (WbEntryFilter *self,
              guint          node,
              GString       *buffer)
{
  gsize       length;
  const char *name = wb_archive_peek_name (self->archive, node, &length);

  g_string_truncate (buffer, 0);
  wb_search_append_line (buffer, "name", strlen ("name"), name, length);

  return wb_search_query_matches (self->query, buffer->str, buffer->len);
}

/* Finds the files that match, and the folders they are in. */
static void
search (WbEntryFilter *self)
{
  g_autoptr (GString) buffer = g_string_new (NULL);
  guint n_nodes = wb_archive_get_n_nodes (self->archive);

  g_clear_pointer (&self->shown, g_free);
  self->n_matches = wb_archive_get_n_files (self->archive);
  if (wb_search_query_is_empty (self->query))
    return;

  self->shown = g_new0 (guint8, n_nodes);
  self->shown[0] = TRUE;
  self->n_matches = 0;
  for (guint node = 1; node < n_nodes; node++)
    {
      const char   *haystack;
      const WbFact *fact;
      int           above = (int) node;

      if (!wb_node_is_file (&self->archive->tree->nodes[node]))
        continue;
      fact = wb_archive_peek_fact (self->archive, node, &haystack);
      if (!(fact->haystack_length > 0
              ? wb_search_query_matches (self->query, haystack, fact->haystack_length)
              : name_matches (self, node, buffer)))
        continue;

      self->n_matches++;
      for (; above > 0 && !self->shown[above]; above = self->archive->tree->nodes[above].parent)
        self->shown[above] = TRUE;
    }
}

static void
wb_entry_filter_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  WbEntryFilter *self = WB_ENTRY_FILTER (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_N_MATCHES:
      g_value_set_uint (value, self->n_matches);
      break;
    case PROP_N_TOTAL:
      g_value_set_uint (value, wb_entry_filter_get_n_total (self));
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, wb_entry_filter_get_active (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
wb_entry_filter_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  WbEntryFilter *self = WB_ENTRY_FILTER (object);
  const char    *text;

  switch (prop_id)
    {
    case PROP_TEXT:
      text = g_value_get_string (value);
      wb_entry_filter_set_text (self, text != NULL ? text : "");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
wb_entry_filter_finalize (GObject *object)
{
  WbEntryFilter *self = WB_ENTRY_FILTER (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->query, wb_search_query_free);
  g_clear_object (&self->archive);

  G_OBJECT_CLASS (wb_entry_filter_parent_class)->finalize (object);
}

static void
wb_entry_filter_class_init (WbEntryFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wb_entry_filter_get_property;
  object_class->set_property = wb_entry_filter_set_property;
  object_class->finalize = wb_entry_filter_finalize;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "",
                                          flags | G_PARAM_WRITABLE | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_N_MATCHES] = g_param_spec_uint ("n-matches", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_TOTAL] = g_param_spec_uint ("n-total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * WbEntryFilter::changed:
   * @self: the filter
   *
   * Other entries may be shown than before.
   */
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_ENTRY_FILTER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_entry_filter_init (WbEntryFilter *self)
{
  self->text = g_strdup ("");
  self->query = wb_search_query_new ("");
}

/**
 * wb_entry_filter_new:
 * @archive: an archive
 *
 * Returns: (transfer full): a filter that shows all entries
 */
WbEntryFilter *
wb_entry_filter_new (WbArchive *archive)
{
  WbEntryFilter *self;

  g_return_val_if_fail (WB_IS_ARCHIVE (archive), NULL);

  self = g_object_new (WB_TYPE_ENTRY_FILTER, NULL);
  self->archive = g_object_ref (archive);
  search (self);

  return self;
}

/**
 * wb_entry_filter_set_text:
 * @self: a filter
 * @text: what to look for, as #WbSearchQuery understands it; the empty string shows all
 *
 * Looks through names, types, descriptions, keys and values, never through secrets. Every list with
 * this filter has changed before this returns, which takes some milliseconds for 50,000
 * connections.
 */
void
wb_entry_filter_set_text (WbEntryFilter *self,
                          const char    *text)
{
  gboolean was_active;

  g_return_if_fail (WB_IS_ENTRY_FILTER (self));
  g_return_if_fail (text != NULL);

  if (strcmp (self->text, text) == 0)
    return;

  was_active = wb_entry_filter_get_active (self);
  g_free (self->text);
  self->text = g_strdup (text);
  wb_search_query_free (self->query);
  self->query = wb_search_query_new (text);
  search (self);

  g_signal_emit (self, signals[CHANGED], 0);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_MATCHES]);
  if (was_active != wb_entry_filter_get_active (self))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

const char *
wb_entry_filter_get_text (WbEntryFilter *self)
{
  g_return_val_if_fail (WB_IS_ENTRY_FILTER (self), NULL);

  return self->text;
}

/**
 * wb_entry_filter_get_active:
 * @self: a filter
 *
 * Returns: whether there is something to look for
 */
gboolean
wb_entry_filter_get_active (WbEntryFilter *self)
{
  g_return_val_if_fail (WB_IS_ENTRY_FILTER (self), FALSE);

  return self->shown != NULL;
}

/**
 * wb_entry_filter_get_n_matches:
 * @self: a filter
 *
 * Returns: how many files are shown, folders not counted
 */
guint
wb_entry_filter_get_n_matches (WbEntryFilter *self)
{
  g_return_val_if_fail (WB_IS_ENTRY_FILTER (self), 0);

  return self->n_matches;
}

guint
wb_entry_filter_get_n_total (WbEntryFilter *self)
{
  g_return_val_if_fail (WB_IS_ENTRY_FILTER (self), 0);

  return self->archive != NULL ? wb_archive_get_n_files (self->archive) : 0;
}

/**
 * wb_entry_filter_shows:
 * @self: a filter
 * @node: a node of its archive
 *
 * Returns: whether it matches, or is a folder with something that does
 */
gboolean
wb_entry_filter_shows (WbEntryFilter *self,
                       guint          node)
{
  g_return_val_if_fail (WB_IS_ENTRY_FILTER (self), TRUE);

  return self->shown == NULL || self->shown[node];
}

/**
 * wb_entry_filter_find_spans:
 * @self: a filter
 * @text: a text that is shown, UTF-8
 *
 * Returns: (transfer full) (element-type WbSearchSpan): the places in it to highlight
 */
GArray *
wb_entry_filter_find_spans (WbEntryFilter *self,
                            const char    *text)
{
  g_return_val_if_fail (WB_IS_ENTRY_FILTER (self), NULL);

  return wb_search_query_find_spans (self->query, text);
}
