/* compare.h: what changed from one archive to another
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/archive/compare/key-change.h"
#include "core/archive/tree/archive.h"

G_BEGIN_DECLS

typedef enum
{
  WB_DIFFERENCE_ADDED,
  WB_DIFFERENCE_REMOVED,
  WB_DIFFERENCE_RENAMED,    /* the same but for its path and its name */
  WB_DIFFERENCE_CHANGED,
  WB_DIFFERENCE_UNREADABLE, /* in both, but one of them cannot be read */
  WB_DIFFERENCE_UNCOUNTED,  /* the same but for values whose changes do not count; the last one */
  WB_N_DIFFERENCE_KINDS,
} WbDifferenceKind;

/**
 * WbDifference:
 * @kind: what happened
 * @old_node: the file in the old archive, or -1
 * @new_node: the file in the new one, or -1
 * @path: its path, escaped; the new one, but for what was removed
 * @old_path: (nullable): of what was renamed, its path before; it may have changed, too
 */
typedef struct
{
  WbDifferenceKind kind;
  int              old_node;
  int              new_node;
  char            *path;
  char            *old_path;
} WbDifference;

/**
 * WbComparison:
 *
 * Made in a thread by wb_comparison_new_async(), or by wb_comparison_new() on the command line. It
 * keeps both archives as long as it lives, and does not change.
 */
#define WB_TYPE_COMPARISON (wb_comparison_get_type ())
G_DECLARE_FINAL_TYPE (WbComparison, wb_comparison, WB, COMPARISON, GObject)

WbComparison       *wb_comparison_new          (WbArchive            *old_archive,
                                                WbArchive            *new_archive,
                                                GCancellable         *cancellable,
                                                GError              **error);
void                wb_comparison_new_async    (WbArchive            *old_archive,
                                                WbArchive            *new_archive,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
WbComparison       *wb_comparison_new_finish   (GAsyncResult         *result,
                                                GError              **error);

guint               wb_comparison_get_n        (WbComparison         *self);
const WbDifference *wb_comparison_get          (WbComparison         *self,
                                                guint                 index);
guint               wb_comparison_get_n_of     (WbComparison         *self,
                                                WbDifferenceKind      kind);
guint               wb_comparison_get_n_counted
                                               (WbComparison         *self);
guint               wb_comparison_get_n_same   (WbComparison         *self);
guint               wb_comparison_get_n_values (WbComparison         *self,
                                                WbChangeKind          kind);
WbArchive          *wb_comparison_get_old      (WbComparison         *self);
WbArchive          *wb_comparison_get_new      (WbComparison         *self);

GArray             *wb_comparison_read_changes (WbComparison         *self,
                                                guint                 index,
                                                gboolean              all,
                                                GError              **error);
void                wb_comparison_read_changes_async
                                               (WbComparison         *self,
                                                guint                 index,
                                                gboolean              all,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
GArray             *wb_comparison_read_changes_finish
                                               (WbComparison         *self,
                                                GAsyncResult         *result,
                                                GError              **error);

const char         *wb_difference_to_heading   (WbDifferenceKind      kind);
const char         *wb_difference_to_text      (WbDifferenceKind      kind);
const char         *wb_change_kind_to_text     (WbChangeKind          kind);
char               *wb_key_change_to_text      (const WbKeyChange    *change);
char               *wb_comparison_dup_summary  (WbComparison         *self);
char               *wb_comparison_dup_text     (WbComparison         *self,
                                                GCancellable         *cancellable,
                                                GError              **error);
void                wb_comparison_dup_text_async
                                               (WbComparison         *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
char               *wb_comparison_dup_text_finish
                                               (WbComparison         *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
