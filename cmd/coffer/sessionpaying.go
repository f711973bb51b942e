package main

import (
	"context"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/tui/dialog"
)

var (
	_ dialog.Payer     = (*session)(nil)
	_ dialog.Recurring = (*session)(nil)
)

// paying is what the interface uses of the service about paying from an account.
type paying interface {
	Owners(ctx context.Context, acc ledger.Account) ([]ledger.Owner, error)
	Verify(
		ctx context.Context, acc ledger.Account, amount ledger.Amount, who ledger.Person, report func(ledger.VerdictStage),
	) (ledger.Verdict, error)
	ProcessorToken(ctx context.Context, acc ledger.Account, processor string) (secret.Text, error)
}

// Owners implements [dialog.Payer].
func (s *session) Owners(ctx context.Context, acc ledger.Account) ([]ledger.Owner, error) {
	banks, err := s.banks(ctx)
	if err != nil {
		return nil, err
	}
	return banks.Owners(ctx, acc)
}

// Verify implements [dialog.Payer].
func (s *session) Verify(
	ctx context.Context, acc ledger.Account, amount ledger.Amount, who ledger.Person, report func(ledger.VerdictStage),
) (ledger.Verdict, error) {
	banks, err := s.banks(ctx)
	if err != nil {
		return ledger.Verdict{Unchecked: true, Objections: []ledger.Objection{ledger.Object(err.Error())}}, err
	}
	return banks.Verify(ctx, acc, amount, who, report)
}

// Processors implements [dialog.Payer].
func (s *session) Processors() []string { return plaidsvc.Processors() }

// ProcessorToken implements [dialog.Payer].
func (s *session) ProcessorToken(ctx context.Context, acc ledger.Account, processor string) (ledger.Digits, error) {
	banks, err := s.banks(ctx)
	if err != nil {
		return ledger.Digits{}, err
	}
	token, err := banks.ProcessorToken(ctx, acc, processor)
	return ledger.NewDigits(token.Reveal()), err
}

// Streams implements [dialog.Recurring].
func (s *session) Streams(ctx context.Context) ([]ledger.Streams, error) {
	v, err := s.open()
	if err != nil {
		return nil, noKeys(err)
	}
	list, err := v.Streams(ctx)
	return list, noKeys(err)
}

// AskStreams implements [dialog.Recurring].
func (s *session) AskStreams(ctx context.Context, id ledger.ItemID, report func(ledger.Progress)) (ledger.SyncResult, error) {
	banks, err := s.banks(ctx)
	if err != nil {
		return ledger.SyncResult{}, err
	}
	results, err := banks.Recurring(ctx, []ledger.ItemID{id}, report)
	if len(results) == 0 {
		return ledger.SyncResult{}, err
	}
	return results[0], err
}
