/* archive-view-private.h: the parts of an archive's tree
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/tree/archive-view.h"

G_BEGIN_DECLS

/* archive-rows.c */

/* The model of the view. The view makes it, and it lives as long; its document changes. Its signal
 * `scroll` asks the view to bring a row into sight, `selected` says that others are selected, and
 * `complete` that more is known of the same entries. */
#define WB_TYPE_ARCHIVE_ROWS (wb_archive_rows_get_type ())
G_DECLARE_FINAL_TYPE (WbArchiveRows, wb_archive_rows, WB, ARCHIVE_ROWS, GObject)

WbArchiveRows     *wb_archive_rows_new            (void);

void               wb_archive_rows_set_document   (WbArchiveRows *self,
                                                   WbDocument    *document);
void               wb_archive_rows_sort           (WbArchiveRows *self,
                                                   WbSortKey      key,
                                                   gboolean       descending);

GtkMultiSelection *wb_archive_rows_get_selection  (WbArchiveRows *self);
WbEntryOrder      *wb_archive_rows_get_order      (WbArchiveRows *self);
WbEntryFilter     *wb_archive_rows_get_filter     (WbArchiveRows *self);

/* search-highlight.c */

/* The view makes one for all its labels; each archive that it shows has a filter of its own. */
#define WB_TYPE_SEARCH_HIGHLIGHT (wb_search_highlight_get_type ())
G_DECLARE_FINAL_TYPE (WbSearchHighlight, wb_search_highlight, WB, SEARCH_HIGHLIGHT, GObject)

WbSearchHighlight *wb_search_highlight_new        (void);
void               wb_search_highlight_set_filter (WbSearchHighlight *self,
                                                   WbEntryFilter     *filter);
void               wb_search_highlight_add_label  (WbSearchHighlight *self,
                                                   GtkInscription    *label,
                                                   const char        *key);

/* archive-columns.c */

void        wb_archive_columns_add      (GtkColumnView     *view,
                                         WbArchiveRows     *rows,
                                         WbSearchHighlight *highlight);
void        wb_archive_columns_sort     (GtkColumnView     *view,
                                         WbSortKey          key,
                                         gboolean           descending);
const char *wb_archive_columns_get_id   (WbSortKey          key);
gboolean    wb_archive_columns_find_key (const char        *id,
                                         WbSortKey         *key);
guint       wb_archive_columns_get_n    (void);
const char *wb_archive_columns_get_column_id
                                        (GtkColumnViewColumn *column);

/* entry-texts.c */

const char *wb_entry_get_type_text  (WbEntry *entry);
GStrv       wb_entry_dup_type_texts (void);
char       *wb_entry_dup_size_text  (WbEntry *entry);
char       *wb_entry_dup_row_name   (WbEntry *entry);

/* column-sorting.c */

/* A person can sort by the column. That sorts nothing: the view's lists sort themselves. */
void     wb_column_sorting_add  (GtkColumnViewColumn *column,
                                 guint                key);

/* For the signal `changed` of the view's sorter. */
gboolean wb_column_sorting_read (GtkSorter           *sorter,
                                 guint               *key,
                                 gboolean            *descending);

/* column-widths.c */

/**
 * WbColumnWidth:
 * @dup_texts: returns texts that there is room for in the view's font
 * @other_px: what stands beside them, in pixels: padding, icons
 * @leaves: whose turn it is to make room in a narrow view, from 1 on; 0 for a column that stays
 * @spare_px: how much more room there must be for it once the one before it has left
 */
typedef struct
{
  GStrv (*dup_texts) (void);
  int   other_px;
  guint leaves;
  int   spare_px;
} WbColumnWidth;

void wb_column_widths_add    (GtkColumnViewColumn *column,
                              const WbColumnWidth *width);
void wb_column_widths_follow (GtkColumnView       *view);
int  wb_column_widths_get_percent
                             (GtkColumnViewColumn *column);
void wb_column_widths_set_percent
                             (GtkColumnViewColumn *column,
                              int                  percent);

/* column-layout.c */

void wb_column_layout_remember (GtkColumnView *view,
                                GSettings     *settings);

/* tree-rows.c */

/* A row's widget is one whose first column holds a #GtkTreeExpander. GTK has widgets only for rows
 * in sight. */
GtkWidget      *wb_tree_find_widget      (GtkColumnView     *view,
                                          GtkTreeListRow    *row);
GtkTreeListRow *wb_tree_find_row         (GtkColumnView     *view,
                                          GtkWidget         *widget);
GtkTreeListRow *wb_tree_dup_selected_row (GtkMultiSelection *rows);
GtkTreeListRow *wb_tree_dup_first_selected_row
                                         (GtkMultiSelection *rows);
guint64         wb_tree_count_selected   (GtkMultiSelection *rows);
GtkTreeListRow *wb_tree_unfold_to        (GListModel        *rows,
                                          WbArchive         *archive,
                                          guint              node);
void            wb_tree_scroll_to        (GtkColumnView     *view,
                                          guint              position);

/* tree-state.c */

/**
 * WbTreeState:
 * @folded: (owned) (nullable): nodes of the folders that are closed
 * @selected: (owned) (nullable): the selected nodes
 */
typedef struct
{
  GHashTable *folded;
  GHashTable *selected;
} WbTreeState;

/* The rows are #GtkTreeListRow with a #WbEntry each, folders before files. */
void wb_tree_state_take    (WbTreeState       *self,
                            GtkMultiSelection *rows);
void wb_tree_state_restore (WbTreeState       *self,
                            GtkMultiSelection *rows);
void wb_tree_state_clear   (WbTreeState       *self);
void wb_tree_state_set_expanded
                           (GtkMultiSelection *rows,
                            gboolean           expanded);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbTreeState, wb_tree_state_clear)

/* entry-actions.c */

void wb_entry_actions_add (GtkWidget *view);

/* selected-files.c */

GArray *wb_selected_files_find (GtkSelectionModel *rows,
                                WbArchive         *archive,
                                WbEntryFilter     *filter);

/* tree-keys.c */

/* In a column view of GTK 4.8 the rows have the focus, so the keys of the expanders do not work. */
GtkEventController *wb_tree_keys_new   (GtkMultiSelection *rows);
void                wb_tree_keys_go_to (GtkWidget         *view,
                                        GtkMultiSelection *rows,
                                        GtkTreeListRow    *row);
void                wb_tree_keys_focus_selected
                                       (GtkWidget         *view,
                                        GtkMultiSelection *rows);

/* tree-folding.c */

void wb_tree_folding_add (GtkWidget         *parent,
                          GtkColumnView     *view,
                          GtkMultiSelection *rows);

/* tree-menu.c */

GtkPopover *wb_tree_menu_new (GtkWidget         *parent,
                              GtkColumnView     *view,
                              GtkMultiSelection *rows,
                              GMenuModel        *menu);

G_END_DECLS
