/* search-help.c: a button that tells how one searches
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/preview/preview-private.h"

struct _WbSearchHelp
{
  AdwBin parent_instance;

  GtkWidget *popover;
  AdwBin    *contents;
  GtkGrid   *grid;
};

G_DEFINE_FINAL_TYPE (WbSearchHelp, wb_search_help, ADW_TYPE_BIN)

/* What can be typed is the same in every language. */
static const struct
{
  const char *syntax;
  const char *meaning;
} rows[] = {
  { "sales prod", N_ ("Both words") },
  { "\"two words\"", N_ ("This phrase") },
  { "-test", N_ ("Not this word") },
  { "type:dws", N_ ("In the type, from its start") },
  { "host:10.0.", N_ ("In addresses and names of clusters") },
  { "port:8000", N_ ("In a setting with this key") },
};

/* Each can be copied, and is a stop of Tab at which both are read. */
static void
add_row (WbSearchHelp *self,
         int           i)
{
  GtkWidget *syntax = gtk_label_new (rows[i].syntax);
  GtkWidget *meaning = gtk_label_new (_ (rows[i].meaning));

  gtk_label_set_selectable (GTK_LABEL (syntax), TRUE);
  gtk_label_set_xalign (GTK_LABEL (syntax), 0);
  gtk_widget_set_valign (syntax, GTK_ALIGN_START);
  gtk_widget_set_direction (syntax, GTK_TEXT_DIR_LTR);
  gtk_widget_set_halign (syntax, GTK_ALIGN_START);
  gtk_widget_add_css_class (syntax, "monospace");
  gtk_label_set_wrap (GTK_LABEL (meaning), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (meaning), 16);
  gtk_label_set_xalign (GTK_LABEL (meaning), 0);
  gtk_widget_set_hexpand (meaning, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (syntax), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  meaning, NULL, -1);
  gtk_grid_attach (self->grid, syntax, 0, i, 1, 1);
  gtk_grid_attach (self->grid, meaning, 1, i, 1, 1);
}

/* GTK asks how high a popover is at a width that has its shadow in it, where fewer words wrap. */
static void
measure_contents (GtkWidget     *contents,
                  GtkOrientation orientation,
                  int            for_size,
                  int           *minimum,
                  int           *natural,
                  int           *minimum_baseline,
                  int           *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (contents));
  int        width;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  *natural = width;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    gtk_widget_measure (child, orientation, width, NULL, natural, NULL, NULL);
  *minimum = *natural;
}

static void
allocate_contents (GtkWidget *contents,
                   int        width,
                   int        height,
                   int        baseline)
{
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (contents)), width, height, baseline, NULL);
}

static void
wb_search_help_class_init (WbSearchHelpClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/search-help.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSearchHelp, popover);
  gtk_widget_class_bind_template_child (widget_class, WbSearchHelp, contents);
  gtk_widget_class_bind_template_child (widget_class, WbSearchHelp, grid);
  /* The way to the help leads out of it. */
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
wb_search_help_init (WbSearchHelp *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self->contents),
                                 gtk_custom_layout_new (NULL, measure_contents, allocate_contents));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add_row (self, (int) i);
}
