//go:build unix

package storage_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

// testKey is the nth key of a test.
func testKey(t testing.TB, n byte) secret.Key {
	t.Helper()
	k, err := secret.NewKey(bytes.NewReader(bytes.Repeat([]byte{n}, secret.KeySize)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func opensWith(t testing.TB, dir string, u storage.Unlocker) error {
	t.Helper()
	v, err := storage.Open(t.Context(), dir, u, testOptions())
	if err != nil {
		return err
	}
	closeVault(t, v)
	return nil
}

func describe(t testing.TB, dir string) storage.Description {
	t.Helper()
	d, err := storage.Describe(t.Context(), dir, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func kinds(d storage.Description) []storage.UnlockKind {
	var kinds []storage.UnlockKind
	for _, s := range d.Slots {
		kinds = append(kinds, s.Kind)
	}
	return kinds
}

// Each way opens the vault by itself, and none stands in for another: the same
// key from a file is not the key from the keyring.
func TestEachUnlockerOpensByItself(t *testing.T) {
	v, dir := newVault(t)
	fromRing, fromFile := storage.Keyring(testKey(t, 1)), storage.Identity(testKey(t, 2))
	for _, u := range []storage.Unlocker{fromRing, fromFile} {
		if _, err := v.AddUnlocker(t.Context(), unlocker(), u); err != nil {
			t.Fatal(err)
		}
	}
	want := []storage.UnlockKind{storage.ByPassphrase, storage.ByKeyring, storage.ByIdentity}
	if got := kinds(describe(t, dir)); !slices.Equal(got, want) {
		t.Errorf("the vault opens by %v, want %v", got, want)
	}
	for _, tt := range []struct {
		name string
		u    storage.Unlocker
		want error
	}{
		{"passphrase", unlocker(), nil},
		{"keyring", fromRing, nil},
		{"identity", fromFile, nil},
		{"wrong passphrase", storage.Passphrase(secret.New("wrong horse battery")), storage.ErrWrongKey},
		{"wrong keyring", storage.Keyring(testKey(t, 3)), storage.ErrKeyringKey},
		{"wrong identity", storage.Identity(testKey(t, 3)), storage.ErrIdentityKey},
		{"the file's key as the keyring's", storage.Keyring(testKey(t, 2)), storage.ErrKeyringKey},
		{"the keyring's key as a file's", storage.Identity(testKey(t, 1)), storage.ErrIdentityKey},
	} {
		err := opensWith(t, dir, tt.u)
		if !errors.Is(err, tt.want) || tt.want != nil && !errors.Is(err, storage.ErrWrongKey) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
	}
}

func TestUnlockerIsAddedOnlyByWhoOpensTheVault(t *testing.T) {
	v, dir := newVault(t)
	before := snapshot(t, dir)
	_, err := v.AddUnlocker(t.Context(), storage.Passphrase(secret.New("wrong horse battery")), storage.Keyring(testKey(t, 1)))
	if !errors.Is(err, storage.ErrWrongKey) {
		t.Errorf("with a wrong passphrase: got %v, want ErrWrongKey", err)
	}
	_, err = v.AddUnlocker(t.Context(), unlocker(), storage.Passphrase(secret.New("short")))
	if !errors.Is(err, storage.ErrShortPassphrase) {
		t.Errorf("a short passphrase: got %v, want ErrShortPassphrase", err)
	}
	if snapshot(t, dir) != before {
		t.Error("the vault changed")
	}
}

func TestVaultKeepsAnUnlockerThatOutlivesTheMachine(t *testing.T) {
	v, dir := newVault(t)
	ring, err := v.AddUnlocker(t.Context(), unlocker(), storage.Keyring(testKey(t, 1)))
	if err != nil {
		t.Fatal(err)
	}
	passphrase := describe(t, dir).Slots[0]
	if err := v.RemoveUnlocker(t.Context(), passphrase.ID); !errors.Is(err, storage.ErrLastUnlocker) {
		t.Errorf("the passphrase: got %v, want ErrLastUnlocker", err)
	}
	if err := v.RemoveUnlocker(t.Context(), "00"); !errors.Is(err, storage.ErrNoUnlocker) {
		t.Errorf("no such slot: got %v, want ErrNoUnlocker", err)
	}
	slot := slotBytes(t, dir, ring.ID)
	mustDo(t, v.RemoveUnlocker(t.Context(), ring.ID))
	if err := opensWith(t, dir, storage.Keyring(testKey(t, 1))); !errors.Is(err, storage.ErrKeyringKey) {
		t.Errorf("the removed key: got %v, want ErrKeyringKey", err)
	}
	if bytes.Contains(mustRead(t, vaultPath(dir)), slot) {
		t.Error("the removed slot is still in the file")
	}
	if _, err := v.AddUnlocker(t.Context(), unlocker(), storage.Identity(testKey(t, 2))); err != nil {
		t.Fatal(err)
	}
	mustDo(t, v.RemoveUnlocker(t.Context(), passphrase.ID))
	mustDo(t, opensWith(t, dir, storage.Identity(testKey(t, 2))))
}

// slotBytes are bytes that stand in a slot and nowhere else: the text of its id.
func slotBytes(t testing.TB, dir, id string) []byte {
	t.Helper()
	raw, err := hex.DecodeString(id)
	if err != nil {
		t.Fatal(err)
	}
	text := []byte(base64.StdEncoding.EncodeToString(raw))
	if !bytes.Contains(mustRead(t, vaultPath(dir)), text) {
		t.Fatal("the slot is not where the test looks for it")
	}
	return text
}

func TestChangedPassphraseLeavesNothingOfTheOldOne(t *testing.T) {
	v, dir := newVault(t)
	apply(t, v, syncNumber(1))
	slot := slotBytes(t, dir, describe(t, dir).Slots[0].ID)
	next := storage.Passphrase(secret.New("another horse battery"))
	mustDo(t, v.ReplaceUnlocker(t.Context(), unlocker(), next))
	if err := opensWith(t, dir, unlocker()); !errors.Is(err, storage.ErrWrongKey) {
		t.Errorf("the old passphrase: got %v, want ErrWrongKey", err)
	}
	mustDo(t, opensWith(t, dir, next))
	if bytes.Contains(mustRead(t, vaultPath(dir)), slot) {
		t.Error("the old slot is still in the file")
	}
	apply(t, v, syncNumber(2)) // who has it open goes on
	if err := v.ReplaceUnlocker(t.Context(), unlocker(), next); !errors.Is(err, storage.ErrWrongKey) {
		t.Errorf("changing it with the old one: got %v, want ErrWrongKey", err)
	}
}

// full is a vault with something in every bucket, opened by every kind of
// unlocker.
func full(t *testing.T) (v *storage.Vault, dir string, have []storage.Unlocker) {
	v, dir = newVault(t)
	fill(t, v)
	have = []storage.Unlocker{unlocker(), storage.Keyring(testKey(t, 1)), storage.Identity(testKey(t, 2))}
	for _, u := range have[1:] {
		if _, err := v.AddUnlocker(t.Context(), unlocker(), u); err != nil {
			t.Fatal(err)
		}
	}
	return v, dir, have
}

// fill puts something into every bucket of a vault that has the bank "bank".
func fill(t *testing.T, v *storage.Vault) {
	t.Helper()
	addBank(t, v, "other")
	mustDo(t, v.SetCredentials(t.Context(), storage.Credentials{ClientID: "client", Secret: secret.New("plaid secret"), Environment: "sandbox"}))
	for k := range 4 {
		apply(t, v, syncNumber(k))
	}
	apply(t, v, ledger.Delta{Item: "other", Next: "x", Accounts: []ledger.Account{{ID: "a", Item: "other", Name: "A"}}})
	mustDo(t, someTellings("other").save(t.Context(), v))
	edit(t, v, ledger.Edits{syncRow(1, 1, false).ID: {Category: "MINE"}, "gone": {Category: "WAITS"}})
}

// told is all that a vault tells.
type told struct {
	accounts []ledger.Account
	rows     map[ledger.TransactionID]ledger.Transaction
	edits    ledger.Edits
	journal  []storage.JournalEntry
	secrets  []string
	tellings tellings
}

// addresses are what pointers print as.
var addresses = regexp.MustCompile("0x[0-9a-f]+")

func tell(t testing.TB, v *storage.Vault) told {
	t.Helper()
	b := book(t, v)
	x := told{accounts: b.Accounts(), rows: rowsOf(b)}
	var errs [5]error
	x.edits, errs[0] = v.Edits(t.Context())
	x.journal, errs[1] = v.Journal(t.Context())
	c, _, err := v.Credentials(t.Context())
	errs[2] = err
	token, err := v.AccessToken(t.Context(), "other")
	errs[3] = err
	cursor, err := v.Cursor(t.Context(), "bank")
	errs[4] = err
	x.tellings = readTellings(t, v)
	mustDo(t, errors.Join(errs[:]...))
	x.secrets = []string{c.ClientID, c.Secret.Reveal(), c.Environment, token.Reveal(), cursor}
	return x
}

// grown are the fields of a record that came after its first shape, where they say
// nothing: frozen vaults tell nothing of them.
var grown = strings.NewReplacer(" Persistent: Ended:0001-01-01 00:00:00 +0000 UTC", "")

// String lists what is told, in an order that does not change.
func (x told) String() string {
	lines := []string{fmt.Sprint(x.secrets), grown.Replace(fmt.Sprintf("%+v", x.accounts)), fmt.Sprintf("%+v", x.journal)}
	for _, id := range slices.Sorted(maps.Keys(x.rows)) {
		lines = append(lines, fmt.Sprintf("%+v", x.rows[id]))
	}
	for _, id := range slices.Sorted(maps.Keys(x.edits)) {
		lines = append(lines, fmt.Sprintf("%s %+v", id, x.edits[id]))
	}
	if len(x.tellings.holdings) > 0 { // the vaults of formats 1 and 2 have none
		lines = append(lines, addresses.ReplaceAllString(fmt.Sprintf("%+v", x.tellings), "told"))
	}
	return strings.Join(lines, "\n")
}

func TestRotationSealsEverythingAgainAndLosesNothing(t *testing.T) {
	v, dir, have := full(t)
	elsewhere := reopen(t, dir)
	was, before, sealed := tell(t, v), revision(t, v), sealedValues(t, dir)
	mustDo(t, v.Rotate(t.Context(), have...))

	if after := revision(t, v); after <= before {
		t.Errorf("revision: got %d, want more than %d", after, before)
	}
	if got, want := tell(t, v).String(), was.String(); got != want {
		t.Errorf("after the rotation the vault tells\n%s\nwant\n%s", got, want)
	}
	data := mustRead(t, vaultPath(dir))
	for key, value := range sealed {
		if bytes.Contains(data, []byte(key[1:])) && key[0] != 'j' {
			t.Errorf("a name of bucket %q is still in the file", key[:1])
		}
		for at := 0; at+64 <= len(value); at += 64 {
			if bytes.Contains(data, value[at:at+64]) {
				t.Fatalf("of a value in bucket %q byte %d and on is still in the file", key[:1], at)
			}
		}
	}
	for _, u := range have {
		mustDo(t, opensWith(t, dir, u))
	}
	if _, err := elsewhere.Book(t.Context()); !errors.Is(err, storage.ErrRotated) {
		t.Errorf("who had it open elsewhere: got %v, want ErrRotated", err)
	}
	mustDo(t, v.Rotate(t.Context(), have...))
	mustDo(t, opensWith(t, dir, unlocker()))
}

func TestRotationWantsEveryUnlocker(t *testing.T) {
	v, dir, have := full(t)
	before := snapshot(t, dir)
	for missing := range have {
		some := slices.Delete(slices.Clone(have), missing, missing+1)
		if err := v.Rotate(t.Context(), some...); !errors.Is(err, storage.ErrNotGiven) {
			t.Errorf("without unlocker %d: got %v, want ErrNotGiven", missing, err)
		}
	}
	if err := v.Rotate(t.Context(), have[1], have[2], storage.Passphrase(secret.New("wrong horse battery"))); !errors.Is(err, storage.ErrNotGiven) {
		t.Errorf("with a wrong passphrase: got %v, want ErrNotGiven", err)
	}
	if snapshot(t, dir) != before {
		t.Error("the vault changed")
	}
}
