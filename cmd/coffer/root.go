package main

import (
	"github.com/spf13/cobra"
)

const rootHelp = `coffer shows your bank accounts in the terminal.

It links banks through Plaid, syncs their transactions into one encrypted file
on this machine, and shows accounts, balances, transactions and spending.

Without a command it opens the interface. To look around without any bank:

    coffer demo

`

// newRootCommand builds the command line. Every verb is a file of its own.
func newRootCommand(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:           "coffer",
		Short:         "your bank accounts in the terminal",
		Long:          rootHelp + exitCodes,
		Example:       "  coffer demo\n  coffer setup\n  coffer link\n  coffer",
		Args:          noArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return a.runInterface(cmd.Context()) },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage("%w; see %s --help", err, cmd.CommandPath())
	})
	a.flags.register(root.PersistentFlags())
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return a.settle(cmd.Flags()) }
	for _, add := range []func(*app) *cobra.Command{
		newDemoCommand, newSetupCommand, newLinkCommand, newItemsCommand, newSyncCommand,
		newAccountsCommand, newTransactionsCommand, newSpendingCommand, newCategorizeCommand,
		newBackupCommand, newRestoreCommand, newVaultCommand, newDoctorCommand, newVersionCommand,
	} {
		cmd := add(a)
		documentExitCodes(cmd)
		root.AddCommand(cmd)
	}
	return root
}

// documentExitCodes adds the exit codes to the help of cmd and its subcommands.
func documentExitCodes(cmd *cobra.Command) {
	if cmd.Long == "" {
		cmd.Long = cmd.Short + "."
	}
	cmd.Long += "\n\n" + exitCodes
	for _, sub := range cmd.Commands() {
		documentExitCodes(sub)
	}
}

// noArgs refuses arguments, and names a word that is no command.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if cmd.HasParent() {
		return usage("%s takes no argument, got %q", cmd.CommandPath(), args[0])
	}
	return usage("unknown command %q; see coffer --help", args[0])
}

// oneArg wants exactly one argument, called name.
func oneArg(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usage("%s wants one %s, got %d arguments", cmd.CommandPath(), name, len(args))
		}
		return nil
	}
}
