package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"coffer/ledger"
)

// Findings are what there is in a vault's file, whatever happened to it, by what a
// person knows.
type Findings struct {
	// Cause is why the vault does not open, nil if it does and nothing is damaged.
	Cause error
	// Revision is that of the last commit that can be told.
	Revision uint64
	// Counted says that the vault's own count of its values is there: what is
	// lost is known exactly. Without it there may be more.
	Counted bool
	Parts   []Part
	Banks   []Bank
	// Months are those of which it is known that their transactions are lost.
	Months []LostMonth
	// Again says that the next sync has to fetch the banks' whole history, since
	// transactions may be missing.
	Again bool
}

// A Part is one kind of thing in a vault, and what became of it.
type Part struct {
	Name string // as in "access tokens"
	// Kept are in their place. Mended were elsewhere in the file or in a copy, or
	// are told by other things: they may be as they were some time ago. Lost are
	// not to be had.
	Kept, Mended, Lost int
}

// A Bank is what is left of one bank.
type Bank struct {
	Name     string // its id if the name is lost
	Token    bool   // without it the bank must be linked again
	Accounts int
	Months   int // of accounts with transactions
	Rows     int
}

// A LostMonth is a month of an account whose transactions are lost.
type LostMonth struct {
	Bank, Account string
	Month         ledger.Month
}

// Examine reads a vault that may be damaged, and says what can be saved by
// [Salvage]. It changes nothing. The errors are ErrWrongKey, ErrNewer, ErrNoVault,
// ErrPermissions, ErrInUse, and ErrDamaged or ErrForeign when nothing at all can
// be read.
func Examine(ctx context.Context, dir string, u Unlocker, o Options) (Findings, error) {
	v := &Vault{dir: dir, o: o.withDefaults()}
	found, err := v.examine(ctx, u)
	return found, wrap("examine vault", err)
}

func (v *Vault) examine(ctx context.Context, u Unlocker) (Findings, error) {
	if err := checkDir(v.dir); err != nil {
		return Findings{}, err
	}
	release, err := acquire(ctx, filepath.Join(v.dir, lockFile), false, v.o.Wait)
	if err != nil {
		return Findings{}, err
	}
	defer release()
	defer func() { _ = v.Close() }()
	r, err := v.recover(ctx, u)
	if err != nil {
		return Findings{}, err
	}
	return r.findings(), nil
}

// recover reads the file and makes of it what can be made. The lock is held. The
// Vault has the keys then.
func (v *Vault) recover(ctx context.Context, u Unlocker) (*recovery, error) {
	if err := checkFile(v.file()); err != nil {
		return nil, err
	}
	w, err := openWreck(v.file())
	if err != nil {
		return nil, err
	}
	copies, err := Copies(v.dir, v.o.Now())
	if err != nil {
		return nil, err
	}
	r, err := v.decipher(w, copies, u)
	if err != nil {
		return nil, err
	}
	if r.cause = verifyFile(ctx, r.sealer, v.file()); r.cause == nil {
		r.cause = r.undecoded()
	}
	if r.cause == nil || ctx.Err() != nil {
		return r, ctx.Err()
	}
	for _, c := range copies {
		if other, err := openWreck(c.Path); err == nil {
			r.takeCopy(other)
		}
	}
	r.prove()
	return r, r.mend()
}

// decipher finds a header that u opens and that belongs to what is in the file: its
// own, else one of a page that nothing leads to, else that of a copy.
func (v *Vault) decipher(w *wreck, copies []Copy, u Unlocker) (*recovery, error) {
	headers, err := headersOf(w, copies)
	if err != nil {
		return nil, err
	}
	refused := error(nil)
	for _, h := range headers {
		if err := v.unlock(h, u); err != nil {
			refused = err
			continue
		}
		s, err := v.keys.sealer(v.zip, v.o.Random)
		if err != nil {
			return nil, err
		}
		r := newRecovery(s, h)
		r.take(w)
		if r.any() {
			return r, nil
		}
		_ = v.Close()
	}
	if refused != nil && !errors.Is(refused, ErrDamaged) {
		return nil, refused
	}
	return nil, fmt.Errorf("nothing in the file can be read: %w", ErrDamaged)
}

// headersOf lists the headers there are. The file's own is the only one if it is
// good: a wrong passphrase is then a wrong passphrase.
func headersOf(w *wreck, copies []Copy) ([]*header, error) {
	var headers []*header
	for _, x := range w.relics {
		if string(x.key) != keyHeader {
			continue
		}
		h, err := decodeHeader(x.value)
		switch {
		case errors.Is(err, ErrNewer):
			return nil, err
		case err == nil && x.origin == inPlace:
			return []*header{h}, nil
		case err == nil:
			headers = append(headers, h)
		}
	}
	for _, c := range copies {
		if h, err := readCopyHeader(c.Path); err == nil {
			headers = append(headers, h)
		}
	}
	return headers, nil
}

// findings tells what was found.
func (r *recovery) findings() Findings {
	f := Findings{Cause: r.cause, Revision: r.epoch, Counted: r.seal != nil, Banks: r.banks(), Months: r.lostMonths()}
	f.Again = r.cause != nil && r.mustAgain()
	for _, b := range r.buckets() {
		if b != bucketCursors { // nobody knows those: Again says it
			f.Parts = append(f.Parts, r.part(b))
		}
	}
	return f
}

func (r *recovery) part(bucket string) Part {
	p := Part{Name: bucketTitle(bucket)}
	for _, x := range r.kept[bucket] {
		switch x.origin {
		case inPlace:
			p.Kept++
		case blank:
		default:
			p.Mended++
		}
	}
	there := p.Kept + len(r.spoiled[bucket])
	if r.seal != nil {
		there = int(r.tally(bucket).count)
	}
	p.Lost = max(0, there-p.Kept-p.Mended)
	return p
}

// banks tells what is left of each bank.
func (r *recovery) banks() []Bank {
	banks := make(map[ledger.ItemID]*Bank)
	for id := range r.knownItems() {
		b := &Bank{Name: string(id)}
		if i, _ := decodeItem(r.plain(bucketItems, r.nameOf(bucketItems, string(id)))); i.Name != "" {
			b.Name = i.Name
		}
		token, _ := decodeText(r.plain(bucketTokens, r.nameOf(bucketTokens, string(id))))
		b.Token = token != ""
		banks[id] = b
	}
	for key := range r.kept[bucketAccounts] {
		a, _ := decodeAccount(r.plain(bucketAccounts, []byte(key)))
		banks[a.Item].Accounts++
	}
	for _, x := range r.kept[bucketFacts] {
		banks[x.index.id.item].Months++
		banks[x.index.id.item].Rows += x.index.rows()
	}
	list := make([]Bank, 0, len(banks))
	for _, b := range banks {
		list = append(list, *b)
	}
	slices.SortFunc(list, func(a, b Bank) int { return cmp.Compare(a.Name, b.Name) })
	return list
}
