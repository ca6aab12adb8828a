/* account-switcher.c: the header bar's menu of accounts and their workspaces
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/account-switcher.h"

#include <glib/gi18n-lib.h>

#include "core/text.h"
#include "ui/window/account-switcher-private.h"
#include "ui/widgets/mark-label.h"
#include "ui/widgets/workspace-label.h"

/* Of an account's name, alone and beside its mark. */
#define LEAST_NAME_CHARS 9
#define LEAST_MARKED_NAME_CHARS 6

/* As long as “Production”, which is to be read at any size of text. */
#define LEAST_MARK_CHARS 10

struct _WbAccountSwitcher
{
  GtkWidget parent_instance;

  WbAccountChoice *choice; /* (owned) */
  GSimpleAction   *action; /* (owned) */

  GtkMenuButton *button;
  GtkPopover    *popover;
  GtkListBox    *list;
  GtkLabel      *mark;
  GtkLabel      *only_mark;
  GtkLabel      *label;
};

G_DEFINE_FINAL_TYPE (WbAccountSwitcher, wb_account_switcher, GTK_TYPE_WIDGET)

enum
{
  PROP_ACCOUNT = 1,
  PROP_WORKSPACE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
set_text (WbAccountSwitcher *self,
          const char        *text)
{
  gboolean marked = gtk_widget_get_visible (GTK_WIDGET (self->mark));
  glong    least = marked ? LEAST_MARKED_NAME_CHARS : LEAST_NAME_CHARS;
  /* Most letters are narrower than the width that a label reckons with. */
  glong width = g_utf8_strlen (text, -1) * 3 / 4;

  gtk_label_set_label (self->label, text);
  gtk_label_set_width_chars (self->label, (int) MIN (width, least));
}

static void
update_label (WbAccountSwitcher *self)
{
  WbAccount       *account = wb_account_choice_get_account (self->choice);
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  g_autofree char *marked = NULL;
  g_autofree char *workspace = NULL;
  g_autofree char *text = NULL;
  g_autofree char *tooltip = NULL;
  g_autofree char *accessible = NULL;
  int              marked_chars;

  wb_mark_label_set_account (self->mark, account);
  wb_mark_label_set_account (self->only_mark, account);
  gtk_label_set_width_chars (
    self->only_mark,
    (int) MIN (g_utf8_strlen (gtk_label_get_text (self->only_mark), -1), LEAST_MARK_CHARS));
  /* All of the mark and the beginning of the name, or the mark alone. */
  marked_chars = (int) g_utf8_strlen (gtk_label_get_text (self->mark), -1);
  gtk_label_set_width_chars (self->mark, marked_chars);
  if (account == NULL)
    {
      set_text (self, _ ("No Account"));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("No Account"),
                                      -1);
      return;
    }

  name = wb_text_escape (wb_account_get (account, WB_ACCOUNT_NAME), -1);
  workspace = wb_workspace_dup_label (wb_account_choice_get_workspace (self->choice));
  /* Translators: an account's name and a workspace's name */
  text = g_strdup_printf (_ ("%s · %s"), name, workspace);
  label = wb_account_dup_label (account);
  marked = wb_text_escape (label, -1);
  tooltip = g_strdup_printf (_ ("%s · %s"), marked, workspace);
  /* Translators: an account's name and a workspace's name */
  accessible = g_strdup_printf (_ ("Account %s, workspace %s"), marked, workspace);

  set_text (self, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, accessible,
                                  -1);
}

static void
check_row (WbAccountSwitcher *self)
{
  g_autoptr (GVariant) chosen = g_action_get_state (G_ACTION (self->action));

  wb_account_menu_check (self->list, chosen);
}

static void
update_state (WbAccountSwitcher *self)
{
  WbAccount  *account = wb_account_choice_get_account (self->choice);
  const char *uuid = "";
  const char *id = "";

  if (account != NULL)
    {
      uuid = wb_account_get_uuid (account);
      id = wb_workspace_get_id (wb_account_choice_get_workspace (self->choice));
    }

  g_simple_action_set_state (self->action, g_variant_new ("(ss)", uuid, id));
  check_row (self);
}

static void
update_menu (WbAccountSwitcher *self)
{
  wb_account_menu_fill (self->list, wb_account_choice_get_store (self->choice));
  check_row (self);
}

static void
row_activated_cb (WbAccountSwitcher *self,
                  GtkListBoxRow     *row)
{
  gtk_popover_popdown (self->popover);
  wb_account_menu_activate (row);
}

static void
notify_cb (WbAccountSwitcher *self,
           GParamSpec        *pspec)
{
  update_label (self);
  update_state (self);
  g_object_notify (G_OBJECT (self), pspec->name);
}

static void
select_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  const char *uuid;
  const char *id;

  g_variant_get (parameter, "(&s&s)", &uuid, &id);
  wb_account_switcher_select (WB_ACCOUNT_SWITCHER (user_data), uuid, id);
}

static void
add_action (WbAccountSwitcher *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  self->action = g_simple_action_new_stateful ("select", G_VARIANT_TYPE ("(ss)"),
                                               g_variant_new ("(ss)", "", ""));
  g_signal_connect_object (self->action, "activate", G_CALLBACK (select_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->action));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "switcher", G_ACTION_GROUP (group));
}

/* The properties are those of the choice. */
static void
wb_account_switcher_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  g_object_get_property (G_OBJECT (WB_ACCOUNT_SWITCHER (object)->choice), pspec->name, value);
}

static void
wb_account_switcher_dispose (GObject *object)
{
  WbAccountSwitcher *self = WB_ACCOUNT_SWITCHER (object);

  g_clear_object (&self->choice);
  g_clear_object (&self->action);
  g_clear_pointer ((GtkWidget **) &self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (wb_account_switcher_parent_class)->dispose (object);
}

static void
wb_account_switcher_class_init (WbAccountSwitcherClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_account_switcher_get_property;
  object_class->dispose = wb_account_switcher_dispose;

  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, WB_TYPE_ACCOUNT,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, WB_TYPE_WORKSPACE,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/account-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, WbAccountSwitcher, button);
  gtk_widget_class_bind_template_child (widget_class, WbAccountSwitcher, popover);
  gtk_widget_class_bind_template_child (widget_class, WbAccountSwitcher, list);
  gtk_widget_class_bind_template_child (widget_class, WbAccountSwitcher, mark);
  gtk_widget_class_bind_template_child (widget_class, WbAccountSwitcher, only_mark);
  gtk_widget_class_bind_template_child (widget_class, WbAccountSwitcher, label);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wb_account_switcher_init (WbAccountSwitcher *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->choice = wb_account_choice_new ();
  add_action (self);
  update_menu (self);
  update_label (self);
  g_signal_connect_object (self->choice, "notify", G_CALLBACK (notify_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choice, "accounts-changed", G_CALLBACK (update_menu), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
wb_account_switcher_new (WbAccountStore *store)
{
  WbAccountSwitcher *self;

  g_return_val_if_fail (store == NULL || WB_IS_ACCOUNT_STORE (store), NULL);

  self = g_object_new (WB_TYPE_ACCOUNT_SWITCHER, NULL);
  wb_account_switcher_set_store (self, store);

  return GTK_WIDGET (self);
}

void
wb_account_switcher_set_store (WbAccountSwitcher *self,
                               WbAccountStore    *store)
{
  g_return_if_fail (WB_IS_ACCOUNT_SWITCHER (self));

  wb_account_choice_set_store (self->choice, store);
}

WbAccount *
wb_account_switcher_get_account (WbAccountSwitcher *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_SWITCHER (self), NULL);

  return wb_account_choice_get_account (self->choice);
}

WbWorkspace *
wb_account_switcher_get_workspace (WbAccountSwitcher *self)
{
  g_return_val_if_fail (WB_IS_ACCOUNT_SWITCHER (self), NULL);

  return wb_account_choice_get_workspace (self->choice);
}

/**
 * wb_account_switcher_select:
 * @self: the switcher
 * @uuid: an account of the store
 * @workspace_id: (nullable): one of its workspaces; %NULL for its first
 *
 * Does nothing when the store has no such account.
 */
void
wb_account_switcher_select (WbAccountSwitcher *self,
                            const char        *uuid,
                            const char        *workspace_id)
{
  g_return_if_fail (WB_IS_ACCOUNT_SWITCHER (self));

  wb_account_choice_select (self->choice, uuid, workspace_id);
}
