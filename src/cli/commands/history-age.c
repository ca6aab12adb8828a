/* history-age.c: which workspaces have no recent good export
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/commands/history-age.h"

#include <glib/gi18n-lib.h>

#include "cli/terminal/output.h"
#include "core/error.h"
#include "core/text.h"

/* A workspace of an account, and its last good export. */
typedef struct
{
  char    *account_id;   /* (owned) */
  char    *account;      /* (owned) */
  char    *workspace_id; /* (owned) */
  char    *workspace;    /* (owned) */
  gint64   last_good;    /* Unix time in seconds; -1 for none */
  gint64   last_empty;   /* likewise, when it had no connections */
  gboolean had_any;      /* once it had some */
} Watched;

static void
watched_free (Watched *self)
{
  g_free (self->account_id);
  g_free (self->account);
  g_free (self->workspace_id);
  g_free (self->workspace);
  g_free (self);
}

/* Returns: (transfer none): the one with these IDs, which is added if it is not there */
static Watched *
watch (GPtrArray  *all,
       const char *account_id,
       const char *account,
       const char *workspace_id,
       const char *workspace)
{
  Watched *self;

  for (guint i = 0; i < all->len; i++)
    {
      self = g_ptr_array_index (all, i);
      if (g_str_equal (self->account_id, account_id)
          && g_str_equal (self->workspace_id, workspace_id))
        return self;
    }

  self = g_new0 (Watched, 1);
  self->account_id = g_strdup (account_id);
  self->account = g_strdup (*account != '\0' ? account : account_id);
  self->workspace_id = g_strdup (workspace_id);
  self->workspace = g_strdup (*workspace != '\0' ? workspace : workspace_id);
  self->last_good = -1;
  self->last_empty = -1;
  g_ptr_array_add (all, self);

  return self;
}

static gboolean
is_asked_for (const char *wanted,
              const char *id,
              const char *name)
{
  return wanted == NULL || g_str_equal (wanted, id) || g_str_equal (wanted, name);
}

static void
watch_stored (GPtrArray            *all,
              WbAccount            *account,
              const WbHistoryQuery *query)
{
  GListModel *workspaces = wb_account_get_workspaces (account);
  const char *uuid = wb_account_get_uuid (account);
  const char *name = wb_account_get (account, WB_ACCOUNT_NAME);

  if (!is_asked_for (query->account, uuid, name))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (WbWorkspace) workspace = g_list_model_get_item (workspaces, i);

      if (is_asked_for (query->workspace, wb_workspace_get_id (workspace),
                        wb_workspace_get_name (workspace)))
        watch (all, uuid, name, wb_workspace_get_id (workspace),
               wb_workspace_get_name (workspace));
    }
}

/* What is stored first, in the order of the accounts, then what else is in the history. */
static GPtrArray *
find_watched (WbAccountStore       *store,
              GPtrArray            *records,
              const WbHistoryQuery *query)
{
  GPtrArray  *all = g_ptr_array_new_with_free_func ((GDestroyNotify) watched_free);
  const char *empty = wb_error_kind_to_string (WB_ERROR_KIND_NO_CONNECTIONS);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (WbAccount) account = g_list_model_get_item (G_LIST_MODEL (store), i);

      watch_stored (all, account, query);
    }

  for (guint i = 0; i < records->len; i++)
    {
      WbHistoryRecord *record = g_ptr_array_index (records, i);
      Watched         *self = watch (all, record->account_id, record->account,
                                     record->workspace_id, record->workspace);

      if (wb_history_record_is_good (record))
        {
          self->last_good = MAX (self->last_good, record->finished);
          self->had_any |= record->n_connections > 0;
        }
      else if (g_str_equal (record->result, empty))
        {
          self->last_empty = MAX (self->last_empty, record->finished);
        }
    }
  /* As in an export of several workspaces: one that never had connections had a good run when it
   * was found so. */
  for (guint i = 0; i < all->len; i++)
    {
      Watched *self = g_ptr_array_index (all, i);

      if (!self->had_any)
        self->last_good = MAX (self->last_good, self->last_empty);
    }

  return all;
}

static char *
format_time (gint64 unix_time)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (unix_time);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("?");
}

static void
append_line (GString *text,
             Watched *self)
{
  g_autofree char *account = wb_text_escape (self->account, -1);
  g_autofree char *workspace = wb_text_escape (*self->workspace != '\0' ? self->workspace
                                                                        : _ ("default workspace"),
                                               -1);
  g_autofree char *time = self->last_good >= 0 ? format_time (self->last_good) : NULL;

  if (time != NULL)
    /* Translators: an account, a workspace of it, and a time. A run is an export. */
    g_string_append_printf (text, _ ("%s, %s: the last good run was at %s.\n"), account, workspace,
                            time);
  else
    /* Translators: an account, and a workspace of it. A run is an export. */
    g_string_append_printf (text, _ ("%s, %s: there is no good run.\n"), account, workspace);
}

/* The first line is for a monitoring system, which often shows no more. */
static char *
describe (GPtrArray *all,
          gint64     since)
{
  g_autoptr (GString) late = g_string_new (NULL);
  GString *text = g_string_new (NULL);
  guint    n_late = 0;
  gint64   oldest = G_MAXINT64;

  for (guint i = 0; i < all->len; i++)
    {
      Watched *self = g_ptr_array_index (all, i);

      oldest = MIN (oldest, self->last_good);
      if (self->last_good >= since)
        continue;
      append_line (late, self);
      n_late++;
    }

  if (all->len == 0)
    g_string_append (text, _ ("No workspace is known: neither stored nor in the history.\n"));
  else if (all->len == 1 && n_late == 0)
    append_line (text, g_ptr_array_index (all, 0));
  else if (n_late == 0)
    {
      g_autofree char *time = format_time (oldest);

      g_string_append_printf (text,
                              /* Translators: how many workspaces, and a time. A run is an
                               * export. */
                              ngettext ("%u workspace had a good run at %s or later.\n",
                                        "%u workspaces had a good run at %s or later, each.\n",
                                        all->len),
                              all->len, time);
    }
  else if (n_late > 1)
    /* Translators: how many, and of how many. Those are listed below. A run is an export. */
    g_string_append_printf (text, _ ("%u of %u workspaces have had no good run for too long.\n"),
                            n_late, all->len);
  g_string_append (text, late->str);

  return g_string_free (text, FALSE);
}

static JsonNode *
to_json (GPtrArray *all,
         gint64     since)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    {
      Watched         *self = g_ptr_array_index (all, i);
      g_autofree char *time = self->last_good >= 0 ? format_time (self->last_good) : NULL;

      json_builder_begin_object (builder);
      wb_cli_json_add_string (builder, "account_id", self->account_id);
      wb_cli_json_add_string (builder, "account", self->account);
      wb_cli_json_add_string (builder, "workspace_id", self->workspace_id);
      wb_cli_json_add_string (builder, "workspace", self->workspace);
      wb_cli_json_add_string (builder, "last_good", time);
      json_builder_set_member_name (builder, "late");
      json_builder_add_boolean_value (builder, self->last_good < since);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return json_builder_get_root (builder);
}

/**
 * wb_cli_age_parse:
 * @text: numbers with s, m, h, d or w behind each, such as `26h` or `1d12h`
 * @age_seconds: (out): their sum
 * @error: return location: %WB_ERROR_INVALID
 *
 * Returns: whether @text is a length of time above zero
 */
gboolean
wb_cli_age_parse (const char *text,
                  gint64     *age_seconds,
                  GError    **error)
{
  static const struct
  {
    char  unit;
    guint seconds;
  } units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 }, { 'w', 604800 } };
  const char      *rest = text;
  guint64          sum = 0;
  g_autofree char *escaped = NULL;

  while (g_ascii_isdigit (*rest))
    {
      char   *end = NULL;
      guint64 number = g_ascii_strtoull (rest, &end, 10);
      guint   unit = 0;

      while (unit < G_N_ELEMENTS (units) && units[unit].unit != *end)
        unit++;
      if (unit == G_N_ELEMENTS (units) || number > G_MAXINT32)
        break;
      sum += number * units[unit].seconds;
      rest = end + 1;
    }

  if (rest != text && *rest == '\0' && sum > 0 && sum <= (guint64) G_MAXINT32 * 604800)
    {
      *age_seconds = (gint64) sum;
      return TRUE;
    }

  escaped = wb_text_escape (text, -1);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               /* Translators: what a person typed. */
               _ ("“%s” is not an age. Give a number with s, m, h, d or w behind it, such as 26h."),
               escaped);

  return FALSE;
}

/**
 * wb_cli_age_print:
 * @store: the stored accounts
 * @records: (element-type WbHistoryRecord): what matches @query in the history
 * @query: the account and workspace that were asked for
 * @age_seconds: how long ago the last good export may be
 * @json: the output is for a program
 * @late: (out): whether that of any workspace is older, or there is none
 * @error: return location
 *
 * Every workspace counts that an account has stored or the history knows, also if it has never
 * been exported well: that is what one wants to hear of.
 *
 * Returns: whether it is printed
 */
gboolean
wb_cli_age_print (WbAccountStore       *store,
                  GPtrArray            *records,
                  const WbHistoryQuery *query,
                  gint64                age_seconds,
                  gboolean              json,
                  gboolean             *late,
                  GError              **error)
{
  g_autoptr (GPtrArray) all = find_watched (store, records, query);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  gint64           since = g_get_real_time () / G_USEC_PER_SEC - age_seconds;

  *late = all->len == 0;
  for (guint i = 0; i < all->len; i++)
    *late = *late || ((Watched *) g_ptr_array_index (all, i))->last_good < since;

  if (json)
    {
      node = to_json (all, since);
      return wb_cli_output_json (node, error);
    }

  text = describe (all, since);

  return wb_cli_output_text (text, error);
}
