/* findings-button.c: what a careful reader would notice in an archive, in a list to unfold
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/preview/preview-private.h"

#include <glib/gi18n-lib.h>

#include "core/archive/tree/findings.h"

/* GTK makes a widget for each row of a list box. */
#define MAX_ROWS_OF_A_KIND 100

struct _WbFindingsButton
{
  AdwBin parent_instance;

  WbArchive    *archive;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): while searching */
  GArray       *findings;    /* (owned) (nullable) (element-type WbFinding) */

  GtkMenuButton *button;
  GtkLabel      *label;
  GtkPopover    *popover;
  GtkListBox    *list;
};

G_DEFINE_FINAL_TYPE (WbFindingsButton, wb_findings_button, ADW_TYPE_BIN)

static GtkWidget *
create_label (const char *text,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static guint
count_kind (WbFindingsButton *self,
            WbFindings        kind)
{
  guint n = 0;

  for (guint i = 0; i < self->findings->len; i++)
    {
      if (g_array_index (self->findings, WbFinding, i).kind == kind)
        n++;
    }

  return n;
}

static GtkWidget *
create_heading (WbFindings kind,
                guint      n)
{
  g_autofree char *number = g_strdup_printf ("%'u", n);
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget       *text = create_label (wb_finding_to_text (kind), "heading");

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), create_label (number, "dim-label"));
  gtk_widget_add_css_class (box, "list-heading");

  return box;
}

static WbFindings
get_kind (GtkListBoxRow *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "kind"));
}

/* A heading is not a row: the list would stop the keyboard there. Removing rows asks for headings,
 * too. */
static void
update_header_cb (GtkListBoxRow *row,
                  GtkListBoxRow *before,
                  gpointer       user_data)
{
  WbFindingsButton *self = user_data;
  WbFindings        kind = get_kind (row);
  gboolean          is_first = before == NULL || get_kind (before) != kind;

  if (!is_first || self->findings == NULL)
    gtk_list_box_row_set_header (row, NULL);
  else if (gtk_list_box_row_get_header (row) == NULL)
    gtk_list_box_row_set_header (row, create_heading (kind, count_kind (self, kind)));
}

static void
add_row (WbFindingsButton *self,
         WbFindings        kind,
         GtkWidget        *label,
         gboolean          activatable)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  g_autofree char *name = NULL;

  /* Translators: what a screen reader says of a finding: a connection's name, or how many are not
   * listed, and what there is to notice. */
  name = g_strdup_printf (_ ("%s: %s"), gtk_label_get_text (GTK_LABEL (label)),
                          wb_finding_to_text (kind));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), activatable);
  g_object_set_data (G_OBJECT (row), "kind", GUINT_TO_POINTER (kind));
  gtk_list_box_append (self->list, row);
}

/* Lists the entries with a finding of this kind. */
static void
add_kind (WbFindingsButton *self,
          WbFindings        kind)
{
  guint n = count_kind (self, kind);
  guint n_rows = 0;

  for (guint i = 0; i < self->findings->len && n_rows < MAX_ROWS_OF_A_KIND; i++)
    {
      const WbFinding *finding = &g_array_index (self->findings, WbFinding, i);
      g_autofree char *name = NULL;
      g_autofree char *path = NULL;
      GtkWidget       *label;

      if (finding->kind != kind)
        continue;

      name = wb_archive_dup_name (self->archive, finding->node);
      path = wb_archive_dup_path (self->archive, finding->node);
      label = create_label (name, NULL);
      gtk_widget_set_tooltip_text (label, path);
      g_object_set_data (G_OBJECT (label), "node", GUINT_TO_POINTER (finding->node));
      add_row (self, kind, label, TRUE);
      n_rows++;
    }

  if (n > n_rows)
    {
      /* Translators: how many findings are not listed. */
      g_autofree char *more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %'u more",
                                                            "and %'u more", n - n_rows),
                                               n - n_rows);

      add_row (self, kind, create_label (more, "dim-label"), FALSE);
    }
}

static void
clear_list (WbFindingsButton *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/* Makes the rows when the list is opened for the first time, and before it is there: the first row
 * is to have the focus then. */
static void
open_cb (GtkMenuButton *button,
         gpointer       user_data)
{
  WbFindingsButton *self = user_data;
  WbFindings        kinds = WB_FINDING_NONE;

  if (self->findings == NULL || gtk_list_box_get_row_at_index (self->list, 0) != NULL)
    return;

  for (guint i = 0; i < self->findings->len; i++)
    kinds |= g_array_index (self->findings, WbFinding, i).kind;
  while (kinds != WB_FINDING_NONE)
    add_kind (self, wb_findings_take_first (&kinds));
}

static void
row_activated_cb (WbFindingsButton *self,
                  GtkListBoxRow    *row)
{
  gpointer node = g_object_get_data (G_OBJECT (gtk_list_box_row_get_child (row)), "node");

  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "preview.select", "u", GPOINTER_TO_UINT (node));
}

static void
show_count (WbFindingsButton *self)
{
  guint            n = self->findings != NULL ? self->findings->len : 0;
  g_autofree char *label = NULL;

  /* Translators: how many findings to look at before sharing. */
  label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u finding", "%'u findings", n), n);
  gtk_label_set_text (self->label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
findings_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (WbFindingsButton) self = user_data;
  g_autoptr (GError) error = NULL;
  GArray *findings;

  /* Cancelled means that the button shows another archive by now. */
  findings = wb_findings_new_finish (WB_ARCHIVE (source), result, &error);
  if (findings == NULL)
    return;

  g_clear_object (&self->cancellable);
  self->findings = findings;
  show_count (self);
}

static void
forget (WbFindingsButton *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->findings, g_array_unref);
  g_clear_object (&self->archive);
}

static void
wb_findings_button_dispose (GObject *object)
{
  forget (WB_FINDINGS_BUTTON (object));

  G_OBJECT_CLASS (wb_findings_button_parent_class)->dispose (object);
}

static void
wb_findings_button_class_init (WbFindingsButtonClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_findings_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/findings-button.ui");
  gtk_widget_class_bind_template_child (widget_class, WbFindingsButton, button);
  gtk_widget_class_bind_template_child (widget_class, WbFindingsButton, label);
  gtk_widget_class_bind_template_child (widget_class, WbFindingsButton, popover);
  gtk_widget_class_bind_template_child (widget_class, WbFindingsButton, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
wb_findings_button_init (WbFindingsButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_menu_button_set_create_popup_func (self->button, open_cb, self, NULL);
  gtk_list_box_set_header_func (self->list, update_header_cb, self, NULL);
}

void
wb_findings_button_set_archive (WbFindingsButton *self,
                                WbArchive        *archive)
{
  g_return_if_fail (WB_IS_FINDINGS_BUTTON (self));
  g_return_if_fail (archive == NULL || WB_IS_ARCHIVE (archive));

  forget (self);
  gtk_popover_popdown (self->popover);
  clear_list (self);
  show_count (self);
  if (archive == NULL)
    return;

  self->archive = g_object_ref (archive);
  self->cancellable = g_cancellable_new ();
  wb_findings_new_async (archive, self->cancellable, findings_cb, g_object_ref (self));
}

gboolean
wb_findings_button_get_busy (WbFindingsButton *self)
{
  g_return_val_if_fail (WB_IS_FINDINGS_BUTTON (self), FALSE);

  return self->cancellable != NULL;
}
