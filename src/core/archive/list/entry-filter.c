/* entry-filter.c: which of an archive's entries a search leaves
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/list/entry-filter.h"

#include <string.h>

#include "core/archive/connection/search-text.h"
#include "core/archive/tree/archive-private.h"
#include "core/thread.h"

struct _WbEntryFilter
{
  GObject parent_instance;

  WbArchive     *archive; /* (owned) */
  char          *text;    /* (owned) */
  WbSearchQuery *query;   /* (owned): whose result stands, which may be an earlier text's */
  guint8        *shown;   /* (owned) (nullable): for each node; %NULL if all are */
  guint          n_matches;
  GCancellable  *cancellable; /* (owned) (nullable): of the search that is under way */
};

G_DEFINE_FINAL_TYPE (WbEntryFilter, wb_entry_filter, G_TYPE_OBJECT)

enum
{
  PROP_TEXT = 1,
  PROP_N_MATCHES,
  PROP_N_TOTAL,
  PROP_ACTIVE,
  PROP_BUSY,
  N_PROPERTIES
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint       signals[N_SIGNALS];

/* After so many files a search asks whether it is still wanted. */
#define FILES_AT_ONCE 256

/* One search, in a thread. */
typedef struct
{
  WbArchive     *archive; /* (owned) */
  WbSearchQuery *query;   /* (owned) (nullable) */
  guint8        *shown;   /* (owned) (nullable) */
  guint          n_matches;
} Search;

static void
search_free (Search *self)
{
  g_clear_pointer (&self->query, wb_search_query_free);
  g_free (self->shown);
  g_object_unref (self->archive);
  g_free (self);
}

/* Only connections have more than a name. */
static gboolean
name_matches (Search  *self,
              guint    node,
              GString *buffer)
{
  gsize       length;
  const char *name = wb_archive_peek_name (self->archive, node, &length);

  g_string_truncate (buffer, 0);
  wb_search_append_line (buffer, "name", strlen ("name"), name, length);

  return wb_search_query_matches (self->query, buffer->str, buffer->len);
}

static gboolean
file_matches (Search  *self,
              guint    node,
              GString *buffer)
{
  const char   *haystack;
  const WbFact *fact = wb_archive_peek_fact (self->archive, node, &haystack);

  if (fact->haystack_length == 0)
    return name_matches (self, node, buffer);

  return wb_search_query_matches (self->query, haystack, fact->haystack_length);
}

/* Finds the files that match, and the folders they are in. */
static void
search_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Search *self = task_data;
  g_autoptr (GString) buffer = g_string_new (NULL);
  const WbNode *nodes = self->archive->tree->nodes;
  guint         n_nodes = wb_archive_get_n_nodes (self->archive);

  if (wb_search_query_is_empty (self->query))
    {
      self->n_matches = wb_archive_get_n_files (self->archive);
      g_task_return_boolean (task, TRUE);
      return;
    }

  self->shown = g_new0 (guint8, n_nodes);
  self->shown[0] = TRUE;
  for (guint node = 1; node < n_nodes; node++)
    {
      if (node % FILES_AT_ONCE == 0 && g_task_return_error_if_cancelled (task))
        return;
      if (!wb_node_is_file (&nodes[node]) || !file_matches (self, node, buffer))
        continue;

      self->n_matches += wb_node_counts (&nodes[node]);
      for (int above = (int) node; above > 0 && !self->shown[above]; above = nodes[above].parent)
        self->shown[above] = TRUE;
    }

  g_task_return_boolean (task, TRUE);
}

static void
search_cb (GObject      *source_object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GWeakRef *where = user_data;
  g_autoptr (WbEntryFilter) self = g_weak_ref_get (where);
  g_autoptr (GError) error = NULL;
  Search  *search = g_task_get_task_data (G_TASK (result));
  gboolean was_active;

  g_weak_ref_clear (where);
  g_free (where);
  if (!g_task_propagate_boolean (G_TASK (result), &error) || self == NULL)
    {
      /* Given up for another one or for good; or there was no thread for it. */
      if (self != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_clear_object (&self->cancellable);
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
        }
      return;
    }

  was_active = wb_entry_filter_get_active (self);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->query, wb_search_query_free);
  g_clear_pointer (&self->shown, g_free);
  self->query = g_steal_pointer (&search->query);
  self->shown = g_steal_pointer (&search->shown);
  self->n_matches = search->n_matches;

  g_signal_emit (self, signals[CHANGED], 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MATCHES]);
  if (was_active != wb_entry_filter_get_active (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* Waits for an archive that is not complete. The search does not hold the filter: else the last one
 * to do so could be its thread. */
static void
start (WbEntryFilter *self)
{
  g_autoptr (GTask) task = NULL;
  GWeakRef *where;
  Search   *search;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (!wb_archive_is_complete (self->archive))
    return;

  where = g_new0 (GWeakRef, 1);
  search = g_new0 (Search, 1);
  search->archive = g_object_ref (self->archive);
  search->query = wb_search_query_new (self->text);
  g_weak_ref_init (where, self);
  task = g_task_new (NULL, self->cancellable, search_cb, where);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  wb_thread_run_task (task, search_thread);
}

static void
wb_entry_filter_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  WbEntryFilter *self = WB_ENTRY_FILTER (object);

  switch (property_id)
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
    case PROP_BUSY:
      g_value_set_boolean (value, wb_entry_filter_get_busy (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
wb_entry_filter_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  WbEntryFilter *self = WB_ENTRY_FILTER (object);
  const char    *text;

  switch (property_id)
    {
    case PROP_TEXT:
      text = g_value_get_string (value);
      wb_entry_filter_set_text (self, text != NULL ? text : "");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
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
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
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

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "",
                                               flags | G_PARAM_WRITABLE | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_N_MATCHES] = g_param_spec_uint ("n-matches", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_TOTAL] = g_param_spec_uint ("n-total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * WbEntryFilter::changed:
   * @self: the filter
   *
   * There is another result: other entries may be shown than before.
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
  self->n_matches = wb_archive_get_n_files (archive);

  return self;
}

/**
 * wb_entry_filter_set_archive:
 * @self: a filter
 * @archive: its archive, of which more is known by now, from wb_archive_complete_finish()
 *
 * A search that was waiting for it begins.
 */
void
wb_entry_filter_set_archive (WbEntryFilter *self,
                             WbArchive     *archive)
{
  g_return_if_fail (WB_IS_ENTRY_FILTER (self));
  g_return_if_fail (WB_IS_ARCHIVE (archive));

  g_set_object (&self->archive, archive);
  if (wb_entry_filter_get_busy (self))
    start (self);
}

/**
 * wb_entry_filter_set_text:
 * @self: a filter
 * @text: what to look for, as #WbSearchQuery understands it; the empty string shows all
 *
 * Looks through names, types, descriptions, keys and values, never through secrets. That happens in
 * a thread, some milliseconds for 50,000 connections, once the archive is complete; all else stays
 * as it is until the result is there. A search that is still under way is given up.
 */
void
wb_entry_filter_set_text (WbEntryFilter *self,
                          const char    *text)
{
  gboolean was_busy;

  g_return_if_fail (WB_IS_ENTRY_FILTER (self));
  g_return_if_fail (text != NULL);

  if (strcmp (self->text, text) == 0)
    return;

  was_busy = wb_entry_filter_get_busy (self);
  g_free (self->text);
  self->text = g_strdup (text);
  start (self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
  if (!was_busy)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/**
 * wb_entry_filter_get_text:
 * @self: a filter
 *
 * Returns: what is looked for, or will be when the search that is under way ends
 */
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
 * Returns: whether something was looked for, so that not all entries are shown
 */
gboolean
wb_entry_filter_get_active (WbEntryFilter *self)
{
  g_return_val_if_fail (WB_IS_ENTRY_FILTER (self), FALSE);

  return self->shown != NULL;
}

/**
 * wb_entry_filter_get_busy:
 * @self: a filter
 *
 * Returns: whether the result is not yet that of the text
 */
gboolean
wb_entry_filter_get_busy (WbEntryFilter *self)
{
  g_return_val_if_fail (WB_IS_ENTRY_FILTER (self), FALSE);

  return self->cancellable != NULL;
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
 * @key: the key whose value is shown: `name`, `type` or `address`
 * @text: the value, UTF-8
 *
 * Returns: (transfer full) (element-type WbSpan): the places in it to highlight
 */
GArray *
wb_entry_filter_find_spans (WbEntryFilter *self,
                            const char    *key,
                            const char    *text)
{
  g_return_val_if_fail (WB_IS_ENTRY_FILTER (self), NULL);

  return wb_search_query_find_spans (self->query, key, text);
}
