/* help-section.c: what the help says behind one heading
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/help/help-section.h"

#include "ui/help/help-book.h"
#include "ui/help/help-errors.h"
#include "ui/widgets/wrap.h"

struct _WbHelpSection
{
  GtkBox parent_instance;

  char *anchor; /* (owned) */
};

G_DEFINE_FINAL_TYPE (WbHelpSection, wb_help_section, GTK_TYPE_BOX)

enum
{
  SIGNAL_GO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
link_cb (GtkLabel   *label,
         const char *uri,
         gpointer    user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_GO], 0, uri);

  return TRUE;
}

static GtkWidget *
new_label (WbHelpSection *self,
           const char    *markup)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  wb_wrap_anywhere (GTK_LABEL (label));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  g_signal_connect_object (label, "activate-link", G_CALLBACK (link_cb), self, 0);

  return label;
}

static void
add_item (WbHelpSection *self,
          WbHelpBlock   *block)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *bullet = gtk_label_new (block->bullet);
  GtkWidget *label = new_label (self, block->text);

  gtk_widget_set_valign (bullet, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), bullet);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (self), row);
}

/* To be copied. Commands are written from left to right in every language. */
static void
add_code (WbHelpSection *self,
          WbHelpBlock   *block)
{
  GtkWidget *label = gtk_label_new (block->text);

  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  wb_wrap_anywhere (GTK_LABEL (label));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "help-code");
  gtk_box_append (GTK_BOX (self), label);
}

static void
add_errors (WbHelpSection *self,
            WbHelpBlock   *block)
{
  g_autoptr (GPtrArray) errors = wb_help_errors_list (block->text);

  for (guint i = 0; i < errors->len; i++)
    {
      WbHelpError     *error = errors->pdata[i];
      g_autofree char *markup = g_markup_printf_escaped ("<b>%s</b>\n%s", error->codes->str,
                                                         error->sentence);

      GtkWidget *label = new_label (self, markup);

      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_box_append (GTK_BOX (self), label);
    }
}

static void
add_heading (WbHelpSection *self,
             WbHelpChapter *chapter)
{
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL,
                                     "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                     "label", chapter->heading,
                                     "xalign", 0.0,
                                     NULL);
  int        level = *chapter->anchor == '\0' ? 1 : 2;

  wb_wrap_anywhere (GTK_LABEL (heading));
  gtk_widget_add_css_class (heading, level == 1 ? "title-1" : "title-3");
  gtk_accessible_update_property (GTK_ACCESSIBLE (heading), GTK_ACCESSIBLE_PROPERTY_LEVEL, level,
                                  -1);
  gtk_box_append (GTK_BOX (self), heading);
}

/* Tab stops at the section and then in it; the arrow keys go from section to section. */
static gboolean
wb_help_section_focus (GtkWidget       *widget,
                       GtkDirectionType direction)
{
  GtkWidgetClass *parent_class = GTK_WIDGET_CLASS (wb_help_section_parent_class);
  gboolean        is_inside = gtk_widget_get_focus_child (widget) != NULL;

  if (gtk_widget_is_focus (widget))
    return direction == GTK_DIR_TAB_FORWARD && parent_class->focus (widget, direction);
  if (is_inside && direction == GTK_DIR_TAB_FORWARD)
    return parent_class->focus (widget, direction);
  if (direction == GTK_DIR_TAB_BACKWARD && parent_class->focus (widget, direction))
    return TRUE;

  return (!is_inside || direction == GTK_DIR_TAB_BACKWARD) && gtk_widget_grab_focus (widget);
}

static void
wb_help_section_finalize (GObject *object)
{
  g_free (WB_HELP_SECTION (object)->anchor);

  G_OBJECT_CLASS (wb_help_section_parent_class)->finalize (object);
}

static void
wb_help_section_class_init (WbHelpSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_help_section_finalize;

  signals[SIGNAL_GO] = g_signal_new ("go", WB_TYPE_HELP_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  GTK_WIDGET_CLASS (klass)->focus = wb_help_section_focus;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wb_help_section_init (WbHelpSection *self)
{
}

GtkWidget *
wb_help_section_new (WbHelpChapter *chapter)
{
  WbHelpSection   *self = g_object_new (WB_TYPE_HELP_SECTION,
                                        "orientation", GTK_ORIENTATION_VERTICAL,
                                        "spacing", 12,
                                        "focusable", TRUE,
                                        NULL);
  g_autofree char *text = wb_help_chapter_dup_text (chapter, FALSE);

  self->anchor = g_strdup (chapter->anchor);
  gtk_widget_add_css_class (GTK_WIDGET (self), "help-section");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, chapter->heading,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  add_heading (self, chapter);
  for (guint i = 0; i < chapter->blocks->len; i++)
    {
      WbHelpBlock *block = chapter->blocks->pdata[i];

      switch (block->kind)
        {
        case WB_HELP_ITEM:
          add_item (self, block);
          break;
        case WB_HELP_CODE:
          add_code (self, block);
          break;
        case WB_HELP_ERRORS:
          add_errors (self, block);
          break;
        case WB_HELP_PARAGRAPH:
        default:
          gtk_box_append (GTK_BOX (self), new_label (self, block->text));
        }
    }

  return GTK_WIDGET (self);
}

/* "" for the start of the page. */
const char *
wb_help_section_get_anchor (WbHelpSection *self)
{
  g_return_val_if_fail (WB_IS_HELP_SECTION (self), NULL);

  return self->anchor;
}
