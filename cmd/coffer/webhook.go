package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/spf13/cobra"

	"coffer/plaidsvc"
	"coffer/storage"
)

// seeBanksEvery is how often a receiver of webhooks sees which banks are linked.
const seeBanksEvery = 15 * time.Second

type webhookOptions struct{ listen, publicURL string }

func newWebhookCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "webhook",
		Short:   "let Plaid say when there is something new",
		Example: "  coffer webhook serve --public-url https://example.org/plaid\n  coffer webhook clear",
		Args:    noArgs,
		RunE:    wantsCommand,
	}
	cmd.AddCommand(newWebhookServeCommand(a), newWebhookClearCommand(a))
	return cmd
}

func newWebhookServeCommand(a *app) *cobra.Command {
	var o webhookOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "receive Plaid's webhooks and sync the banks that they are about",
		Long: `Receive Plaid's webhooks and sync the banks that they are about, until ctrl-c. It
is for who has a public address that leads here: a tunnel, or a proxy that speaks
https. Without one nothing is lost: coffer sync from cron brings the same.

A webhook is only a hint. It must be signed by Plaid, and all that it can cause is
that coffer asks Plaid about one bank. Nothing is kept of what was missed while
nobody listened: instead all banks are synced at the start.

With --public-url every bank is told to send its webhooks there, those that are
linked later too. They go on doing so when coffer has ended, which does no harm;
coffer webhook clear ends it.

The vault stays unlocked as long as this runs; other coffers can use it meanwhile.
What happens is told on standard error, with --json on standard output, one object
per line: "event" is one of listening, address_set, received, ignored, refused,
looked, synced, trouble, stopped.`,
		Example: "  coffer webhook serve --listen 127.0.0.1:8787 --public-url https://example.org/plaid\n" +
			"  coffer webhook serve --json | jq 'select(.event == \"synced\")'",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runWebhookServe(cmd.Context(), o) },
	}
	cmd.Flags().StringVar(&o.listen, "listen", "127.0.0.1:8787", "address to listen on, HOST:PORT")
	cmd.Flags().StringVar(&o.publicURL, "public-url", "", "address at which Plaid reaches this one; every bank is told")
	return cmd
}

func (a *app) runWebhookServe(ctx context.Context, o webhookOptions) error {
	if _, port, err := net.SplitHostPort(o.listen); err != nil || port == "" {
		return usage("--listen %q: want HOST:PORT, as 127.0.0.1:8787", o.listen)
	}
	return a.withVault(ctx, func(v *storage.Vault) error {
		svc, err := a.service(ctx, v)
		if err != nil {
			return err
		}
		if o.publicURL != "" {
			if err := svc.CheckWebhookAddress(o.publicURL); err != nil {
				return usage("--public-url: %w", err)
			}
		}
		var config net.ListenConfig
		l, err := config.Listen(ctx, "tcp", o.listen)
		if err != nil {
			return fmt.Errorf("listen for webhooks: %w; choose another address with --listen", err)
		}
		return a.receiveWebhooks(ctx, svc, l, o)
	})
}

// receiveWebhooks receives until it is interrupted, which is a good end, or until the
// vault is of no use any more.
func (a *app) receiveWebhooks(ctx context.Context, svc *plaidsvc.Service, l net.Listener, o webhookOptions) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	told := &webhookTeller{app: a, fail: end, public: o.publicURL != ""}
	told.listening(l.Addr())
	ticker := time.NewTicker(seeBanksEvery)
	defer ticker.Stop()
	err := svc.ReceiveWebhooks(ctx, plaidsvc.WebhookOptions{Listener: l, Address: o.publicURL, Look: ticker.C}, told.tell)
	told.stopped()
	if cause := context.Cause(ctx); err == nil && cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return err
}
