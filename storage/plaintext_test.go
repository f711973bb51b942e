package storage_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	bolt "go.etcd.io/bbolt"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/storage"
)

// planted are texts that a bank, Plaid or the user put into a vault.
var planted = []string{
	"Planted Institution", "ins_planted_77", "item-planted-id", "access-planted-token",
	"cursor-planted-value", "client-planted-id", "planted-client-secret", "account-planted-id",
	"Planted Checking", "Planted Official Name", "9876501234", "planted-subtype",
	"txn-planted-id", "txn-planted-pending", "PLANTED MERCHANT LLC", "Planted Merchant",
	"PLANTED STATEMENT LINE", "23631.9805", "FOOD_AND_DRINK_PLANTED", "Plantedville",
	"check-planted-55", "Planted Category", "PLANTED_ERROR_CODE", "planted-environment", "PLC",
	"1234567.89", "123456789", goodPassphrase, "Planted Security", "PLANTEDTICKER", "planted_apr", "Planted Trade", "Planted Landlord",
}

// plant makes a vault in which each of planted is somewhere, and rewrites some
// of it, so that free pages hold it too.
func plant(t *testing.T) (dir string) {
	t.Helper()
	v, dir := newVault(t)
	ctx := t.Context()
	mustDo(t, v.SetCredentials(ctx, storage.Credentials{
		ClientID: "client-planted-id", Secret: secret.New("planted-client-secret"), Environment: "planted-environment",
	}))
	item := ledger.Item{
		ID: "item-planted-id", Institution: "ins_planted_77", Name: "Planted Institution",
		Environment: "planted-environment", State: ledger.ItemLoginRequired, Code: "PLANTED_ERROR_CODE",
	}
	mustDo(t, v.AddItem(ctx, item, secret.New("access-planted-token")))
	amount := ledger.NewAmount(123456789, ledger.ISO("PLC"))
	account := ledger.Account{
		ID: "account-planted-id", Item: item.ID, Name: "Planted Checking", OfficialName: "Planted Official Name",
		Mask: "9876501234", Subtype: "planted-subtype", Currency: ledger.ISO("PLC"),
		Balance: ledger.Balance{Current: amount},
	}
	tx := ledger.Transaction{
		ID: "txn-planted-id", Account: account.ID, PendingID: "txn-planted-pending", Date: ledger.NewDate(2026, 5, 5),
		Amount: amount, RawAmount: "23631.9805", Category: "FOOD_AND_DRINK_PLANTED", Name: "PLANTED MERCHANT LLC",
		Merchant: "Planted Merchant", Original: "PLANTED STATEMENT LINE", City: "Plantedville", Check: "check-planted-55",
	}
	for i, cursor := range []string{"", "cursor-planted-value"} {
		tx.Pending = i == 0 // the block is sealed twice
		apply(t, v, ledger.Delta{
			Item: item.ID, From: cursor, Next: "cursor-planted-value",
			Accounts: []ledger.Account{account}, Upserts: []ledger.Transaction{tx},
		})
		edit(t, v, ledger.Edits{tx.ID: {Category: ledger.Category(fmt.Sprint("Planted Category ", i))}})
	}
	for range 2 { // each record is sealed twice
		told := ledger.Told{Item: item.ID}
		mustDo(t, v.SaveHoldings(ctx, ledger.Holdings{Told: told, List: []ledger.Holding{{Account: account.ID, Security: "Planted Security", Ticker: "PLANTEDTICKER"}}}))
		mustDo(t, v.SaveLiabilities(ctx, ledger.Liabilities{Told: told, List: []ledger.Liability{{Account: account.ID, Rates: []ledger.Rate{{Kind: "planted_apr"}}}}}))
		mustDo(t, v.SaveTrades(ctx, ledger.Trades{Told: told, List: []ledger.Trade{{Account: account.ID, Name: "Planted Trade"}}}))
		mustDo(t, v.SaveStreams(ctx, ledger.Streams{Told: told, List: []ledger.Stream{{Account: account.ID, Merchant: "Planted Landlord"}}}))
	}
	return dir
}

// disguises are the forms in which a text may lie in a file.
func disguises(text string) [][]byte {
	var little, big []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		little = binary.LittleEndian.AppendUint16(little, unit)
		big = binary.BigEndian.AppendUint16(big, unit)
	}
	forms := [][]byte{
		[]byte(text), little, big,
		[]byte(hex.EncodeToString([]byte(text))), []byte(strings.ToUpper(hex.EncodeToString([]byte(text)))),
	}
	// In base64 a text looks different at each of three places; what depends on
	// its neighbours is cut off.
	for shift := range 3 {
		shifted := append(make([]byte, shift), text...)
		shifted = shifted[:len(shifted)/3*3]
		forms = append(forms,
			[]byte(base64.StdEncoding.EncodeToString(shifted))[(shift*8+5)/6:],
			[]byte(base64.URLEncoding.EncodeToString(shifted))[(shift*8+5)/6:])
	}
	return forms
}

// findPlanted lists which planted texts occur in data.
func findPlanted(data []byte) []string {
	var found []string
	for _, text := range planted {
		for _, form := range disguises(text) {
			// Three bytes are somewhere in any megabyte.
			if len(form) >= 6 && bytes.Contains(data, form) {
				found = append(found, text)
				break
			}
		}
	}
	return found
}

func TestNothingReadableIsInAnyFileOfTheVault(t *testing.T) {
	dir := plant(t)
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	mustDo(t, err)
	for _, path := range files {
		if found := findPlanted(mustRead(t, path)); len(found) > 0 {
			t.Errorf("%s has %q", filepath.Base(path), found)
		}
		if found := findPlanted([]byte(path)); len(found) > 0 {
			t.Errorf("the name %s has %q", path, found)
		}
	}
	if len(files) < 2 {
		t.Errorf("files %v, want the vault and its lock at least", files)
	}
}

// The search that finds nothing in a vault finds each text where it is.
func TestSearchForReadableTextFindsEachDisguise(t *testing.T) {
	noise := bytes.Repeat([]byte{0xa5, 0x5a, 0x33}, 1000)
	for _, text := range planted {
		raw := append(bytes.Clone(noise), text...)
		for i, data := range [][]byte{
			raw,
			[]byte(hex.EncodeToString(raw)),
			[]byte(base64.StdEncoding.EncodeToString(raw)),
			[]byte(base64.StdEncoding.EncodeToString(raw[1:])),
			[]byte(base64.RawURLEncoding.EncodeToString(raw[2:])),
			disguises(text)[1], disguises(text)[2],
		} {
			if found := findPlanted(data); len(text) >= 10 && len(found) == 0 {
				t.Errorf("%q in form %d is not found", text, i)
			}
		}
	}
}

func TestRemovedBankIsGoneFromFreePagesToo(t *testing.T) {
	v, dir := newVault(t)
	addBank(t, v, "leaving")
	for k := range 5 {
		d := syncNumber(k)
		apply(t, v, d)
		d.Item = "leaving"
		for i := range d.Upserts {
			d.Upserts[i].ID += "-leaving"
		}
		d.Removed = nil
		apply(t, v, d)
		edit(t, v, ledger.Edits{d.Upserts[0].ID: {Category: ledger.Category(fmt.Sprint("c", k))}})
	}
	mustDo(t, someTellings("leaving").save(t.Context(), v))
	before := sealedValues(t, dir)
	mustDo(t, v.RemoveItem(t.Context(), "leaving"))
	after := sealedValues(t, dir)
	data := mustRead(t, vaultPath(dir))
	var gone int
	for key, value := range before {
		if bytes.Equal(after[key], value) {
			continue
		}
		gone++
		// Some 64 bytes of what was sealed stand for all of it: pages are cut
		// somewhere, values of more than a page in several places.
		for at := 0; at+64 <= len(value); at += 64 {
			if bytes.Contains(data, value[at:at+64]) {
				t.Fatalf("of a value in bucket %q byte %d and on is still in the file", key[:1], at)
			}
		}
	}
	if gone < 14 {
		t.Errorf("%d values went with the bank, want its item, token, cursor, blocks, what it told besides, edits and journal", gone)
	}
	if _, err := v.AccessToken(t.Context(), "leaving"); err == nil {
		t.Error("the access token of the removed bank is still there")
	}
}

// sealedValues are all values in a vault's file by bucket and key, but for
// header and seal.
func sealedValues(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	values := make(map[string][]byte)
	db, err := bolt.Open(vaultPath(dir), 0o600, &bolt.Options{ReadOnly: true})
	mustDo(t, err)
	mustDo(t, db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			if string(name) == "h" {
				return nil
			}
			return b.ForEach(func(k, v []byte) error {
				values[string(name)+string(k)] = bytes.Clone(v)
				return nil
			})
		})
	}))
	mustDo(t, db.Close())
	return values
}

func TestSmallRecordsAreAllOfOneLength(t *testing.T) {
	dir := plant(t)
	for key, value := range sealedValues(t, dir) {
		// 24 bytes of nonce, 16 of tag, and a padded text of 128 or 256.
		if bucket := key[:1]; bucket != "f" && len(value) != 40+128 && len(value) != 40+256 {
			t.Errorf("a value of bucket %s has %d bytes", bucket, len(value))
		}
	}
}
