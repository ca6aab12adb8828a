/* difference-list.c: what changed between two archives as a list, grouped by what happened
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compare/difference-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WbDifferenceLine
{
  GObject parent_instance;

  WbComparison    *comparison; /* (owned) */
  WbDifferenceKind kind;
  int              index;         /* of the difference, or -1 for the group's heading */
  gsize            folder_length; /* of the list */
};

G_DEFINE_FINAL_TYPE (WbDifferenceLine, wb_difference_line, G_TYPE_OBJECT)

struct _WbDifferenceList
{
  GObject parent_instance;

  WbComparison *comparison;    /* (owned) */
  guint         n_kinds;       /* those that count come first */
  guint        *order;         /* (owned): the differences' numbers, one group after the other */
  gsize         folder_length; /* of the folder that all of them are in, with its slash */
};

static void wb_difference_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbDifferenceList, wb_difference_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      wb_difference_list_model_init))

static void
wb_difference_line_finalize (GObject *object)
{
  WbDifferenceLine *self = WB_DIFFERENCE_LINE (object);

  g_clear_object (&self->comparison);

  G_OBJECT_CLASS (wb_difference_line_parent_class)->finalize (object);
}

static void
wb_difference_line_class_init (WbDifferenceLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_difference_line_finalize;
}

static void
wb_difference_line_init (WbDifferenceLine *self)
{
}

static GType
wb_difference_list_get_item_type (GListModel *model)
{
  return WB_TYPE_DIFFERENCE_LINE;
}

static guint
wb_difference_list_get_n_items (GListModel *model)
{
  WbDifferenceList *self = WB_DIFFERENCE_LIST (model);
  guint             n = 0;

  for (guint kind = 0; kind < self->n_kinds; kind++)
    {
      guint n_of = wb_comparison_get_n_of (self->comparison, (WbDifferenceKind) kind);

      n += n_of > 0 ? n_of + 1 : 0;
    }

  return n;
}

static gpointer
wb_difference_list_get_item (GListModel *model,
                             guint       position)
{
  WbDifferenceList *self = WB_DIFFERENCE_LIST (model);
  guint             first = 0;

  for (guint kind = 0; kind < self->n_kinds; kind++)
    {
      guint             n = wb_comparison_get_n_of (self->comparison, (WbDifferenceKind) kind);
      WbDifferenceLine *line;

      if (n == 0)
        continue;
      if (position > n)
        {
          position -= n + 1;
          first += n;
          continue;
        }

      line = g_object_new (WB_TYPE_DIFFERENCE_LINE, NULL);
      line->comparison = g_object_ref (self->comparison);
      line->kind = (WbDifferenceKind) kind;
      line->index = position > 0 ? (int) self->order[first + position - 1] : -1;
      line->folder_length = self->folder_length;

      return line;
    }

  return NULL;
}

static void
wb_difference_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wb_difference_list_get_item_type;
  iface->get_n_items = wb_difference_list_get_n_items;
  iface->get_item = wb_difference_list_get_item;
}

static void
wb_difference_list_finalize (GObject *object)
{
  WbDifferenceList *self = WB_DIFFERENCE_LIST (object);

  g_clear_pointer (&self->order, g_free);
  g_clear_object (&self->comparison);

  G_OBJECT_CLASS (wb_difference_list_parent_class)->finalize (object);
}

static void
wb_difference_list_class_init (WbDifferenceListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_difference_list_finalize;
}

static void
wb_difference_list_init (WbDifferenceList *self)
{
}

WbComparison *
wb_difference_line_get_comparison (WbDifferenceLine *self)
{
  g_return_val_if_fail (WB_IS_DIFFERENCE_LINE (self), NULL);

  return self->comparison;
}

WbDifferenceKind
wb_difference_line_get_kind (WbDifferenceLine *self)
{
  g_return_val_if_fail (WB_IS_DIFFERENCE_LINE (self), WB_DIFFERENCE_ADDED);

  return self->kind;
}

/**
 * wb_difference_line_get_index:
 * @self: a line
 *
 * Returns: the difference's number in the comparison, or -1 for the heading of a group
 */
int
wb_difference_line_get_index (WbDifferenceLine *self)
{
  g_return_val_if_fail (WB_IS_DIFFERENCE_LINE (self), -1);

  return self->index;
}

/**
 * wb_difference_line_dup_about:
 * @self: a line that is no heading
 *
 * Returns: (transfer full): what the file is, in a few words, or the empty string
 */
char *
wb_difference_line_dup_about (WbDifferenceLine *self)
{
  const WbDifference *difference;
  WbArchive          *archive;
  guint               node;
  const char         *type_name;
  const char         *address;

  g_return_val_if_fail (WB_IS_DIFFERENCE_LINE (self), NULL);
  g_return_val_if_fail (self->index >= 0, NULL);

  difference = wb_comparison_get (self->comparison, (guint) self->index);
  if (difference->old_path != NULL)
    /* Translators: a file's path before it was renamed. */
    return g_strdup_printf (_ ("was %s"), difference->old_path + self->folder_length);

  archive = difference->new_node >= 0 ? wb_comparison_get_new (self->comparison)
                                      : wb_comparison_get_old (self->comparison);
  node = (guint) (difference->new_node >= 0 ? difference->new_node : difference->old_node);
  type_name = wb_archive_get_type_name (archive, node);
  address = wb_archive_get_address (archive, node);

  return g_strdup_printf ("%s%s%s", type_name,
                          *type_name != '\0' && *address != '\0' ? " · " : "", address);
}

/**
 * wb_difference_line_get_name:
 * @self: a line that is no heading
 *
 * Returns: (transfer none): the file's path in the folder that all files of the list are in
 */
const char *
wb_difference_line_get_name (WbDifferenceLine *self)
{
  g_return_val_if_fail (WB_IS_DIFFERENCE_LINE (self), NULL);
  g_return_val_if_fail (self->index >= 0, NULL);

  return wb_comparison_get (self->comparison, (guint) self->index)->path + self->folder_length;
}

/* With the folder, which no line repeats. */
char *
wb_difference_line_dup_heading (WbDifferenceLine *self)
{
  g_autofree char *folder = NULL;
  g_autofree char *heading = NULL;

  g_return_val_if_fail (WB_IS_DIFFERENCE_LINE (self), NULL);

  /* Translators: the heading of a group, such as “Added”, and how many are in it. */
  heading = g_strdup_printf (_ ("%s: %'u"), wb_difference_to_heading (self->kind),
                             wb_comparison_get_n_of (self->comparison, self->kind));
  if (self->folder_length == 0)
    return g_steal_pointer (&heading);

  folder = g_strndup (wb_comparison_get (self->comparison, 0)->path, self->folder_length);

  return g_strdup_printf ("%s · %s", heading, folder);
}

/* How much of a folder's path a file's path begins with, in whole folders. */
static gsize
get_common_length (const char *folder,
                   gsize       folder_length,
                   const char *path)
{
  gsize common = 0;

  for (gsize i = 0; i < folder_length && folder[i] == path[i]; i++)
    {
      if (folder[i] == '/')
        common = i + 1;
    }

  return common;
}

static gsize
get_folder_length (WbComparison *comparison)
{
  guint       n = wb_comparison_get_n (comparison);
  const char *first = n > 0 ? wb_comparison_get (comparison, 0)->path : "";
  gsize       length = get_common_length (first, strlen (first), first);

  for (guint i = 0; i < n && length > 0; i++)
    {
      const WbDifference *difference = wb_comparison_get (comparison, i);

      length = get_common_length (first, length, difference->path);
      if (difference->old_path != NULL)
        length = get_common_length (first, length, difference->old_path);
    }

  return length;
}

/**
 * wb_difference_list_new:
 * @comparison: a comparison
 * @all: whether those that do not count are among them
 *
 * Returns: (transfer full): its differences, and a heading before each group of them
 */
WbDifferenceList *
wb_difference_list_new (WbComparison *comparison,
                        gboolean      all)
{
  WbDifferenceList *self;
  guint             next[WB_N_DIFFERENCE_KINDS] = { 0 };
  guint             n;

  g_return_val_if_fail (WB_IS_COMPARISON (comparison), NULL);

  self = g_object_new (WB_TYPE_DIFFERENCE_LIST, NULL);
  self->comparison = g_object_ref (comparison);
  self->folder_length = get_folder_length (comparison);
  self->n_kinds = all ? WB_N_DIFFERENCE_KINDS : WB_DIFFERENCE_UNCOUNTED;
  n = wb_comparison_get_n (comparison);
  self->order = g_new (guint, n);
  for (guint kind = 1; kind < WB_N_DIFFERENCE_KINDS; kind++)
    next[kind] = next[kind - 1]
                 + wb_comparison_get_n_of (comparison, (WbDifferenceKind) (kind - 1));
  for (guint i = 0; i < n; i++)
    self->order[next[wb_comparison_get (comparison, i)->kind]++] = i;

  return self;
}
