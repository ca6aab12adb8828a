/* document-names.c: what a document is called, in titles, sentences and file names
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/document/document-private.h"

#include <glib/gi18n-lib.h>

#include "core/file-name.h"
#include "core/service/export/export.h"
#include "core/text.h"

/* The folder's path, with "~" for the home folder. */
static char *
dup_folder_name (GFile *folder)
{
  g_autoptr (GFile) home = g_file_new_for_path (g_get_home_dir ());
  g_autofree char *below_home = g_file_get_relative_path (home, folder);

  if (g_file_equal (folder, home))
    return g_strdup ("~");
  if (below_home != NULL)
    return g_build_filename ("~", below_home, NULL);

  return g_file_get_parse_name (folder);
}

/* Today's times without the date, others with it. */
static char *
format_when (GDateTime *when)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (g_date_time_get_year (now) == g_date_time_get_year (when)
      && g_date_time_get_day_of_year (now) == g_date_time_get_day_of_year (when))
    /* Translators: a time of today, in the way strftime writes it, for example 09:41. */
    return g_date_time_format (when, C_ ("time of today", "%H:%M"));

  /* Translators: a date and time, in the way strftime writes it: 23 Nov 2026, 09:41. */
  return g_date_time_format (when, C_ ("date and time", "%-d %b %Y, %H:%M"));
}

static gboolean
is_rebuilt (WbDocument *self)
{
  return wb_archive_is_rebuilt (self->archive);
}

/* Its file's name, or the one the service gives every export. */
char *
wb_document_dup_title (WbDocument *self)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  if (self->file == NULL)
    return is_rebuilt (self) ? wb_file_name_add_suffix (WB_EXPORT_FILE_NAME, WB_DOCUMENT_REBUILT)
                             : g_strdup (WB_EXPORT_FILE_NAME);

  name = g_file_get_basename (self->file);

  return wb_text_escape (name != NULL ? name : "", -1);
}

/**
 * wb_document_dup_short_name:
 * @self: a document
 *
 * Returns: (transfer full): a name that distinguishes it: the time of an export, because the
 *   service gives every export the same file name; otherwise its file's name
 */
char *
wb_document_dup_short_name (WbDocument *self)
{
  g_autofree char *when = NULL;

  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  if (!self->exported)
    {
      g_autofree char *title = wb_document_dup_title (self);

      /* Translators: a file's name. */
      return is_rebuilt (self) ? g_strdup_printf (_ ("%s (rebuilt)"), title)
                               : g_steal_pointer (&title);
    }

  when = format_when (self->when);
  if (is_rebuilt (self))
    /* Translators: a ZIP that was made from lists; a time of today, or a date and time. */
    return g_strdup_printf (_ ("Rebuilt %s"), when);

  /* Translators: a time of today, or a date and time. */
  return g_strdup_printf (_ ("Export of %s"), when);
}

/* Its file's name, or one that no other export has. The title does not follow this. */
char *
wb_document_dup_suggested_name (WbDocument *self)
{
  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  return self->file == NULL ? g_strdup (self->suggested_name) : wb_document_dup_title (self);
}

/**
 * wb_document_dup_copy_name:
 * @self: a document
 * @suffix: what kind of copy it is
 *
 * Returns: (transfer full): a file name to suggest for a copy that is not what the service sent
 */
char *
wb_document_dup_copy_name (WbDocument *self,
                           const char *suffix)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (suffix != NULL, NULL);

  name = wb_document_dup_suggested_name (self);

  return wb_file_name_add_suffix (name, suffix);
}

/**
 * wb_document_dup_place:
 * @self: a document
 *
 * Returns: (transfer full): the second line of a title: its folder, or the account and workspace
 *   it was exported from
 */
char *
wb_document_dup_place (WbDocument *self)
{
  g_autoptr (GFile) folder = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  if (self->exported)
    return g_strdup_printf ("%s · %s", self->account_name, self->workspace_name);

  folder = g_file_get_parent (self->file);
  name = dup_folder_name (folder != NULL ? folder : self->file);

  return wb_text_escape (name, -1);
}

/**
 * wb_document_dup_age:
 * @self: a document
 *
 * Returns: (transfer full): when it came, as a sentence, for where its place stands already
 */
char *
wb_document_dup_age (WbDocument *self)
{
  g_autofree char *when = NULL;

  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  if (self->when == NULL)
    return g_strdup (_ ("Opened from a file"));

  when = format_when (self->when);
  if (!self->exported)
    /* Translators: a date and time. */
    return g_strdup_printf (_ ("Last changed %s"), when);
  if (is_rebuilt (self))
    /* Translators: a ZIP that was made from lists: a time, and the service's host name. */
    return g_strdup_printf (_ ("Rebuilt %s from %s"), when, self->host);

  /* Translators: a time, and the service's host name. */
  return g_strdup_printf (_ ("Exported %s from %s"), when, self->host);
}

/* A sentence: when it came and from where. */
char *
wb_document_dup_origin (WbDocument *self)
{
  g_autofree char *when = NULL;
  g_autofree char *place = NULL;

  g_return_val_if_fail (WB_IS_DOCUMENT (self), NULL);

  place = wb_document_dup_place (self);
  if (self->when == NULL)
    /* Translators: a folder's name. */
    return g_strdup_printf (_ ("Opened from %s"), place);

  when = format_when (self->when);
  if (!self->exported)
    /* Translators: a date and time, and a folder. */
    return g_strdup_printf (_ ("Last changed %s, opened from %s"), when, place);
  if (is_rebuilt (self))
    /* Translators: a ZIP that was made from lists: a time, “account · workspace”, and the service's
     * host name. */
    return g_strdup_printf (_ ("Rebuilt %s from %s (%s)"), when, place, self->host);

  /* Translators: a time, “account · workspace”, and the service's host name. */
  return g_strdup_printf (_ ("Exported %s from %s (%s)"), when, place, self->host);
}
