/* compare-text.c: what changed from one archive to another, in words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare/compare.h"

#include <glib/gi18n-lib.h>

#include "core/thread.h"

/**
 * wb_difference_to_heading:
 * @kind: what happened
 *
 * Returns: (transfer none): the translated heading of the files to which it happened
 */
const char *
wb_difference_to_heading (WbDifferenceKind kind)
{
  switch (kind)
    {
    case WB_DIFFERENCE_ADDED:
      /* Translators: heading of the files to which this happened from one ZIP to the other. */
      return C_ ("files", "Added");
    case WB_DIFFERENCE_REMOVED:
      /* Translators: heading of the files to which this happened from one ZIP to the other. */
      return C_ ("files", "Removed");
    case WB_DIFFERENCE_RENAMED:
      /* Translators: heading of the files to which this happened from one ZIP to the other. */
      return C_ ("files", "Renamed");
    case WB_DIFFERENCE_CHANGED:
      /* Translators: heading of the files to which this happened from one ZIP to the other. */
      return C_ ("files", "Changed");
    case WB_DIFFERENCE_UNREADABLE:
    case WB_DIFFERENCE_UNCOUNTED:
    case WB_N_DIFFERENCE_KINDS:
    default:
      return wb_difference_to_text (kind);
    }
}

/**
 * wb_difference_to_text:
 * @kind: what happened
 *
 * Returns: (transfer none): what is said of one file to which it happened, translated
 */
const char *
wb_difference_to_text (WbDifferenceKind kind)
{
  switch (kind)
    {
    case WB_DIFFERENCE_ADDED:
      /* Translators: what happened to one file from one ZIP to the other. */
      return C_ ("one file", "Added");
    case WB_DIFFERENCE_REMOVED:
      /* Translators: what happened to one file from one ZIP to the other. */
      return C_ ("one file", "Removed");
    case WB_DIFFERENCE_RENAMED:
      /* Translators: what happened to one file from one ZIP to the other. */
      return C_ ("one file", "Renamed");
    case WB_DIFFERENCE_CHANGED:
      /* Translators: what happened to one file from one ZIP to the other. */
      return C_ ("one file", "Changed");
    case WB_DIFFERENCE_UNREADABLE:
      return _ ("Not compared, because it cannot be read");
    case WB_DIFFERENCE_UNCOUNTED:
      /* Translators: heading of files in which only values differ that do not count as changes:
       * those that the service sets by itself, passwords that one side does not include, and what
       * one source of the two does not have. */
      return _ ("The same, apart from what is not counted");
    case WB_N_DIFFERENCE_KINDS:
    default:
      return "";
    }
}

/**
 * wb_change_kind_to_text:
 * @kind: whether a value differs, and whether that counts
 *
 * Returns: (transfer none): the translated heading of such values, or the empty string
 */
const char *
wb_change_kind_to_text (WbChangeKind kind)
{
  switch (kind)
    {
    case WB_CHANGE_SET_BY_SERVICE:
      /* Translators: heading of values that nobody typed, such as the time of the last change. */
      return _ ("Set by the service");
    case WB_CHANGE_NOT_COMPARED:
      /* Translators: heading of passwords that one of the two ZIPs does not include. */
      return _ ("Cannot be compared");
    case WB_CHANGE_NOT_IN_SOURCE:
      /* Translators: heading of settings that one of the two ZIPs does not have, or spells in
       * another way, only because it was made of another list of the service. */
      return _ ("Not in this source");
    case WB_CHANGE_NONE:
      /* Translators: heading of values that are the same in both ZIPs. */
      return _ ("Unchanged");
    case WB_CHANGE_COUNTED:
    case WB_N_CHANGE_KINDS:
    default:
      return "";
    }
}

/**
 * wb_key_change_to_text:
 * @change: what changed
 *
 * Returns: (transfer full): it in one line, without secrets
 */
char *
wb_key_change_to_text (const WbKeyChange *change)
{
  g_return_val_if_fail (change != NULL, NULL);

  if (*change->key == '\0')
    return g_strdup (_ ("The contents are different."));
  if (change->kind == WB_CHANGE_NOT_COMPARED && change->old_value != NULL
      && change->new_value != NULL)
    /* Translators: the key of a password that one of the two ZIPs does not include. */
    return g_strdup_printf (_ ("%s: not included on one side"), change->key);
  if (change->old_value == NULL)
    /* Translators: a setting's key, its value */
    return g_strdup_printf (_ ("%s: added, %s"), change->key, change->new_value);
  if (change->new_value == NULL)
    /* Translators: a setting's name, and its old value. */
    return g_strdup_printf (_ ("%s: removed, was %s"), change->key, change->old_value);
  if (change->masked)
    /* Translators: the key of a password, whose values are not shown */
    return g_strdup_printf (_ ("%s: changed"), change->key);
  if (change->secret)
    /* Translators: a setting's key, its old value, its new value; the values are addresses in
     * which a password is hidden. */
    return g_strdup_printf (_ ("%s: %s → %s, and its secret changed"), change->key,
                            change->old_value, change->new_value);

  /* Translators: a setting's key, its old value, its new value */
  return g_strdup_printf (_ ("%s: %s → %s"), change->key, change->old_value, change->new_value);
}

/* Takes @part. */
static void
append_part (GString *text,
             char    *part)
{
  if (text->len > 0)
    g_string_append (text, _ (", "));
  g_string_append (text, part);
  g_free (part);
}

static void
append_rebuilt (GString      *text,
                WbComparison *self)
{
  gboolean old_rebuilt = wb_archive_is_rebuilt (wb_comparison_get_old (self));
  gboolean new_rebuilt = wb_archive_is_rebuilt (wb_comparison_get_new (self));

  if (old_rebuilt && new_rebuilt)
    /* Translators: Waybill made both ZIPs of lists, the service did not; part of a list with
     * commas. */
    append_part (text, g_strdup (_ ("both rebuilt")));
  else if (old_rebuilt)
    /* Translators: Waybill made the old ZIP of a list, the service did not; part of a list with
     * commas. */
    append_part (text, g_strdup (_ ("the old one rebuilt")));
  else if (new_rebuilt)
    /* Translators: Waybill made the new ZIP of a list, the service did not; part of a list with
     * commas. */
    append_part (text, g_strdup (_ ("the new one rebuilt")));
}

/**
 * wb_comparison_dup_summary:
 * @self: a comparison
 *
 * Returns: (transfer full): how many files were added, removed and so on, in one line
 */
char *
wb_comparison_dup_summary (WbComparison *self)
{
  GString *text = g_string_new (NULL);
  guint    n;

  g_return_val_if_fail (WB_IS_COMPARISON (self), NULL);

  n = wb_comparison_get_n_of (self, WB_DIFFERENCE_ADDED);
  /* Translators: how many files only the new ZIP has; part of a list with commas. */
  append_part (text, g_strdup_printf (ngettext ("%'u added", "%'u added", n), n));
  n = wb_comparison_get_n_of (self, WB_DIFFERENCE_REMOVED);
  /* Translators: how many files only the old ZIP has; part of a list with commas. */
  append_part (text, g_strdup_printf (ngettext ("%'u removed", "%'u removed", n), n));
  n = wb_comparison_get_n_of (self, WB_DIFFERENCE_RENAMED);
  /* Translators: how many files have another name; part of a list with commas. */
  append_part (text, g_strdup_printf (ngettext ("%'u renamed", "%'u renamed", n), n));
  n = wb_comparison_get_n_of (self, WB_DIFFERENCE_CHANGED);
  /* Translators: how many files have other contents; part of a list with commas. */
  append_part (text, g_strdup_printf (ngettext ("%'u changed", "%'u changed", n), n));
  n = wb_comparison_get_n_same (self);
  /* Translators: how many files are as they were; part of a list with commas. */
  append_part (text, g_strdup_printf (ngettext ("%'u the same", "%'u the same", n), n));
  n = wb_comparison_get_n_of (self, WB_DIFFERENCE_UNREADABLE);
  if (n > 0)
    /* Translators: how many files could not be read; part of a list with commas. */
    append_part (text, g_strdup_printf (ngettext ("%'u not compared", "%'u not compared", n), n));
  n = wb_comparison_get_n_values (self, WB_CHANGE_NOT_COMPARED);
  if (n > 0)
    append_part (text,
                 /* Translators: how many passwords one of the two ZIPs does not include; part of a
                  * list with commas. */
                 g_strdup_printf (ngettext ("%'u secret cannot be compared",
                                            "%'u secrets cannot be compared", n),
                                  n));

  n = wb_comparison_get_n_values (self, WB_CHANGE_NOT_IN_SOURCE);
  if (n > 0)
    append_part (text,
                 /* Translators: how many settings only one of two ZIPs has, because they come from
                  * different lists of the service; part of a list with commas. */
                 g_strdup_printf (ngettext ("%'u value not in both sources",
                                            "%'u values not in both sources", n),
                                  n));
  append_rebuilt (text, self);

  return g_string_free (text, FALSE);
}

static void
append_subject (GString            *text,
                WbComparison       *self,
                const WbDifference *difference)
{
  WbArchive *archive = difference->new_node >= 0 ? wb_comparison_get_new (self)
                                                 : wb_comparison_get_old (self);
  guint      node = (guint) (difference->new_node >= 0 ? difference->new_node
                                                       : difference->old_node);
  g_auto (WbConnectionDigest) digest = { 0 };
  const char *type_name;
  const char *address;

  wb_archive_read_digest (archive, node, &digest, NULL);
  type_name = digest.texts[WB_DIGEST_TYPE];
  address = digest.texts[WB_DIGEST_ADDRESS];
  g_string_append (text, "  ");
  if (difference->old_path != NULL)
    g_string_append_printf (text, "%s → ", difference->old_path);
  g_string_append (text, difference->path);
  if (*type_name != '\0')
    g_string_append_printf (text, " (%s%s%s)", type_name, *address != '\0' ? ", " : "", address);
  g_string_append_c (text, '\n');
}

/* The changes of one file, each among those of its kind; with the file before each kind. */
static gboolean
append_changes (GString      *texts[WB_N_CHANGE_KINDS],
                WbComparison *self,
                guint         index,
                GError      **error)
{
  const WbDifference *difference = wb_comparison_get (self, index);
  g_autoptr (GArray) changes = wb_comparison_read_changes (self, index, FALSE, error);
  gboolean named[WB_N_CHANGE_KINDS] = { FALSE };

  if (changes == NULL)
    return FALSE;

  named[WB_CHANGE_COUNTED] = TRUE;
  for (guint i = 0; i < changes->len; i++)
    {
      const WbKeyChange *change = &g_array_index (changes, WbKeyChange, i);
      GString           *text = texts[change->kind];
      g_autofree char   *line = wb_key_change_to_text (change);

      if (!named[change->kind])
        append_subject (text, self, difference);
      named[change->kind] = TRUE;
      if (change->kind != WB_CHANGE_COUNTED || difference->kind == WB_DIFFERENCE_CHANGED)
        g_string_append_printf (text, "    %s\n", line);
    }

  return TRUE;
}

/* All differences of one kind under its heading; those of their values that do not count go into
 * texts of their own. */
static gboolean
append_kind (GString         *texts[WB_N_CHANGE_KINDS],
             WbComparison    *self,
             WbDifferenceKind kind,
             GCancellable    *cancellable,
             GError         **error)
{
  GString *text = texts[WB_CHANGE_COUNTED];

  if (wb_comparison_get_n_of (self, kind) == 0)
    return TRUE;
  if (kind != WB_DIFFERENCE_UNCOUNTED)
    g_string_append_printf (text, "\n%s\n", wb_difference_to_heading (kind));
  for (guint i = 0; i < wb_comparison_get_n (self); i++)
    {
      const WbDifference *difference = wb_comparison_get (self, i);

      if (difference->kind != kind)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (kind != WB_DIFFERENCE_UNCOUNTED)
        append_subject (text, self, difference);
      if (difference->old_node >= 0 && difference->new_node >= 0
          && !append_changes (texts, self, i, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * wb_comparison_dup_text:
 * @self: a comparison
 * @cancellable: (nullable): a cancellable
 * @error: return location, for a file that cannot be read any more
 *
 * Blocks: the files that have changed are read again.
 *
 * Returns: (transfer full): all of it as plain text, fit for a commit message or a ticket, without
 *   secrets
 */
char *
wb_comparison_dup_text (WbComparison *self,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) by_service = g_string_new (NULL);
  g_autoptr (GString) not_compared = g_string_new (NULL);
  g_autoptr (GString) not_in_source = g_string_new (NULL);
  GString *texts[WB_N_CHANGE_KINDS] = {
    [WB_CHANGE_COUNTED] = text,
    [WB_CHANGE_SET_BY_SERVICE] = by_service,
    [WB_CHANGE_NOT_COMPARED] = not_compared,
    [WB_CHANGE_NOT_IN_SOURCE] = not_in_source,
  };
  g_autofree char *summary = NULL;

  g_return_val_if_fail (WB_IS_COMPARISON (self), NULL);

  summary = wb_comparison_dup_summary (self);
  g_string_append_printf (text, "%s\n", summary);
  for (guint kind = 0; kind < WB_N_DIFFERENCE_KINDS; kind++)
    {
      if (!append_kind (texts, self, (WbDifferenceKind) kind, cancellable, error))
        return NULL;
    }
  for (guint kind = WB_CHANGE_SET_BY_SERVICE; kind < WB_N_CHANGE_KINDS; kind++)
    {
      if (texts[kind]->len > 0)
        g_string_append_printf (text, "\n%s\n%s", wb_change_kind_to_text ((WbChangeKind) kind),
                                texts[kind]->str);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
text_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  char   *text = wb_comparison_dup_text (source_object, cancellable, &error);

  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * wb_comparison_dup_text_async:
 * @self: a comparison
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * wb_comparison_dup_text() in a thread.
 */
void
wb_comparison_dup_text_async (WbComparison       *self,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WB_IS_COMPARISON (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_comparison_dup_text_async);
  wb_thread_run_task (task, text_thread);
}

/**
 * wb_comparison_dup_text_finish:
 * @self: the comparison
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: (transfer full): as wb_comparison_dup_text()
 */
char *
wb_comparison_dup_text_finish (WbComparison *self,
                               GAsyncResult *result,
                               GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
