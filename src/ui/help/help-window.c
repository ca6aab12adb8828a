/* help-window.c: the pages of the help, beside a list of what is in them
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/help/help-window.h"

#include <string.h>

#include "ui/help/help-book.h"
#include "ui/help/help-section.h"
#include "ui/widgets/list-tab.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/wrap.h"

struct _WbHelpWindow
{
  AdwWindow parent_instance;

  const char *page;   /* the one that is shown */
  char       *anchor; /* (owned) (nullable): to scroll to when the page has its size */
  char      **words;  /* (owned): of the search, case-folded */

  WbPanes           *panes;
  GtkEditable       *search_entry;
  GtkListBox        *list;
  GtkScrolledWindow *scroller;
  GtkBox            *sections;
};

G_DEFINE_FINAL_TYPE (WbHelpWindow, wb_help_window, ADW_TYPE_WINDOW)

/* What a row of the list leads to. */
typedef struct
{
  const char *page;
  char       *anchor; /* (owned) */
  char       *folded; /* (owned): what it says, to search in */
} Target;

static void
target_free (Target *target)
{
  g_free (target->anchor);
  g_free (target->folded);
  g_free (target);
}

static Target *
get_target (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "target");
}

static void
add_row (WbHelpWindow  *self,
         const char    *page,
         WbHelpChapter *chapter)
{
  GtkWidget       *label = gtk_label_new (chapter->heading);
  GtkWidget       *row = gtk_list_box_row_new ();
  Target          *target = g_new0 (Target, 1);
  g_autofree char *text = wb_help_chapter_dup_text (chapter, TRUE);
  g_autofree char *whole = g_strconcat (chapter->heading, "\n", text, NULL);

  target->page = page;
  target->anchor = g_strdup (chapter->anchor);
  target->folded = g_utf8_casefold (whole, -1);
  g_object_set_data_full (G_OBJECT (row), "target", target, (GDestroyNotify) target_free);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  wb_wrap_anywhere (GTK_LABEL (label));
  if (*target->anchor != '\0')
    gtk_widget_set_margin_start (label, 18);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  chapter->heading, -1);
  gtk_list_box_append (self->list, row);
}

static void
fill_list (WbHelpWindow *self)
{
  for (gsize i = 0; wb_help_book_pages[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) chapters = wb_help_book_read (wb_help_book_pages[i]);

      for (guint j = 0; j < chapters->len; j++)
        add_row (self, wb_help_book_pages[i], chapters->pdata[j]);
    }
}

/* All pages and the headings of the one that is shown; or what has all the words. */
static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  WbHelpWindow *self = user_data;
  Target       *target = get_target (row);

  if (self->words[0] == NULL)
    return *target->anchor == '\0' || target->page == self->page;

  for (gsize i = 0; self->words[i] != NULL; i++)
    {
      if (strstr (target->folded, self->words[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
search_cb (WbHelpWindow *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (self->search_entry));
  g_autofree char *folded = g_utf8_casefold (g_strstrip (text), -1);

  g_strfreev (self->words);
  self->words = g_strsplit_set (folded, " \t", -1);
  gtk_list_box_invalidate_filter (self->list);
}

static WbHelpSection *
find_section (WbHelpWindow *self,
              const char   *anchor)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->sections)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (g_str_equal (wb_help_section_get_anchor (WB_HELP_SECTION (child)), anchor))
        return WB_HELP_SECTION (child);
    }

  return NULL;
}

static void
show_row (WbHelpWindow *self)
{
  GtkListBoxRow   *row = gtk_list_box_get_selected_row (self->list);
  GtkAdjustment   *adjustment = gtk_list_box_get_adjustment (self->list);
  graphene_point_t point;

  if (row != NULL && adjustment != NULL
      && gtk_widget_compute_point (GTK_WIDGET (row), GTK_WIDGET (self->list),
                                   &GRAPHENE_POINT_INIT (0, 0), &point))
    gtk_adjustment_clamp_page (adjustment, point.y,
                               point.y + gtk_widget_get_height (GTK_WIDGET (row)));
}

/* A page has no size before it is laid out, and only then a window knows that it is narrow. */
static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  WbHelpWindow    *self = WB_HELP_WINDOW (widget);
  WbHelpSection   *section = find_section (self, self->anchor);
  graphene_point_t point;

  wb_panes_show_end (self->panes);
  if (section != NULL && gtk_widget_get_height (GTK_WIDGET (section)) == 0)
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->anchor, g_free);
  show_row (self);
  if (section == NULL)
    return G_SOURCE_REMOVE;

  if (!gtk_widget_has_focus (GTK_WIDGET (self->search_entry)))
    gtk_widget_grab_focus (GTK_WIDGET (section));
  if (gtk_widget_compute_point (GTK_WIDGET (section), GTK_WIDGET (self->sections),
                                &GRAPHENE_POINT_INIT (0, 0), &point))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), point.y);

  return G_SOURCE_REMOVE;
}

static void
scroll_to (WbHelpWindow *self,
           const char   *anchor)
{
  gboolean is_waiting = self->anchor != NULL;

  g_free (self->anchor);
  self->anchor = g_strdup (anchor);
  if (!is_waiting)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}

static void
go_cb (WbHelpWindow *self,
       const char   *place)
{
  wb_help_window_go (self, place);
}

static void
show_page (WbHelpWindow *self,
           const char   *page)
{
  g_autoptr (GPtrArray) chapters = wb_help_book_read (page);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sections))) != NULL)
    gtk_box_remove (self->sections, child);

  self->page = page;
  for (guint i = 0; i < chapters->len; i++)
    {
      child = wb_help_section_new (chapters->pdata[i]);
      g_signal_connect_object (child, "go", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->sections, child);
    }
  gtk_list_box_invalidate_filter (self->list);
}

static void
select_row (WbHelpWindow *self,
            const char   *anchor)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      Target *target = get_target (row);

      if (target->page == self->page && g_str_equal (target->anchor, anchor))
        gtk_list_box_select_row (self->list, row);
    }
}

static void
go_to (WbHelpWindow *self,
       const char   *page,
       const char   *anchor)
{
  if (page != self->page)
    show_page (self, page);
  select_row (self, anchor);
  scroll_to (self, anchor);
}

static void
row_activated_cb (WbHelpWindow  *self,
                  GtkListBoxRow *row)
{
  Target *target = get_target (row);

  go_to (self, target->page, target->anchor);
}

/* Return in the search. */
static void
open_first_cb (WbHelpWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
        {
          gtk_widget_grab_focus (GTK_WIDGET (row));
          row_activated_cb (self, row);

          return;
        }
    }
}

/* Escape ends the search first, and then closes the window. */
static void
stop_search_cb (WbHelpWindow *self)
{
  if (*gtk_editable_get_text (self->search_entry) != '\0')
    gtk_editable_set_text (self->search_entry, "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
search_action_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  WbHelpWindow *self = WB_HELP_WINDOW (widget);

  wb_panes_show_start (self->panes);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
wb_help_window_finalize (GObject *object)
{
  WbHelpWindow *self = WB_HELP_WINDOW (object);

  g_free (self->anchor);
  g_strfreev (self->words);

  G_OBJECT_CLASS (wb_help_window_parent_class)->finalize (object);
}

static void
wb_help_window_class_init (WbHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_help_window_finalize;

  g_type_ensure (WB_TYPE_PANES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbHelpWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, WbHelpWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, WbHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, WbHelpWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, WbHelpWindow, sections);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_first_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "help.search", NULL, search_action_cb);
}

static void
wb_help_window_init (WbHelpWindow *self)
{
  self->words = g_new0 (char *, 1);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search_entry),
                                           GTK_WIDGET (self->list));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  wb_list_tab_add (GTK_WIDGET (self->list));
  fill_list (self);
  show_page (self, wb_help_book_pages[0]);
  select_row (self, "");
}

GtkWindow *
wb_help_window_new (GtkApplication *application)
{
  g_autoptr (GtkWindowGroup) group = gtk_window_group_new ();
  GtkWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  self = g_object_new (WB_TYPE_HELP_WINDOW, "application", application, NULL);
  /* A modal window takes the input of its group alone. */
  gtk_window_group_add_window (group, self);

  return self;
}

/**
 * wb_help_window_go:
 * @self: the window
 * @place: `page#anchor`, or a page, or "" to stay; anybody on the bus may ask for one
 *
 * Stays where there is no such page.
 */
void
wb_help_window_go (WbHelpWindow *self,
                   const char   *place)
{
  g_auto (GStrv) parts = NULL;

  g_return_if_fail (WB_IS_HELP_WINDOW (self));
  g_return_if_fail (place != NULL);

  if (*place == '\0')
    return;

  parts = g_strsplit (place, "#", 2);
  for (gsize i = 0; wb_help_book_pages[i] != NULL; i++)
    {
      if (g_str_equal (wb_help_book_pages[i], parts[0]))
        {
          go_to (self, wb_help_book_pages[i], parts[1] != NULL ? parts[1] : "");

          return;
        }
    }
}

const char *
wb_help_window_get_page (WbHelpWindow *self)
{
  g_return_val_if_fail (WB_IS_HELP_WINDOW (self), NULL);

  return self->page;
}
