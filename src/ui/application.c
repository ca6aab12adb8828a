/* application.c: the program: its actions, its accelerators, and files from outside
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/application.h"

#include <glib/gi18n-lib.h>

#include "ui/application-private.h"

G_DEFINE_FINAL_TYPE (WbApplication, wb_application, ADW_TYPE_APPLICATION)

WbWindow *
wb_application_get_empty_window (WbApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (WB_IS_WINDOW (window) && wb_window_is_empty (WB_WINDOW (window)))
    return WB_WINDOW (window);

  return wb_window_new (self->context, GTK_APPLICATION (self));
}

/* Once. */
static void
show_clouds_reason (WbApplication *self,
                    GtkWindow     *window)
{
  g_autofree char *reason = NULL;

  if (!WB_IS_WINDOW (window))
    return;

  reason = g_steal_pointer (&self->clouds_reason);
  if (reason != NULL)
    wb_window_show_message (WB_WINDOW (window), reason);
}

static void
wb_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (wb_window_new (WB_APPLICATION (application)->context,
                                        GTK_APPLICATION (application)));

  gtk_window_present (window);
  show_clouds_reason (WB_APPLICATION (application), window);
}

static void
wb_application_open (GApplication *application,
                     GFile       **files,
                     int           n_files,
                     const char   *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      WbWindow *window = wb_application_get_empty_window (WB_APPLICATION (application));

      gtk_window_present (GTK_WINDOW (window));
      wb_window_open_file (window, files[i]);
    }
}

/* Whatever is wrong with the accounts or the clouds, a ZIP can still be opened. */
static void
make_context (WbApplication *self)
{
  g_autofree char *accounts_path = wb_account_store_dup_default_path ();
  g_autofree char *clouds_path = wb_clouds_dup_default_path ();
  g_autoptr (GError) clouds_error = NULL;
  g_autoptr (GError) accounts_error = NULL;

  self->context = wb_context_new (accounts_path);
  if (!wb_clouds_load (wb_context_get_clouds (self->context), clouds_path, &clouds_error))
    self->clouds_reason = g_strdup (clouds_error->message);
  if (!wb_account_store_load (wb_context_get_store (self->context), &accounts_error))
    g_message ("%s", accounts_error->message);
  wb_context_start (self->context);
}

static void
wb_application_startup (GApplication *application)
{
  WbApplication *self = WB_APPLICATION (application);
  const struct
  {
    const char *action;
    const char *accels[3];
  } accels[] = {
    { "app.new-window", { "<Control>n" } },
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
    { "win.export", { "<Control>e" } },
    { "win.open", { "<Control>o" } },
    { "win.properties", { "<Alt>Return" } },
    { "win.compare", { "<Control>d" } },
    { "win.save-as", { "<Control>s", "<Control><Shift>s" } },
    { "win.show-help-overlay", { "<Control>question", "<Control>F1" } },
  };

  G_APPLICATION_CLASS (wb_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APP_ID);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].accels);

  make_context (self);
}

static void
wb_application_shutdown (GApplication *application)
{
  WbApplication *self = WB_APPLICATION (application);

  wb_sample_account_stop (wb_context_get_sample (self->context));

  G_APPLICATION_CLASS (wb_application_parent_class)->shutdown (application);
}

static int
wb_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  g_autoptr (GError) error = NULL;

  if (!g_variant_dict_contains (options, "sample"))
    return -1;

  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  g_action_group_activate_action (G_ACTION_GROUP (application), "try-sample", NULL);

  return -1;
}

static void
wb_application_finalize (GObject *object)
{
  WbApplication *self = WB_APPLICATION (object);

  g_clear_weak_pointer (&self->log_window);
  g_clear_object (&self->context);
  g_free (self->clouds_reason);

  G_OBJECT_CLASS (wb_application_parent_class)->finalize (object);
}

static void
wb_application_class_init (WbApplicationClass *klass)
{
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = wb_application_finalize;
  application_class->activate = wb_application_activate;
  application_class->open = wb_application_open;
  application_class->startup = wb_application_startup;
  application_class->shutdown = wb_application_shutdown;
  application_class->handle_local_options = wb_application_handle_local_options;
}

static void
wb_application_init (WbApplication *self)
{
  static const GOptionEntry options[] = {
    { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Start with sample data"), NULL },
    { NULL },
  };

  wb_application_add_actions (self);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * wb_application_new:
 *
 * Returns: (transfer full): the program
 */
WbApplication *
wb_application_new (void)
{
  return g_object_new (WB_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/io/github/waybill/Waybill",
                       NULL);
}

/**
 * wb_application_get_context:
 * @self: the program, started
 *
 * Returns: (transfer none): what it hands to its windows
 */
WbContext *
wb_application_get_context (WbApplication *self)
{
  g_return_val_if_fail (WB_IS_APPLICATION (self), NULL);

  return self->context;
}
