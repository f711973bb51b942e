package storage

import (
	"slices"

	"coffer/ledger"
)

// A recovery tells the values of a wreck apart: what belongs to the vault, what is
// an older value of it, and what is nothing.
type recovery struct {
	*sealer
	blocks unpacker

	header *header
	cause  error // why the vault does not open
	seal   *seal // nil: lost
	epoch  uint64

	kept    map[string]map[string]relic // by bucket and key
	whole   map[string]bool             // buckets of which the seal says that all is there
	spoiled map[string][]relic          // what the tree leads to and does not open
	months  []blockID                   // of spoiled blocks whose index opens
}

func newRecovery(s *sealer, h *header) *recovery {
	r := &recovery{
		sealer: s, blocks: unpacker{sealer: s}, header: h,
		kept:    make(map[string]map[string]relic),
		whole:   make(map[string]bool),
		spoiled: make(map[string][]relic),
	}
	for _, b := range sealedBuckets {
		r.kept[b] = make(map[string]relic)
	}
	return r
}

// buckets lists those of the vault's format.
func (r *recovery) buckets() []string { return bucketsOf(r.header.Version) }

// take goes through what the file's own tree leads to, and holds it against the
// seal. What is missing then is looked for in the other pages.
func (r *recovery) take(w *wreck) {
	for _, x := range w.relics {
		if x.origin == inPlace {
			r.place(x)
		}
	}
	r.prove()
	for _, x := range w.relics {
		if x.origin == inPages {
			r.place(x)
		}
	}
}

// takeCopy looks in a copy for what is missing.
func (r *recovery) takeCopy(w *wreck) {
	for _, x := range w.relics {
		if x.origin == inPlace {
			x.origin = inCopy
			x.key, x.value = slices.Clone(x.key), slices.Clone(x.value) // the rest can go
			r.place(x)
		}
	}
}

// prove finds out which buckets have all that the seal says, and nothing older:
// from wherever it came, it is what was there.
func (r *recovery) prove() {
	for _, b := range r.buckets() {
		r.whole[b] = r.complete(b)
	}
}

// any reports whether anything was found.
func (r *recovery) any() bool {
	if r.seal != nil {
		return true
	}
	for _, values := range r.kept {
		if len(values) > 0 {
			return true
		}
	}
	return false
}

// place keeps a value in the bucket in which it opens.
func (r *recovery) place(x relic) {
	if string(x.key) == keySeal {
		r.readSeal(x)
		return
	}
	buckets := slices.Clone(r.buckets())
	if i := slices.Index(buckets, x.bucket); i > 0 {
		buckets[0], buckets[i] = buckets[i], buckets[0]
	}
	for _, b := range buckets {
		if x.origin != inPlace && r.whole[b] {
			continue // what is not in it now was deleted
		}
		if weight, ok := r.weigh(b, &x); ok {
			x.bucket = b
			r.keep(x, weight)
			return
		}
	}
	if x.origin == inPlace && slices.Contains(buckets, x.bucket) {
		r.spoiled[x.bucket] = append(r.spoiled[x.bucket], x)
	}
}

// keep keeps a value unless there is one that the tree leads to, or that tells as
// much. What lies about in the pages may be older than what a copy has.
func (r *recovery) keep(x relic, weight int64) {
	old, there := r.kept[x.bucket][string(x.key)]
	if there && old.origin == inPlace && x.origin != inPlace {
		return
	}
	if there && (old.origin == inPlace) == (x.origin == inPlace) {
		if w, _ := r.weigh(x.bucket, &old); w >= weight {
			return
		}
	}
	r.kept[x.bucket][string(x.key)] = x
}

// weigh opens a value and reads it. The weight is the greater the newer the value
// must be among those of one key.
func (r *recovery) weigh(bucket string, x *relic) (weight int64, ok bool) {
	if bucket == bucketFacts {
		return r.weighBlock(x)
	}
	plain, err := r.open(nil, bucket, x.key, x.value, nil)
	if err != nil {
		return 0, false
	}
	defer clear(plain)
	switch bucket {
	case bucketItems:
		var i ledger.Item
		i, err = decodeItem(plain)
		weight = i.LastSync.Unix()
	case bucketAccounts:
		var a ledger.Account
		a, err = decodeAccount(plain)
		weight = a.Balance.AsOf.Unix()
	case bucketBalances:
		var m balanceMonth
		m, err = decodeBalances(plain)
		weight = int64(len(m.days))
	case bucketHoldings, bucketLiabilities, bucketTrades, bucketStreams:
		var told ledger.Told
		told, err = toldBy(bucket, plain)
		weight = told.At.Unix()
	case bucketTokens, bucketCursors:
		_, err = decodeText(plain)
	case bucketEdits:
		_, err = decodeOverlay(plain)
	case bucketJournal:
		_, err = decodeEntry(plain)
	}
	return weight, err == nil
}

func (r *recovery) weighBlock(x *relic) (int64, bool) {
	var err error
	if x.index, err = r.openIndex(x.key, x.value); err != nil {
		return 0, false
	}
	if _, err := r.read(x); err != nil {
		if x.origin == inPlace {
			r.months = append(r.months, x.index.id)
		}
		return 0, false
	}
	return int64(x.index.rows()), true
}

// read returns the rows of a block.
func (r *recovery) read(x *relic) ([]ledger.Transaction, error) {
	return r.blocks.rows(&storedBlock{x.index, x.key, x.value}, nil)
}

// readSeal keeps the seal, if it is the one of the file's last commit.
func (r *recovery) readSeal(x relic) {
	plain, err := r.open(nil, bucketHeader, x.key, x.value, nil)
	if err != nil {
		return
	}
	s, err := decodeSeal(plain)
	if err != nil {
		return
	}
	r.epoch = max(r.epoch, s.epoch)
	if x.origin == inPlace && len(s.tallies) == len(r.buckets()) {
		r.seal = &s
	}
}

// complete reports whether a bucket has what the seal says, no more and no less.
func (r *recovery) complete(bucket string) bool {
	if r.seal == nil {
		return false
	}
	var have tally
	for _, x := range r.kept[bucket] {
		have.put(r.sumOf(bucket, x.key, x.value))
	}
	return have == r.tally(bucket)
}

func (r *recovery) tally(bucket string) tally {
	return r.seal.tallies[slices.Index(r.buckets(), bucket)]
}

// undecoded says which bucket has values that authenticate and cannot be read.
func (r *recovery) undecoded() error {
	for _, b := range r.buckets() {
		if !r.whole[b] {
			return malformed(b, errMalformed)
		}
	}
	return nil
}
