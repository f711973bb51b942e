package storage

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"coffer/internal/secret"
	"coffer/ledger"
)

// fuzzRecord gives a decoder any bytes. What it accepts must be what it writes
// back and reads again.
func fuzzRecord[T any](f *testing.F, sample T, encode func(T) []byte, decode func([]byte) (T, error)) {
	f.Add(encode(sample))
	f.Add([]byte{})
	f.Add([]byte{1})
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := decode(data)
		if err != nil {
			if !errors.Is(err, errMalformed) {
				t.Fatalf("decode: %v, want errMalformed", err)
			}
			return
		}
		again, err := decode(encode(got))
		if err != nil || !reflect.DeepEqual(again, got) {
			t.Fatalf("read again: %+v, %v, want %+v", again, err, got)
		}
	})
}

func FuzzItem(f *testing.F)    { fuzzRecord(f, sampleItem, encodeItem, decodeItem) }
func FuzzAccount(f *testing.F) { fuzzRecord(f, sampleAccount, encodeAccount, decodeAccount) }
func FuzzOverlay(f *testing.F) { fuzzRecord(f, sampleOverlay, encodeOverlay, decodeOverlay) }
func FuzzEntry(f *testing.F)   { fuzzRecord(f, sampleEntry, encodeEntry, decodeEntry) }
func FuzzBalances(f *testing.F) {
	fuzzRecord(f, sampleBalances, encodeBalances, decodeBalances)
}
func FuzzCredentials(f *testing.F) {
	fuzzRecord(f, sampleCredentials, encodeCredentials, decodeCredentials)
}
func FuzzText(f *testing.F) { fuzzRecord(f, "text", encodeText, decodeText) }

func FuzzSeal(f *testing.F) {
	fuzzRecord(f, sampleSeal, func(s seal) []byte { return s.encode() }, decodeSeal)
}

func FuzzIndex(f *testing.F) {
	f.Add(encodeIndex(blockID{"item", "account", sampleDate.Month()}, []ledger.Transaction{sampleTransaction}))
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := decodeIndex(data)
		if err == nil && x.rows()*markSize != len(x.marks) {
			t.Fatalf("%d rows of %d bytes", x.rows(), len(x.marks))
		}
	})
}

func FuzzRows(f *testing.F) {
	f.Add(encodeRows(sampleDate.Month(), []ledger.Transaction{sampleTransaction, {ID: "2", Name: "same", Original: "same"}}))
	f.Add(encodeRows(sampleDate.Month(), nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := readRows("account", data)
		if err != nil {
			return
		}
		month := sampleDate.Month()
		if again := mustRows(t, "account", encodeRows(month, rows)); !slices.Equal(again, rows) {
			t.Fatalf("read again: %+v, want %+v", again, rows)
		}
	})
}

func FuzzPacked(f *testing.F) {
	zip, err := newPacker()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(zip.pack([]byte("columns columns columns")))
	f.Add(zip.pack(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		plain, err := zip.unpack(nil, data)
		if err != nil {
			return
		}
		again, err := zip.unpack(nil, zip.pack(plain))
		if err != nil || !bytes.Equal(again, plain) {
			t.Fatalf("unpacked again: %x, %v, want %x", again, err, plain)
		}
	})
}

func FuzzHeader(f *testing.F) {
	h := header{Version: formatVersion, VaultID: make([]byte, 16)}
	v := Vault{o: Options{KDF: LightKDF(), Random: bytes.NewReader(make([]byte, 1000)), Now: time.Now}}
	for _, u := range []Unlocker{Passphrase(secret.New("correct horse battery")), Keyring(secret.Key{})} {
		s, err := v.newSlot(&h, u, make([]byte, keySize))
		if err != nil {
			f.Fatal(err)
		}
		h.Slots = append(h.Slots, s)
	}
	good, err := h.encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := decodeHeader(data)
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) {
				t.Fatalf("decode: %v, want ErrDamaged or ErrNewer", err)
			}
			return
		}
		again, err := h.encode()
		if err != nil {
			t.Fatal(err)
		}
		if h2, err := decodeHeader(again); err != nil || !reflect.DeepEqual(h2, h) {
			t.Fatalf("read again: %+v, %v, want %+v", h2, err, h)
		}
	})
}

// FuzzPages gives the page check a vault with any bytes of it written over: it
// must come to an end, without a panic, and know no other outcome than good,
// foreign and damaged.
func FuzzPages(f *testing.F) {
	good := smallVault(f)
	f.Add(uint32(0), []byte{})
	for page := range 4 {
		f.Add(uint32(page*vaultPageSize), good[page*vaultPageSize:][:64])
	}
	f.Add(uint32(2*vaultPageSize+12), []byte{0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, at uint32, patch []byte) {
		data := bytes.Clone(good)
		copy(data[int(at)%len(data):], patch)
		p, err := findPages(bytes.NewReader(data), int64(len(data)))
		if err == nil {
			err = p.check(true)
		}
		if err != nil && !errors.Is(err, ErrForeign) && !errors.Is(err, ErrDamaged) {
			t.Fatalf("check: %v, want ErrForeign or ErrDamaged", err)
		}
	})
}

// FuzzWreck salvages a vault with any bytes of it written over. It must come to an
// end, and find no value that was not there.
func FuzzWreck(f *testing.F) {
	s, good := vaultAndSealer(f)
	head := readWreck(bytes.NewReader(good), int64(len(good)))
	h, err := headersOf(head, nil)
	if err != nil || len(h) != 1 {
		f.Fatalf("%d headers, %v", len(h), err)
	}
	f.Add(uint32(0), []byte{})
	for page := range 4 {
		f.Add(uint32(page*vaultPageSize), good[page*vaultPageSize:][:64])
		f.Add(uint32(page*vaultPageSize+8), []byte{leafPage, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	}
	f.Fuzz(func(t *testing.T, at uint32, patch []byte) {
		data := bytes.Clone(good)
		copy(data[int(at)%len(data):], patch)
		r := newRecovery(s, h[0])
		r.take(readWreck(bytes.NewReader(data), int64(len(data))))
		r.cause = ErrDamaged
		if err := r.mend(); err != nil {
			t.Fatal(err)
		}
		if found := r.findings(); len(found.Banks) > 1 {
			t.Fatalf("%d banks, there was one", len(found.Banks))
		}
	})
}

// vaultAndSealer returns a vault with a bank, and what opens its values.
func vaultAndSealer(f *testing.F) (*sealer, []byte) {
	f.Helper()
	dir := filepath.Join(f.TempDir(), "home")
	v, err := Create(f.Context(), dir, Identity(secret.Key{}), Options{})
	if err != nil {
		f.Fatal(err)
	}
	row := sampleTransaction
	row.ID = "row"
	err = errors.Join(
		v.AddItem(f.Context(), ledger.Item{ID: "bank"}, secret.New("access")),
		v.Edit(f.Context(), ledger.Edits{"row": {Category: "x"}}),
	)
	if err != nil {
		f.Fatal(err)
	}
	if _, err := v.Apply(f.Context(), ledger.Delta{Item: "bank", Next: "c", Upserts: []ledger.Transaction{row}}); err != nil {
		f.Fatal(err)
	}
	s, err := v.keys.sealer(v.zip, v.o.Random)
	if err != nil {
		f.Fatal(err)
	}
	data, err := os.ReadFile(v.file())
	if err != nil {
		f.Fatal(err)
	}
	return s, data
}

// FuzzOpen opens a vault with any bytes of it written over, and writes to it. Go
// fuzzes in processes of their own: one that a damaged page kills is a finding.
func FuzzOpen(f *testing.F) {
	_, good := vaultAndSealer(f)
	dir := filepath.Join(f.TempDir(), "home")
	if err := os.Mkdir(dir, 0o700); err != nil {
		f.Fatal(err)
	}
	for page := range 4 {
		f.Add(uint32(page*vaultPageSize), good[page*vaultPageSize:][:64])
	}
	f.Fuzz(func(t *testing.T, at uint32, patch []byte) {
		data := bytes.Clone(good)
		copy(data[int(at)%len(data):], patch)
		if err := os.WriteFile(filepath.Join(dir, vaultFile), data, 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := Open(t.Context(), dir, Identity(secret.Key{}), Options{})
		if err == nil {
			err = errors.Join(v.Edit(t.Context(), ledger.Edits{"row": {Category: "y"}}), v.Close())
		}
		known := false
		for _, want := range []error{nil, ErrDamaged, ErrForeign, ErrWrongKey, ErrIdentityKey, ErrNewer, ErrReplaced} {
			known = known || errors.Is(err, want)
		}
		if !known {
			t.Fatalf("open: %v, want an error of the package", err)
		}
	})
}

// A name that is taken for a copy's is one that copyName writes.
func FuzzCopyName(f *testing.F) {
	f.Add("vault-20261126T120000Z-daily.db")
	f.Add("vault-.db")
	f.Fuzz(func(t *testing.T, name string) {
		if c, ok := parseCopy(name); ok && copyName(c.Made, c.Reason) != name {
			t.Fatalf("%q is read as %+v, which is called %q", name, c, copyName(c.Made, c.Reason))
		}
	})
}

// smallVault returns the bytes of a vault.
func smallVault(f *testing.F) []byte {
	f.Helper()
	dir := filepath.Join(f.TempDir(), "home")
	o := Options{KDF: LightKDF()}
	v, err := Create(f.Context(), dir, Passphrase(secret.New("correct horse battery")), o)
	if err != nil {
		f.Fatal(err)
	}
	defer v.Close()
	data, err := os.ReadFile(filepath.Join(dir, vaultFile))
	if err != nil {
		f.Fatal(err)
	}
	return data
}
