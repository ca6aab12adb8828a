/* help-book.c: the pages of the help, in the reader's language
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/help/help-book.h"

#include <gio/gio.h>
#include <pango/pango.h>

#include "ui/help/help-errors.h"

const char *const wb_help_book_pages[] = {
  "start",
  "accounts",
  "sign-in",
  "ids",
  "export",
  "search",
  "compare",
  "redact",
  "unattended",
  "withdrawal",
  "errors",
  "privacy",
  NULL,
};

/**
 * wb_help_book_read_in:
 * @language: a folder of the help, such as `C` or `de`
 * @page: the name of a page
 *
 * Returns: (transfer full) (nullable) (element-type WbHelpChapter): its chapters; %NULL if it is
 *   not there
 */
GPtrArray *
wb_help_book_read_in (const char *language,
                      const char *page)
{
  g_autofree char *path = g_strdup_printf ("/io/github/waybill/Waybill/help/%s/%s.md", language,
                                           page);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return NULL;

  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return wb_help_markdown_read (text);
}

/* The languages that the reader prefers, and English after them. */
GPtrArray *
wb_help_book_read (const char *page)
{
  const char *const *languages = g_get_language_names_with_category ("LC_MESSAGES");
  GPtrArray         *chapters = NULL;

  for (gsize i = 0; chapters == NULL && languages[i] != NULL; i++)
    chapters = wb_help_book_read_in (languages[i], page);

  return chapters;
}

static void
append_plain (GString    *text,
              const char *markup)
{
  g_autofree char *plain = NULL;

  /* Pango knows no links. */
  g_autoptr (GRegex) links = g_regex_new ("</?a[^>]*>", 0, 0, NULL);
  g_autofree char *without = g_regex_replace_literal (links, markup, -1, 0, "", 0, NULL);

  if (pango_parse_markup (without, -1, 0, NULL, &plain, NULL, NULL))
    g_string_append (text, plain);
}

/**
 * wb_help_chapter_dup_text:
 * @chapter: a chapter
 * @with_errors: whether what the services say is in it
 *
 * Returns: (transfer full): what it says, without markup, to search in or to be read aloud
 */
char *
wb_help_chapter_dup_text (WbHelpChapter *chapter,
                          gboolean       with_errors)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < chapter->blocks->len; i++)
    {
      WbHelpBlock *block = chapter->blocks->pdata[i];

      if (block->kind == WB_HELP_ERRORS && !with_errors)
        continue;
      if (block->kind == WB_HELP_ERRORS)
        {
          g_autoptr (GPtrArray) errors = wb_help_errors_list (block->text);

          for (guint j = 0; j < errors->len; j++)
            {
              WbHelpError *error = errors->pdata[j];

              g_string_append_printf (text, "%s: %s\n", error->codes->str, error->sentence);
            }
        }
      else if (block->kind == WB_HELP_CODE)
        g_string_append (text, block->text);
      else
        append_plain (text, block->text);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}
