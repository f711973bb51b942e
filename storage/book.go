package storage

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"

	"coffer/ledger"
)

// Book loads everything. It is the ledger as it was at one moment: what other
// processes commit later is in the next one.
func (v *Vault) Book(ctx context.Context) (*ledger.Book, error) {
	var book *ledger.Book
	err := v.view(ctx, func(t *sealedTx) error {
		var err error
		book, err = t.book(ctx)
		return err
	})
	return book, wrap("load vault", err)
}

func (t *sealedTx) book(ctx context.Context) (*ledger.Book, error) {
	items, err := t.items()
	if err != nil {
		return nil, err
	}
	accounts, err := t.accounts()
	if err != nil {
		return nil, err
	}
	edits, err := t.edits()
	if err != nil {
		return nil, err
	}
	blocks, err := t.blocks()
	if err != nil {
		return nil, err
	}
	// Newest first, as a Book orders its rows: it has less to sort then.
	slices.SortFunc(blocks, func(a, b storedBlock) int {
		return cmp.Or(b.id.month.Compare(a.id.month), cmp.Compare(a.id.account, b.id.account))
	})
	rows := 0
	for i := range blocks {
		rows += blocks[i].rows()
	}
	builder := ledger.NewBuilder(rows)
	err = t.readBlocks(ctx, blocks, func(_ *storedBlock, r *rowReader) error {
		var row ledger.Transaction
		for r.next(&row) {
			builder.Add(&row)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return builder.Build(items, accounts, edits), nil
}

// readBlocks opens blocks on a few goroutines and lets visit read the rows of
// one after the other, in no order, on this one. visit must read all of them.
func (t *sealedTx) readBlocks(ctx context.Context, blocks []storedBlock, visit func(*storedBlock, *rowReader) error) error {
	type unpacked struct {
		block *storedBlock
		rows  *unpacker
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ready := make(chan unpacked)
	spare := make(chan *unpacker, 2*maxWorkers)
	for range cap(spare) {
		spare <- &unpacker{sealer: t.sealer}
	}
	var opening error
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(ready)
		opening = parallel(ctx, len(blocks), func() func(int) error {
			return func(i int) error {
				u := <-spare
				if err := u.unpack(&blocks[i]); err != nil {
					return err
				}
				select {
				case ready <- unpacked{&blocks[i], u}:
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		})
	})
	var visiting error
	for u := range ready {
		if visiting == nil {
			visiting = errors.Join(visit(u.block, &u.rows.rowReader), u.rows.finish())
		}
		if visiting != nil {
			stop()
		}
		spare <- u.rows
	}
	wg.Wait()
	return cmp.Or(visiting, opening)
}
