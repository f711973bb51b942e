package storage

import (
	"cmp"
	"context"
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
	owed, err := readTellings(t, bucketLiabilities, decodeLiabilities)
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
	builder, err := t.build(ctx, blocks)
	if err != nil {
		return nil, err
	}
	return builder.Build(items, accounts, edits).WithDebts(owed), nil
}

// build collects the rows of blocks. Each goroutine has a Builder of its own: a block's
// rows are taken apart where they were read, while they are in the processor's cache.
func (t *sealedTx) build(ctx context.Context, blocks []storedBlock) (*ledger.Builder, error) {
	all := ledger.NewBuilder()
	var mu sync.Mutex
	var builders []*ledger.Builder
	err := parallel(ctx, len(blocks), func() func(int) error {
		builder, u := ledger.NewBuilder(), unpacker{sealer: t.sealer}
		mu.Lock()
		builders = append(builders, builder)
		mu.Unlock()
		return func(i int) error {
			if err := u.read(&blocks[i]); err != nil {
				return err
			}
			var t ledger.Transaction
			for u.next(&t) {
				builder.Add(&t)
			}
			return nil
		}
	})
	for _, b := range builders {
		all.Merge(b)
	}
	return all, err
}

// readBlocks opens blocks on a few goroutines and shows visit the rows of one after
// the other, in no order, on this one. Their texts may be kept, the slice may not.
func (t *sealedTx) readBlocks(ctx context.Context, blocks []storedBlock, visit func(*storedBlock, []ledger.Transaction)) error {
	type reading struct {
		unpacker
		block *storedBlock
		rows  []ledger.Transaction
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ready := make(chan *reading)
	spare := make(chan *reading, 2*maxWorkers)
	for range cap(spare) {
		spare <- &reading{unpacker: unpacker{sealer: t.sealer}}
	}
	var opening error
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(ready)
		opening = parallel(ctx, len(blocks), func() func(int) error {
			return func(i int) error {
				r := <-spare
				r.block = &blocks[i]
				var err error
				if r.rows, err = r.unpacker.rows(r.block, r.rows[:0]); err != nil {
					return err
				}
				select {
				case ready <- r:
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		})
	})
	for r := range ready {
		visit(r.block, r.rows)
		spare <- r
	}
	wg.Wait()
	return opening
}
