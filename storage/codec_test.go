package storage

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"coffer/internal/secret"
	"coffer/ledger"
)

var (
	sampleDate   = ledger.NewDate(2026, time.May, 17)
	sampleTime   = time.Date(2026, time.May, 17, 8, 30, 1, 999, time.UTC)
	sampleAmount = ledger.NewAmount(-123456, ledger.ISO("USD"))

	// In each of these every field says something.
	sampleItem = ledger.Item{
		ID: "item", Institution: "ins_1", Name: "Bank", Environment: "sandbox", State: ledger.ItemOK, Code: "CODE",
		Since: sampleTime, LinkedAt: sampleTime.Add(1), LastSync: sampleTime.Add(2), ConsentExpires: sampleTime.Add(3),
		HistoryReady: true, Offered: sampleTime.Add(4), Chosen: sampleTime.Add(5), Color: "#0b5ca8",
		Billed: "transactions", Consented: "auth",
	}
	sampleAccount = ledger.Account{
		ID: "account", Item: "item", Name: "Checking", OfficialName: "Official", Mask: "1234",
		Type: ledger.Depository, Subtype: "checking", Currency: ledger.ISO("USD"), Balance: sampleBalance,
		Persistent: "persistent", Ended: sampleTime,
	}
	sampleBalance = ledger.Balance{
		Current: sampleAmount, Available: ledger.NewAmount(7, ledger.Unofficial("BTC")),
		Limit: ledger.NewAmount(8, ledger.ISO("JPY")), AsOf: sampleTime, Live: true,
	}
	sampleTransaction = ledger.Transaction{
		ID: "t1", Account: "account", PendingID: "p1", Pending: true, Date: sampleDate, Authorized: sampleDate.AddDays(-3),
		Amount: sampleAmount, RawAmount: "1234.5600001", Category: "FOOD", Name: "NAME", Merchant: "Merchant",
		Original: "ORIGINAL", Channel: "online", City: "City", Country: "US", Check: "55",
	}
	sampleEdit        = ledger.Edit{Category: "Party"}
	sampleOverlay     = overlay{id: "t1", edit: sampleEdit, owner: "item"}
	sampleEntry       = entry{at: sampleTime, item: "item", changes: []change{{"t1", sampleEdit, ledger.Edit{}}, {"t2", ledger.Edit{}, sampleEdit}}}
	sampleDay         = ledger.DayBalance{Day: sampleDate, Current: sampleAmount, Available: sampleBalance.Available, Limit: sampleBalance.Limit}
	sampleBalances    = balanceMonth{item: "item", account: "account", month: sampleDate.Month(), days: []ledger.DayBalance{sampleDay, {Day: sampleDate.AddDays(1)}}}
	sampleCredentials = Credentials{ClientID: "client", Secret: secret.New("hush"), Environment: "sandbox"}
	sampleSeal        = seal{epoch: 7, header: []byte("mac"), tallies: []tally{1: {3, sum{1, 2, 3, 4}}}}
)

// A field added to a type of ledger has to be kept too. This test does not know
// it, sees that the sample says nothing there, and sends you to the codec.
func TestRecordsKeepEveryField(t *testing.T) {
	const found = "Twin" // by a Book, each time anew
	for _, sample := range []any{sampleItem, sampleAccount, sampleBalance, sampleTransaction, sampleEdit, sampleDay} {
		v := reflect.ValueOf(sample)
		for i := range v.NumField() {
			if v.Field(i).IsZero() && v.Type().Field(i).Name != found {
				t.Errorf("%s.%s is not in the sample: is it in the codec?", v.Type(), v.Type().Field(i).Name)
			}
		}
	}
	check(t, sampleItem, encodeItem, decodeItem)
	check(t, sampleAccount, encodeAccount, decodeAccount)
	check(t, sampleOverlay, encodeOverlay, decodeOverlay)
	check(t, sampleEntry, encodeEntry, decodeEntry)
	check(t, sampleBalances, encodeBalances, decodeBalances)
	check(t, sampleCredentials, encodeCredentials, decodeCredentials)
	check(t, "text", encodeText, decodeText)
	linked := map[string]uint64{"production": 3, "sandbox": 1}
	if got, err := decodeLinked(encodeLinked(linked)); err != nil || !reflect.DeepEqual(got, linked) {
		t.Errorf("counts came back as %v, %v", got, err)
	}
	intents := map[string]secret.Text{"a": secret.New("one"), "b": secret.New("two")}
	if got, err := decodeIntents(encodeIntents(intents)); err != nil || !reflect.DeepEqual(got, intents) {
		t.Errorf("intents came back as %v, %v", got, err)
	}
	check(t, sampleSeal, func(s seal) []byte { return s.encode() }, decodeSeal)
	rows := []ledger.Transaction{sampleTransaction}
	if got := mustRows(t, sampleTransaction.Account, encodeRows(sampleDate.Month(), rows)); !slices.Equal(got, rows) {
		t.Errorf("rows %+v, want %+v", got, rows)
	}
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// check encodes a record and decodes it, whole and cut at every byte.
func check[T any](t failer, want T, encode func(T) []byte, decode func([]byte) (T, error)) {
	t.Helper()
	data := encode(want)
	got, err := decode(data)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("decoded %+v, %v, want %+v", got, err, want)
	}
	for n := range data {
		if got, err := decode(data[:n]); !errors.Is(err, errMalformed) {
			t.Fatalf("cut at %d of %d: %+v, %v, want errMalformed", n, len(data), got, err)
		}
	}
	if _, err := decode(append(data, 0)); !errors.Is(err, errMalformed) {
		t.Fatalf("with a byte more: %v, want errMalformed", err)
	}
}

// readRows reads all rows of a block's columns.
func readRows(account ledger.AccountID, columns []byte) ([]ledger.Transaction, error) {
	var r rowReader
	d := decoder{in: columns}
	d.version(rowsV1)
	if err := r.reset(account, columns, d.count()); err != nil {
		return nil, err
	}
	return r.appendTo(nil), nil
}

func mustRows(t failer, account ledger.AccountID, columns []byte) []ledger.Transaction {
	t.Helper()
	rows, err := readRows(account, columns)
	if err != nil {
		t.Fatalf("read rows: %v", err)
	}
	return rows
}

var anyText = rapid.OneOf(rapid.StringN(0, 40, -1), rapid.SampledFrom([]string{"", "same", "other"}),
	rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 300), func(b []byte) string { return string(b) }))

func drawTime(t *rapid.T) time.Time {
	if rapid.Bool().Draw(t, "zero") {
		return time.Time{}
	}
	return time.Unix(rapid.Int64Range(-1<<40, 1<<40).Draw(t, "sec"), rapid.Int64Range(0, 999_999_999).Draw(t, "nsec")).UTC()
}

func drawAmount(t *rapid.T) ledger.Amount {
	cur := rapid.SampledFrom([]ledger.Currency{
		{}, ledger.ISO("USD"), ledger.ISO("JPY"), ledger.ISO("XYZ"), ledger.Unofficial("BTC"), ledger.Unofficial(""), ledger.Unofficial("usd"),
	}).Draw(t, "currency")
	return ledger.NewAmount(rapid.Int64().Draw(t, "minor"), cur)
}

func drawDate(t *rapid.T) ledger.Date {
	return ledger.DateFromDays(rapid.Int32Range(0, 3_652_059).Draw(t, "days"))
}

func drawTransaction(t *rapid.T, month ledger.Month) ledger.Transaction {
	text := func(label string) string { return anyText.Draw(t, label) }
	return ledger.Transaction{
		ID: ledger.TransactionID(text("id")), Account: "account", PendingID: ledger.TransactionID(text("pending")),
		Pending: rapid.Bool().Draw(t, "is pending"), Date: month.First().AddDays(rapid.IntRange(0, 27).Draw(t, "day")),
		Authorized: drawDate(t), Amount: drawAmount(t), RawAmount: text("raw"), Category: ledger.Category(text("category")),
		Name: text("name"), Merchant: text("merchant"), Original: text("original"), Channel: text("channel"),
		City: text("city"), Country: text("country"), Check: text("check"),
	}
}

func TestRowsReadBackAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		month := drawDate(t).Month()
		rows := make([]ledger.Transaction, rapid.IntRange(0, 12).Draw(t, "rows"))
		for i := range rows {
			rows[i] = drawTransaction(t, month)
		}
		columns := encodeRows(month, rows)
		if got := mustRows(t, "account", columns); !slices.Equal(got, rows) {
			t.Fatalf("rows %+v, want %+v", got, rows)
		}
		cut := rapid.IntRange(0, len(columns)-1).Draw(t, "cut")
		if got, err := readRows("account", columns[:cut]); err == nil {
			t.Fatalf("cut at %d of %d: %+v, want an error", cut, len(columns), got)
		}
	})
}

func TestRecordsReadBackAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := func(label string) string { return anyText.Draw(t, label) }
		edit := func() ledger.Edit { return ledger.Edit{Category: ledger.Category(text("category"))} }
		check(t, ledger.Item{
			ID: ledger.ItemID(text("id")), Institution: ledger.InstitutionID(text("ins")), Name: text("name"),
			Environment: text("env"), State: ledger.ItemState(text("state")), Code: text("code"), Since: drawTime(t),
			LinkedAt: drawTime(t), LastSync: drawTime(t), ConsentExpires: drawTime(t), HistoryReady: rapid.Bool().Draw(t, "ready"),
		}, encodeItem, decodeItem)
		check(t, ledger.Account{
			ID: ledger.AccountID(text("id")), Item: ledger.ItemID(text("item")), Name: text("name"), OfficialName: text("official"),
			Mask: text("mask"), Type: ledger.AccountType(text("type")), Subtype: text("subtype"), Currency: drawAmount(t).Currency(),
			Balance: ledger.Balance{
				Current: drawAmount(t), Available: drawAmount(t), Limit: drawAmount(t),
				AsOf: drawTime(t), Live: rapid.Bool().Draw(t, "live"),
			},
		}, encodeAccount, decodeAccount)
		check(t, overlay{ledger.TransactionID(text("id")), edit(), ledger.ItemID(text("owner"))}, encodeOverlay, decodeOverlay)
		e := entry{at: drawTime(t), item: ledger.ItemID(text("item")), changes: []change{}}
		for range rapid.IntRange(0, 3).Draw(t, "changes") {
			e.changes = append(e.changes, change{ledger.TransactionID(text("id")), edit(), edit()})
		}
		check(t, e, encodeEntry, decodeEntry)
	})
}

func TestIndexFindsItsRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := blockID{"item", "account", drawDate(t).Month()}
		rows := make([]ledger.Transaction, rapid.IntRange(0, 50).Draw(t, "rows"))
		for i := range rows {
			rows[i].ID = ledger.TransactionID(fmt.Sprint("row", i))
		}
		x, err := decodeIndex(encodeIndex(id, rows))
		if err != nil || x.id != id || x.rows() != len(rows) {
			t.Fatalf("index %+v, %v, want %+v of %d rows", x.id, err, id, len(rows))
		}
		for i := range rows {
			var one markSet
			one.add(mark(rows[i].ID))
			if !one.meets(x.marks) {
				t.Fatalf("row %d is not met", i)
			}
		}
		var other markSet
		other.add(mark("another"))
		if other.meets(x.marks) {
			t.Fatalf("a row that is not there is met")
		}
	})
}

func TestSealOpensOnlyInItsPlace(t *testing.T) {
	s := testSealer(t)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 0, 600).Draw(t, "plain")
		key, bound := []byte("key"), []byte("bound")
		value, err := s.seal("b", key, plain, bound)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.open(nil, "b", key, value, bound); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("opened %x, %v, want %x", got, err, plain)
		}
		for name, open := range map[string]func() ([]byte, error){
			"another bucket": func() ([]byte, error) { return s.open(nil, "c", key, value, bound) },
			"another key":    func() ([]byte, error) { return s.open(nil, "b", []byte("kez"), value, bound) },
			"another bound":  func() ([]byte, error) { return s.open(nil, "b", key, value, nil) },
			"parts shifted":  func() ([]byte, error) { return s.open(nil, "bk", []byte("ey"), value, bound) },
		} {
			if got, err := open(); !errors.Is(err, ErrDamaged) {
				t.Fatalf("in %s: %x, %v, want ErrDamaged", name, got, err)
			}
		}
		flip := bytes.Clone(value)
		flip[rapid.IntRange(0, len(flip)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if got, err := s.open(nil, "b", key, flip, bound); !errors.Is(err, ErrDamaged) {
			t.Fatalf("with a bit flipped: %x, %v, want ErrDamaged", got, err)
		}
	})
}

func testSealer(t testing.TB) *sealer {
	t.Helper()
	k, err := deriveKeys(make([]byte, keySize), &header{VaultID: make([]byte, 16)})
	if err != nil {
		t.Fatal(err)
	}
	zip, err := newPacker()
	if err != nil {
		t.Fatal(err)
	}
	s, err := k.sealer(zip, Options{}.withDefaults().Random)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPaddingHidesLengthsAndCostsLittle(t *testing.T) {
	sizes := make(map[int]bool)
	for n := 1; n < 1<<20; n += 1 + n/500 {
		size := padSize(n)
		sizes[size] = true
		if size < n || size%padFloor != 0 || n > 2048 && float64(size) > 1.125*float64(n) {
			t.Errorf("%d bytes are padded to %d", n, size)
		}
	}
	if len(sizes) > 250 {
		t.Errorf("%d sizes up to a megabyte, want 250 at most", len(sizes))
	}
}

// A sum does not depend on order, and putting and deleting cancel out.
func TestSumIsThatOfASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limbs := rapid.Map(rapid.SliceOfN(rapid.OneOf(rapid.Uint64(), rapid.Just(uint64(math.MaxUint64))), 4, 4),
			func(s []uint64) sum { return sum(s) })
		values := rapid.SliceOfN(limbs, 0, 8).Draw(t, "values")
		extra := rapid.SliceOfN(limbs, 0, 8).Draw(t, "extra")
		var a, b tally
		for _, v := range values {
			a.put(v)
		}
		for _, v := range slices.Backward(slices.Concat(extra, values)) {
			b.put(v)
		}
		for _, v := range extra {
			b.delete(v)
		}
		if a != b {
			t.Fatalf("tallies %+v and %+v differ", a, b)
		}
	})
}

// Records of the first shapes are in every vault that was not written to since.
func TestRecordsOfFirstShapesAreRead(t *testing.T) {
	item, account := sampleItem, sampleAccount
	item.Billed, item.Consented = "", ""
	second := encodeItem(item)
	second = second[:len(second)-2]
	second[0] = itemV2
	if got, err := decodeItem(second); err != nil || got != item {
		t.Errorf("second item %+v, %v; want %+v", got, err, item)
	}
	item.Offered, item.Chosen, item.Color = time.Time{}, time.Time{}, ""
	account.Persistent, account.Ended = "", time.Time{}
	first := func(record []byte, grown int) []byte {
		record = slices.Clone(record[:len(record)-grown])
		record[0] = 1
		return record
	}
	if got, err := decodeItem(first(encodeItem(item), 5)); err != nil || got != item {
		t.Errorf("item %+v, %v; want %+v", got, err, item)
	}
	if got, err := decodeAccount(first(encodeAccount(account), 2)); err != nil || got != account {
		t.Errorf("account %+v, %v; want %+v", got, err, account)
	}
	for _, version := range []byte{0, itemV3 + 1} {
		record := encodeItem(item)
		record[0] = version
		if _, err := decodeItem(record); err == nil {
			t.Errorf("an item of version %d was read", version)
		}
	}
}
