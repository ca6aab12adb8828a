/* compare-text.c: what changed from one archive to another, in words
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/compare.h"

#include <glib/gi18n-lib.h>

/**
 * wb_difference_to_text:
 * @kind: what happened
 *
 * Returns: (transfer none): the translated heading of such differences
 */
const char *
wb_difference_to_text (WbDifferenceKind kind)
{
  switch (kind)
    {
    case WB_DIFFERENCE_ADDED:
      return _ ("Added");
    case WB_DIFFERENCE_REMOVED:
      return _ ("Removed");
    case WB_DIFFERENCE_RENAMED:
      return _ ("Renamed");
    case WB_DIFFERENCE_CHANGED:
      return _ ("Changed");
    case WB_DIFFERENCE_UNREADABLE:
      return _ ("Not compared, because it cannot be read");
    case WB_N_DIFFERENCE_KINDS:
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
  if (change->old_value == NULL)
    /* Translators: a setting's key, its value */
    return g_strdup_printf (_ ("%s: added, %s"), change->key, change->new_value);
  if (change->new_value == NULL)
    return g_strdup_printf (_ ("%s: removed, was %s"), change->key, change->old_value);
  if (change->secret)
    /* Translators: the key of a password, whose values are not shown */
    return g_strdup_printf (_ ("%s: changed"), change->key);
  /* Translators: a setting's key, its old value, its new value */
  return g_strdup_printf (_ ("%s: %s → %s"), change->key, change->old_value, change->new_value);
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

  g_return_val_if_fail (WB_IS_COMPARISON (self), NULL);

  g_string_append_printf (text, _ ("%u added"), wb_comparison_get_n_of (self, WB_DIFFERENCE_ADDED));
  g_string_append_printf (text, _ (", %u removed"),
                          wb_comparison_get_n_of (self, WB_DIFFERENCE_REMOVED));
  g_string_append_printf (text, _ (", %u renamed"),
                          wb_comparison_get_n_of (self, WB_DIFFERENCE_RENAMED));
  g_string_append_printf (text, _ (", %u changed"),
                          wb_comparison_get_n_of (self, WB_DIFFERENCE_CHANGED));
  g_string_append_printf (text, _ (", %u the same"), wb_comparison_get_n_same (self));
  if (wb_comparison_get_n_of (self, WB_DIFFERENCE_UNREADABLE) > 0)
    g_string_append_printf (text, _ (", %u not compared"),
                            wb_comparison_get_n_of (self, WB_DIFFERENCE_UNREADABLE));

  return g_string_free (text, FALSE);
}

static void
append_subject (GString            *text,
                WbComparison       *self,
                const WbDifference *difference)
{
  WbArchive  *archive = difference->new_node >= 0 ? wb_comparison_get_new (self)
                                                  : wb_comparison_get_old (self);
  guint       node = (guint) (difference->new_node >= 0 ? difference->new_node
                                                        : difference->old_node);
  const char *type_name = wb_archive_get_type_name (archive, node);
  const char *address = wb_archive_get_address (archive, node);

  g_string_append (text, "  ");
  if (difference->old_path != NULL)
    g_string_append_printf (text, "%s → ", difference->old_path);
  g_string_append (text, difference->path);
  if (*type_name != '\0')
    g_string_append_printf (text, " (%s%s%s)", type_name, *address != '\0' ? ", " : "", address);
  g_string_append_c (text, '\n');
}

/**
 * wb_comparison_dup_text:
 * @self: a comparison
 * @error: return location, for a file that cannot be read any more
 *
 * Returns: (transfer full): all of it as plain text, fit for a commit message or a ticket, without
 *   secrets
 */
char *
wb_comparison_dup_text (WbComparison *self,
                        GError      **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *summary = NULL;

  g_return_val_if_fail (WB_IS_COMPARISON (self), NULL);

  summary = wb_comparison_dup_summary (self);
  g_string_append_printf (text, "%s\n", summary);
  for (guint kind = 0; kind < WB_N_DIFFERENCE_KINDS; kind++)
    {
      if (wb_comparison_get_n_of (self, (WbDifferenceKind) kind) == 0)
        continue;
      g_string_append_printf (text, "\n%s\n", wb_difference_to_text ((WbDifferenceKind) kind));
      for (guint i = 0; i < wb_comparison_get_n (self); i++)
        {
          const WbDifference *difference = wb_comparison_get (self, i);
          g_autoptr (GArray) changes = NULL;

          if (difference->kind != kind)
            continue;
          append_subject (text, self, difference);
          if (kind != WB_DIFFERENCE_CHANGED)
            continue;
          changes = wb_comparison_read_changes (self, i, error);
          if (changes == NULL)
            return NULL;
          for (guint j = 0; j < changes->len; j++)
            {
              g_autofree char *line = wb_key_change_to_text (
                &g_array_index (changes, WbKeyChange, j));

              g_string_append_printf (text, "    %s\n", line);
            }
        }
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
