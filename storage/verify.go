package storage

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	bolt "go.etcd.io/bbolt"
)

// maxWorkers bounds how many goroutines decrypt at once.
const maxWorkers = 4

func workers() int { return min(runtime.GOMAXPROCS(0), maxWorkers) }

// verify opens every value of the file and holds all of it against the seal.
func (t *sealedTx) verify(ctx context.Context) error {
	if err := t.tx.ForEach(t.knownBucket); err != nil {
		return err
	}
	for _, bucket := range t.buckets {
		if bucket == bucketFacts {
			continue
		}
		if err := t.each(bucket, func(_, _ []byte) error { return ctx.Err() }); err != nil {
			return err
		}
	}
	blocks, err := t.blocks()
	if err != nil {
		return err
	}
	return parallel(ctx, len(blocks), func() func(int) error {
		var buf []byte
		return func(i int) error {
			head, body, err := splitBlock(blocks[i].value)
			if err != nil {
				return err
			}
			buf, err = t.open(buf, bucketFacts, blocks[i].key, body, head)
			return err
		}
	})
}

func (t *sealedTx) knownBucket(name []byte, _ *bolt.Bucket) error {
	if string(name) != bucketHeader && !slices.Contains(t.buckets, string(name)) {
		return fmt.Errorf("there is something else in the file: %w", ErrDamaged)
	}
	return nil
}

// parallel runs work for 0 to n-1 on a few goroutines. Each has a worker of its
// own, with its own buffers and its own guard against faults. It returns when
// all have ended, with the first errors.
func parallel(ctx context.Context, n int, worker func() func(int) error) error {
	var next atomic.Int64
	var failed atomic.Bool
	errs := make([]error, workers())
	var wg sync.WaitGroup
	for w := range errs {
		wg.Go(func() {
			work := worker()
			errs[w] = guard(func() error {
				for i := int(next.Add(1)) - 1; i < n && !failed.Load(); i = int(next.Add(1)) - 1 {
					if err := errors.Join(ctx.Err(), work(i)); err != nil {
						return err
					}
				}
				return nil
			})
			if errs[w] != nil {
				failed.Store(true)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
