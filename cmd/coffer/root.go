package main

import (
	"strings"

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
	root.SetFlagErrorFunc(badFlag)
	a.flags.register(root.PersistentFlags())
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return a.settle(cmd.Flags()) }
	for _, add := range []func(*app) *cobra.Command{
		newDemoCommand, newSetupCommand, newLinkCommand, newItemsCommand, newSyncCommand,
		newAccountsCommand, newHoldingsCommand, newLiabilitiesCommand, newRecurringCommand,
		newTransactionsCommand, newSpendingCommand, newCategorizeCommand,
		newACHCommand, newIdentityCommand, newVerifyCommand, newProcessorTokenCommand,
		newWebhookCommand, newBackupCommand, newRestoreCommand, newVaultCommand, newDoctorCommand, newVersionCommand,
	} {
		cmd := add(a)
		documentExitCodes(cmd)
		root.AddCommand(cmd)
	}
	documentCompletion(root)
	documentHelp(root)
	return root
}

// documentHelp has cobra's help command refuse what is no command.
func documentHelp(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	cmd, _, err := root.Find([]string{"help"})
	if err != nil {
		return
	}
	cmd.Short = "say more about a command"
	cmd.Args = func(_ *cobra.Command, args []string) error {
		if found, rest, err := root.Find(args); err != nil || len(rest) > 0 && found != nil {
			return usage("unknown command %q; see coffer --help", strings.Join(args, " "))
		}
		return nil
	}
}

// documentCompletion has the command that cobra adds help and fail as all do.
func documentCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	cmd, _, err := root.Find([]string{"completion"})
	if err != nil {
		return
	}
	cmd.Short = "print what completes commands in a shell"
	cmd.Args, cmd.RunE = noArgs, wantsCommand
	documentExitCodes(cmd)
	cmd.Example = "  coffer completion bash"
	for _, sub := range cmd.Commands() {
		sub.Args, sub.Example = noArgs, "  coffer completion "+sub.Name()
	}
}

// wantsCommand is run in the place of the subcommand that was left out.
func wantsCommand(cmd *cobra.Command, _ []string) error {
	return usage("%s wants a command; see %s --help", cmd.CommandPath(), cmd.CommandPath())
}

// documentExitCodes adds the exit codes to the help of cmd and its subcommands.
func documentExitCodes(cmd *cobra.Command) {
	if cmd.Long == "" {
		cmd.Long = strings.ToUpper(cmd.Short[:1]) + cmd.Short[1:] + "."
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
	if cmd.HasParent() && !cmd.HasSubCommands() {
		return usage("%s takes no argument, got %q", cmd.CommandPath(), args[0])
	}
	return usage("unknown command %q; see %s --help", args[0], cmd.CommandPath())
}

// someArgs wants so many arguments, which are what.
func someArgs(from, to int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < from || len(args) > to {
			return usage("%s wants %s, got %d arguments", cmd.CommandPath(), what, len(args))
		}
		return nil
	}
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
