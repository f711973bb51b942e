package plaidsvc_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/plaid/plaid-go/v29/plaid"

	"coffer/plaidsvc"
)

// fullPage is a page of 500 rows with all that Plaid sends of each.
func fullPage() []byte {
	rows := make([]string, 500)
	for i := range rows {
		rows[i] = fmt.Sprintf(`{"account_id":"BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp","account_owner":null,"amount":%d.%02d,
		"iso_currency_code":"USD","unofficial_currency_code":null,"category":null,"category_id":null,"check_number":null,
		"counterparties":[{"name":"Burger King","type":"merchant","logo_url":"https://plaid-merchant-logos.plaid.com/burger_king_155.png",
		"website":"burgerking.com","entity_id":"mVrw538wamwdm22mK8jqpp7qd5br0eeV9o4a1","confidence_level":"VERY_HIGH"}],
		"date":"2026-03-%02d","datetime":"2026-03-01T11:00:00Z","authorized_date":"2026-03-01","authorized_datetime":"2026-03-01T10:34:50Z",
		"location":{"address":null,"city":"Scranton","region":"PA","postal_code":null,"country":"US","lat":null,"lon":null,"store_number":null},
		"name":"Burger King #%d","merchant_name":"Burger King","merchant_entity_id":"mVrw538wamwdm22mK8jqpp7qd5br0eeV9o4a1",
		"logo_url":"https://plaid-merchant-logos.plaid.com/burger_king_155.png","website":"burgerking.com",
		"payment_meta":{"by_order_of":null,"payee":null,"payer":null,"payment_method":null,"payment_processor":null,"ppd_id":null,"reason":null,"reference_number":null},
		"payment_channel":"in store","pending":false,"pending_transaction_id":null,"original_description":"BURGER KING %d SCRANTON PA",
		"personal_finance_category":{"primary":"FOOD_AND_DRINK","detailed":"FOOD_AND_DRINK_FAST_FOOD","confidence_level":"VERY_HIGH"},
		"personal_finance_category_icon_url":"https://plaid-category-icons.plaid.com/PFC_FOOD_AND_DRINK.png",
		"transaction_id":"yhnUVvtcGGcCKU0bcz8PDQr5ZUxUXebUvb%04d","transaction_code":null,"transaction_type":"place"}`, i, i%100, i%28+1, i, i, i)
	}
	return []byte(pageJSON(strings.Join(rows, ","), "c1", false))
}

// BenchmarkPage is what a page of 500 rows costs, from bytes to ledger rows.
func BenchmarkPage(b *testing.B) {
	body := fullPage()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if rows, err := plaidsvc.ConvertPage(body); err != nil || len(rows) != 500 {
			b.Fatal(len(rows), err)
		}
	}
}

// BenchmarkPageByPlaidGo is what plaid-go's own decoding of it costs.
func BenchmarkPageByPlaidGo(b *testing.B) {
	body := fullPage()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		var page plaid.TransactionsSyncResponse
		if err := json.Unmarshal(body, &page); err != nil || len(page.Added) != 500 {
			b.Fatal(len(page.Added), err)
		}
	}
}
