/* find-window.c: lists the projects or workspaces of an account to choose from
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/find/find.h"

#include <glib/gi18n-lib.h>

#include "core/error.h"
#include "core/service/directory/directory.h"
#include "core/text.h"
#include "ui/find/find-private.h"
#include "ui/sign-in/open-sign-in.h"
#include "ui/sign-in/sign-in-dialogs.h"
#include "ui/widgets/header-bar.h"
#include "ui/widgets/shrink.h"
#include "ui/widgets/spinner.h"
#include "ui/widgets/weak.h"

#define WB_TYPE_FIND_WINDOW (wb_find_window_get_type ())
G_DECLARE_FINAL_TYPE (WbFindWindow, wb_find_window, WB, FIND_WINDOW, AdwWindow)

struct _WbFindWindow
{
  AdwWindow parent_instance;

  WbContext       *context;     /* (owned) */
  WbFindWhat       wanted;      /* what the caller asked for */
  WbFindWhat       listed;      /* projects come first where the account has none yet */
  WbAccount       *account;     /* (owned) */
  WbCredentials   *typed;       /* (owned) (nullable) */
  WbSignIn        *sign_ins[2]; /* (owned) (nullable): one for each list, once it is asked for */
  GListModel      *projects;    /* (owned) (nullable): once they are listed */
  WbDirectoryItem *project;     /* (owned) (nullable): the chosen one of them */
  GCancellable    *cancellable; /* (owned): cancelled when the window closes */
  GTask           *task;        /* (owned) (nullable): until it has returned */

  GtkStack         *stack;
  WbSpinner        *spinner;
  GtkLabel         *message_label;
  GtkWidget        *again_button;
  GtkWidget        *by_hand_button;
  GtkButton        *choose_button;
  WbDirectoryGroup *group;
};

G_DEFINE_FINAL_TYPE (WbFindWindow, wb_find_window, ADW_TYPE_WINDOW)

/* What was found: the task's result. */
typedef struct
{
  GListModel *items;      /* (owned) */
  char       *project_id; /* (owned) (nullable) */
} Found;

static void
found_free (Found *found)
{
  g_clear_object (&found->items);
  g_free (found->project_id);
  g_free (found);
}

static void begin (WbFindWindow *self);
static void list_items (WbFindWindow *self);

static void
return_cancelled (WbFindWindow *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing was chosen");
}

static void
update_choose (WbFindWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.choose",
                                 wb_directory_group_get_chosen (self->group));
}

static void
show_page (WbFindWindow *self,
           const char   *name)
{
  gboolean busy = g_str_equal (name, "busy");

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->stack), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  wb_spinner_set_spinning (self->spinner, busy);
}

static void
show_message (WbFindWindow *self,
              const char   *text,
              gboolean      can_try_again)
{
  g_autofree char *safe = wb_text_escape (text, -1);

  gtk_label_set_label (self->message_label, safe);
  gtk_widget_set_visible (self->again_button, can_try_again);
  show_page (self, "message");
  gtk_widget_grab_focus (can_try_again ? self->again_button : self->by_hand_button);
}

/* Trying again does not help if a setting is wrong. */
static void
show_error (WbFindWindow *self,
            const GError *error)
{
  show_message (self, error->message, wb_error_get_kind (error) != WB_ERROR_KIND_INVALID);
}

static void
offer (WbFindWindow *self,
       GListModel   *items,
       const char   *note)
{
  gboolean one_only = self->listed == WB_FIND_PROJECTS;

  wb_directory_group_set_items (self->group, items, one_only,
                                one_only ? NULL : wb_account_get_workspaces (self->account),
                                note);
  gtk_button_set_label (self->choose_button,
                        /* Translators: a button: adds the ticked items to the account. */
                        self->listed == self->wanted ? _ ("_Use") : _ ("_Next"));
  show_page (self, "list");
  update_choose (self);
  gtk_widget_child_focus (GTK_WIDGET (self->group), GTK_DIR_TAB_FORWARD);
}

/* Lists its workspaces next. */
static void
use_project (WbFindWindow    *self,
             WbDirectoryItem *project)
{
  g_autoptr (WbAccount) account = wb_account_copy (self->account);

  wb_account_set (account, WB_ACCOUNT_PROJECT_ID, wb_directory_item_get_id (project));
  g_set_object (&self->account, account);
  g_set_object (&self->project, project);
  g_clear_object (&self->sign_ins[WB_FIND_WORKSPACES]);
  self->listed = WB_FIND_WORKSPACES;
  begin (self);
}

/* The region's own project, or the only one, needs no choice. */
static void
show_projects (WbFindWindow *self,
               GListModel   *items)
{
  guint       n_items = g_list_model_get_n_items (items);
  const char *own = wb_account_get_default_project (self->account);
  g_autoptr (WbDirectoryItem) first = g_list_model_get_item (items, 0);

  g_set_object (&self->projects, items);
  if (first == NULL)
    show_message (self,
                  _ ("This user has no projects here. Check the region, or enter the project’s "
                     "ID by hand."),
                  TRUE);
  else if (self->wanted == WB_FIND_WORKSPACES
           && (n_items == 1 || g_strcmp0 (wb_directory_item_get_name (first), own) == 0))
    use_project (self, first);
  else
    offer (self, items, NULL);
}

/* The project has no workspaces. */
static void
offer_other_projects (WbFindWindow *self)
{
  g_autofree char *note = g_strdup_printf (
    /* Translators: a project’s name */
    _ ("This user sees no workspaces in “%s”. Choose another project."),
    wb_directory_item_get_name (self->project));

  self->listed = WB_FIND_PROJECTS;
  offer (self, self->projects, note);
}

static void
show_workspaces (WbFindWindow *self,
                 GListModel   *items,
                 const char   *note)
{
  g_autofree char *where = NULL;

  if (g_list_model_get_n_items (items) > 0)
    {
      if (note == NULL && self->project != NULL)
        /* Translators: a project’s name */
        where = g_strdup_printf (_ ("In the project “%s”."),
                                 wb_directory_item_get_name (self->project));
      offer (self, items, note != NULL ? note : where);
    }
  else if (self->projects != NULL && g_list_model_get_n_items (self->projects) > 1)
    offer_other_projects (self);
  else
    show_message (self,
                  _ ("This user sees no workspaces in this project. Check the project, or enter "
                     "the workspace’s ID by hand."),
                  TRUE);
}

static void
passcode_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (WbFindWindow) self = wb_weak_take (user_data);
  g_autoptr (GError) error = NULL;
  gboolean answered = wb_passcode_dialog_ask_finish (result, &error);

  if (self == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  if (answered)
    list_items (self);
  else
    show_message (self, _ ("This sign-in needs a one-time code. Try again to enter it."), TRUE);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbFindWindow) self = wb_weak_take (user_data);
  WbSignIn *sign_in = WB_SIGN_IN (source);
  g_autoptr (GListModel) items = NULL;
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return;
  if (self->listed == WB_FIND_PROJECTS)
    items = wb_directory_list_projects_finish (sign_in, result, &error);
  else
    items = wb_directory_list_workspaces_finish (sign_in, result, &note, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (items != NULL && self->listed == WB_FIND_PROJECTS)
    show_projects (self, items);
  else if (items != NULL)
    show_workspaces (self, items, note);
  else if (g_error_matches (error, WB_ERROR, WB_ERROR_SECOND_FACTOR))
    wb_passcode_dialog_ask_async (GTK_WINDOW (self), self->account, sign_in, self->cancellable,
                                  passcode_cb, wb_weak_new (self));
  else
    show_error (self, error);
}

static void
list_items (WbFindWindow *self)
{
  WbSignIn *sign_in = self->sign_ins[self->listed];

  if (self->listed == WB_FIND_PROJECTS)
    wb_directory_list_projects_async (sign_in,
                                      wb_account_get (self->account, WB_ACCOUNT_REGION),
                                      self->cancellable, listed_cb, wb_weak_new (self));
  else
    wb_directory_list_workspaces_async (sign_in, self->cancellable, listed_cb,
                                        wb_weak_new (self));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (WbFindWindow) self = wb_weak_take (user_data);
  g_autoptr (WbSignIn) sign_in = NULL;
  g_autoptr (GError) error = NULL;

  sign_in = wb_open_sign_in_finish (result, NULL, &error);
  if (self == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  if (g_error_matches (error, WB_ERROR, WB_ERROR_SIGN_IN))
    {
      g_task_return_error (g_steal_pointer (&self->task), g_steal_pointer (&error));
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  if (sign_in == NULL)
    {
      show_error (self, error);
      return;
    }

  /* The one-time code for the projects is enough for the workspaces too. */
  if (self->projects != NULL)
    wb_sign_in_follow (sign_in, self->sign_ins[WB_FIND_PROJECTS]);
  g_set_object (&self->sign_ins[self->listed], sign_in);
  list_items (self);
}

static void
begin (WbFindWindow *self)
{
  show_page (self, "busy");
  if (self->sign_ins[self->listed] != NULL)
    list_items (self);
  else
    wb_open_sign_in_async (self->context, self->account, self->listed == WB_FIND_WORKSPACES,
                           self->typed, NULL, self->cancellable, opened_cb, wb_weak_new (self));
}

static void
again (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  begin (WB_FIND_WINDOW (widget));
}

static void
enter_by_hand (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  WbFindWindow *self = WB_FIND_WINDOW (widget);
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task == NULL)
    return;

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Nothing was found");
  gtk_window_close (GTK_WINDOW (self));
}

static void
choose (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  WbFindWindow *self = WB_FIND_WINDOW (widget);
  g_autoptr (GListModel) items = wb_directory_group_dup_chosen (self->group);
  g_autoptr (GTask) task = NULL;
  Found *found;

  if (self->task == NULL)
    return;

  if (self->listed != self->wanted)
    {
      g_autoptr (WbDirectoryItem) project = g_list_model_get_item (items, 0);

      use_project (self, project);
      return;
    }

  found = g_new0 (Found, 1);
  found->items = g_steal_pointer (&items);
  found->project_id = self->project != NULL
                        ? g_strdup (wb_directory_item_get_id (self->project))
                        : NULL;
  task = g_steal_pointer (&self->task);
  g_task_return_pointer (task, found, (GDestroyNotify) found_free);
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
close_request_cb (WbFindWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  return_cancelled (self);

  return FALSE;
}

static void
wb_find_window_dispose (GObject *object)
{
  WbFindWindow *self = WB_FIND_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  return_cancelled (self);
  g_clear_object (&self->account);
  g_clear_object (&self->project);
  g_clear_pointer (&self->typed, wb_credentials_unref);
  g_clear_object (&self->context);
  g_clear_object (&self->projects);
  for (guint i = 0; i < G_N_ELEMENTS (self->sign_ins); i++)
    g_clear_object (&self->sign_ins[i]);

  G_OBJECT_CLASS (wb_find_window_parent_class)->dispose (object);
}

static void
wb_find_window_finalize (GObject *object)
{
  WbFindWindow *self = WB_FIND_WINDOW (object);

  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (wb_find_window_parent_class)->finalize (object);
}

static void
wb_find_window_class_init (WbFindWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_find_window_dispose;
  object_class->finalize = wb_find_window_finalize;

  g_type_ensure (WB_TYPE_DIRECTORY_GROUP);
  g_type_ensure (WB_TYPE_HEADER_BAR);
  g_type_ensure (WB_TYPE_SPINNER);
  gtk_widget_class_install_action (widget_class, "find.choose", NULL, choose);
  gtk_widget_class_install_action (widget_class, "find.again", NULL, again);
  gtk_widget_class_install_action (widget_class, "find.by-hand", NULL, enter_by_hand);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/waybill/Waybill/find-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbFindWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbFindWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbFindWindow, message_label);
  gtk_widget_class_bind_template_child (widget_class, WbFindWindow, again_button);
  gtk_widget_class_bind_template_child (widget_class, WbFindWindow, by_hand_button);
  gtk_widget_class_bind_template_child (widget_class, WbFindWindow, choose_button);
  gtk_widget_class_bind_template_child (widget_class, WbFindWindow, group);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_choose);
}

static void
wb_find_window_init (WbFindWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_shrink_buttons (GTK_WIDGET (self));
}

/**
 * wb_find_window_ask_async:
 * @context: what the windows share
 * @parent: the window that needs it
 * @what: what to list
 * @account: the settings to sign in with
 * @typed: (nullable): the secret from the form; %NULL for the stored one
 * @callback: called when the window has closed
 * @user_data: for @callback
 *
 * Lists what the service reports. Workspaces belong to a project: an account that has none yet gets
 * the one that is named like its region, or the one that the user chooses. The window shows every
 * error, and lets the user enter the ID by hand.
 */
void
wb_find_window_ask_async (WbContext          *context,
                          GtkWindow          *parent,
                          WbFindWhat          what,
                          WbAccount          *account,
                          WbCredentials      *typed,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  const char   *title = what == WB_FIND_PROJECTS ? _ ("Find Projects") : _ ("Find Workspaces");
  WbFindWindow *self;
  gboolean      has_project;

  g_return_if_fail (WB_IS_CONTEXT (context));
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (WB_IS_ACCOUNT (account));

  self = g_object_new (WB_TYPE_FIND_WINDOW,
                       "transient-for", parent,
                       "title", title,
                       NULL);
  has_project = *wb_account_get (account, WB_ACCOUNT_PROJECT_ID) != '\0'
                || *wb_account_get (account, WB_ACCOUNT_PROJECT_NAME) != '\0';
  self->wanted = what;
  self->listed = has_project ? what : WB_FIND_PROJECTS;
  self->context = g_object_ref (context);
  self->account = g_object_ref (account);
  self->typed = typed != NULL ? wb_credentials_ref (typed) : NULL;
  /* Without a source object, which would keep the parent alive, and so the window. */
  self->task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (self->task, wb_find_window_ask_async);

  update_choose (self);
  gtk_window_present (GTK_WINDOW (self));
  begin (self);
}

/**
 * wb_find_window_ask_finish:
 * @result: what the callback was given
 * @project_id: (out) (nullable): the ID of the project that holds the workspaces, if it was
 *   found here; free it
 * @error: %G_IO_ERROR_CANCELLED if the user closed the window, %G_IO_ERROR_NOT_FOUND if the user
 *   wants to enter the ID by hand, or %WB_ERROR_SIGN_IN, with a translated sentence, if there is
 *   no secret to sign in with
 *
 * Returns: (transfer full): the chosen items (of type #WbDirectoryItem), at least one; or %NULL
 */
GListModel *
wb_find_window_ask_finish (GAsyncResult *result,
                           char        **project_id,
                           GError      **error)
{
  Found      *found;
  GListModel *items;

  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wb_find_window_ask_async), NULL);
  g_return_val_if_fail (project_id != NULL, NULL);

  *project_id = NULL;
  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return NULL;

  items = g_steal_pointer (&found->items);
  *project_id = g_steal_pointer (&found->project_id);
  found_free (found);

  return items;
}
