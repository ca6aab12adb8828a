/* problems.c: what can be wrong with an entry
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/archive/zip/problems.h"

#include <glib/gi18n-lib.h>

/**
 * wb_problems_to_text:
 * @problems: problems of one node or of many
 *
 * Returns: (transfer full): a translated sentence for each, a line each; the empty string for none
 */
char *
wb_problems_to_text (WbProblems problems)
{
  static const struct
  {
    WbProblems  problem;
    const char *text;
  } texts[] = {
    { WB_PROBLEM_BAD_CRC, N_ ("The contents do not match their checksum.") },
    { WB_PROBLEM_UNREADABLE,
      N_ ("The contents are too short or too long, or do not match the archive’s index.") },
    { WB_PROBLEM_ENCRYPTED, N_ ("The contents are encrypted.") },
    { WB_PROBLEM_UNSUPPORTED, N_ ("The compression method is not supported.") },
    { WB_PROBLEM_TOO_LARGE, N_ ("Too large for the preview.") },
    { WB_PROBLEM_UNSAFE_PATH,
      N_ ("The path is not a plain one: unpacking may put the file somewhere else.") },
    { WB_PROBLEM_DUPLICATE,
      N_ ("Another entry has the same path: unpacking may keep only one of them.") },
    { WB_PROBLEM_NOT_JSON, N_ ("This is not a connection in JSON form.") },
    { WB_PROBLEM_LINK,
      N_ ("This is a symbolic link or a special file, not a connection. It is never followed.") },
    { WB_PROBLEM_FOLDER_SIZE,
      N_ ("This is a folder, but the archive’s list gives it contents. They are not read.") },
    { WB_PROBLEM_DISAGREES,
      N_ ("What the archive says twice about this entry does not agree: other programs may show "
          "another name or another time, or fail.") },
    { WB_PROBLEM_UNLISTED,
      N_ ("Beside this entry lies another one that is missing in the archive’s list: other "
          "programs may unpack it.") },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if ((problems & texts[i].problem) != 0)
        {
          if (text->len > 0)
            g_string_append_c (text, '\n');
          g_string_append (text, _ (texts[i].text));
        }
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
