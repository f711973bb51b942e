package tui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"coffer/ledger"
	"coffer/tui"
	"coffer/tui/screen"
	"coffer/tui/tuitest"
)

// aboutChecking is the household's checking account and its bank.
func aboutChecking() (ledger.Account, ledger.Item) {
	items, accounts := familyBanks()
	return accounts[0], items[0]
}

// A paymentWorld is an interface in which something about paying was asked for.
func paymentWorld(t *testing.T, banks fakeBanks, board tui.Clipboard, msg func(ledger.Account, ledger.Item) any, width, height int) world {
	t.Helper()
	w := paying(t, banks, board, width, height)
	w.Send(msg(aboutChecking()))
	return w
}

func wantOwners(acc ledger.Account, bank ledger.Item) any {
	return screen.OwnersMsg{Account: acc, Bank: bank}
}

func jointOwners() []ledger.Owner {
	home := ledger.OwnerAddress{Street: "54 Church St", City: "Millbrook", Region: "NY", PostalCode: "12545", Country: "US", Primary: true}
	return []ledger.Owner{
		{Names: []string{"Thomas Sinclair", "T. Sinclair"}, Emails: []ledger.Contact{{Data: "thomas.sinclair@example.com", Kind: "primary", Primary: true}},
			Phones: []ledger.Contact{{Data: "+1 845 555 0112", Kind: "mobile", Primary: true}, {Data: "+1 845 555 0199", Kind: "home"}}, Addresses: []ledger.OwnerAddress{home}},
		{Names: []string{"Oscar Sinclair"}, Emails: []ledger.Contact{{Data: "oscar.sinclair.of.the.household.in.millbrook@mail.example.com"}}, Addresses: []ledger.OwnerAddress{home}},
	}
}

// tells gives every account these owners.
func tells(list []ledger.Owner, err error) fakeBanks {
	return fakeBanks{owners: func(context.Context, ledger.Account) ([]ledger.Owner, error) { return list, err }}
}

func TestOwnersDialog(t *testing.T) {
	evil := "\x1b]0;pwned\a\u202e\r\n"
	hostile := []ledger.Owner{{Names: []string{"Ann" + evil}, Phones: []ledger.Contact{{Data: "+1" + evil, Kind: evil}}, Addresses: []ledger.OwnerAddress{{Street: "Street" + evil}}}}
	for _, tt := range []struct {
		name  string
		banks fakeBanks
		keys  []string
	}{
		{"price", fakeBanks{}, nil},
		{"asking", fakeBanks{owners: func(ctx context.Context, _ ledger.Account) ([]ledger.Owner, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}}, []string{"y"}},
		{"joint", tells(jointOwners(), nil), []string{"y"}},
		{"joint below", tells(jointOwners(), nil), []string{"y", "down", "down", "down", "down", "down", "down"}},
		{"nobody", tells(nil, nil), []string{"y"}},
		{"hostile", tells(hostile, nil), []string{"y"}},
		{"not allowed", tells(nil, fmt.Errorf("First Platypus Bank: %w: who owns its accounts; allow it with coffer items repair item-1 --allow identity",
			ledger.ErrNotAllowed)), []string{"y"}},
		{"asks to sign in", tells(nil, ledger.ErrLoginRequired), []string{"y"}},
	} {
		for _, size := range sizes[:3] {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := paymentWorld(t, tt.banks, nil, wantOwners, size[0], size[1])
					for _, k := range tt.keys {
						w.Press(k)
						w.View() // says what can be moved
					}
					w.Golden()
					if strings.ContainsAny(w.View(), "\a\r\u202e") {
						t.Error("a control got through")
					}
					w.Press("esc") // whoever waits is not kept waiting
				})
			})
		}
	}
}

// Nobody is asked before the user agrees, and then about this account; what was told
// goes with the dialog, however it goes.
func TestOwnersAreAskedForEachTimeAndGoWithTheDialog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		w := paying(t, fakeBanks{owners: func(_ context.Context, acc ledger.Account) ([]ledger.Owner, error) {
			asked++
			if acc.ID != tuitest.Checking {
				t.Errorf("asked about %s", acc.ID)
			}
			return jointOwners(), nil
		}}, nil, 80, 24)
		for i, leave := range []string{"esc", "q", "enter", "ctrl+l"} {
			w.Send(wantOwners(aboutChecking()))
			if got := w.Screen(); asked != i || !strings.Contains(got, "bills this once for each bank") {
				t.Errorf("opened, after %d questions it shows\n%s", asked, got)
			}
			if w.Press("y"); asked != i+1 || !strings.Contains(w.Screen(), "thomas.sinclair@example.com") {
				t.Errorf("y shows\n%s", w.Screen())
			}
			if w.Press(leave); strings.Contains(w.Screen(), "Sinclair") {
				t.Errorf("after %s it shows\n%s", leave, w.Screen())
			}
		}
	})
}

// What is asked about an account ends with its dialog, and its answer is for nobody.
func TestAnInquiryStopsWithItsDialog(t *testing.T) {
	for name, msg := range map[string]func(ledger.Account, ledger.Item) any{"owners": wantOwners, "token": wantProcessor} {
		for _, leave := range []string{"esc", "ctrl+l"} {
			synctest.Test(t, func(t *testing.T) {
				var ended error
				w := paymentWorld(t, fakeBanks{
					owners: func(ctx context.Context, _ ledger.Account) ([]ledger.Owner, error) {
						<-ctx.Done()
						ended = ctx.Err()
						return nil, ended
					},
					token: func(ctx context.Context, _ ledger.Account, _ string) (ledger.Digits, error) {
						<-ctx.Done()
						ended = ctx.Err()
						return ledger.Digits{}, ended
					},
				}, nil, msg, 80, 24)
				if name == "token" {
					w.Press("enter")
				}
				w.Press("y", leave)
				w.Settle()
				if got := w.Screen(); !errors.Is(ended, context.Canceled) || leave == "esc" && !strings.Contains(got, "stopped;") || strings.Contains(got, "esc stop") {
					t.Errorf("%s: %s ended it with %v, and shows\n%s", name, leave, ended, got)
				}
			})
		}
	}
}

// A locked interface opens nothing that was asked for before.
func TestNothingAboutPayingOpensOverTheLock(t *testing.T) {
	acc, bank := aboutChecking()
	for _, msg := range []any{
		screen.OwnersMsg{Account: acc, Bank: bank}, screen.VerifyMsg{Account: acc, Bank: bank}, screen.ProcessorMsg{Account: acc, Bank: bank},
		screen.RecurringMsg{Bank: bank}, screen.DetailsMsg{Account: acc, Bank: bank.Name},
	} {
		w := open(t, family(), 80, 24)
		w.Press("ctrl+l")
		w.Send(msg)
		w.unlock()
		if got := w.Screen(); strings.Contains(got, "╭") {
			t.Errorf("%T opened\n%s", msg, got)
		}
	}
}

// What the user has not allowed is one key away: the bank's page is asked for just that.
func TestWhatIsNotAllowedIsAllowedFromTheDialog(t *testing.T) {
	for name, tt := range map[string]struct {
		keys []string
		want ledger.Products
	}{
		"numbers": {[]string{"n", "y", "f"}, "auth"},
		"owners":  {[]string{"m", "o", "y", "f"}, "identity"},
		"token":   {[]string{"m", "h", "enter", "y", "f"}, "auth"},
		"verdict": {[]string{"m", "p", "1", "tab", "A", "enter", "y", "f"}, "identity"},
	} {
		synctest.Test(t, func(t *testing.T) {
			var allowed ledger.Products
			refused := fmt.Errorf("First Platypus Bank: %w: this", ledger.ErrNotAllowed)
			w := live(t, banksIn(func(i *ledger.Item) {
				if name == "verdict" {
					i.Consented = "auth"
				}
			}), fakeBanks{
				numbers: func(context.Context, ledger.Account) (ledger.Numbers, error) { return ledger.Numbers{}, refused },
				owners:  func(context.Context, ledger.Account) ([]ledger.Owner, error) { return nil, refused },
				token:   func(context.Context, ledger.Account, string) (ledger.Digits, error) { return ledger.Digits{}, refused },
				verify: func(context.Context, ledger.Account, ledger.Amount, ledger.Person, func(ledger.VerdictStage)) (ledger.Verdict, error) {
					return ledger.Verdict{Objections: []ledger.Objection{ledger.Object(refused.Error())}}, refused
				},
				allow: func(ctx context.Context, _ ledger.ItemID, products ledger.Products, _ func(ledger.LinkProgress)) (ledger.Item, error) {
					allowed = products
					<-ctx.Done()
					return ledger.Item{}, ctx.Err()
				},
			}, 80, 24)
			w.Press("4")
			w.Press(tt.keys[:len(tt.keys)-1]...)
			if got := w.Screen(); !strings.Contains(got, "f allow it") {
				t.Errorf("%s: refused, it shows\n%s", name, got)
			}
			if w.Press("f"); allowed != tt.want {
				t.Errorf("%s: f asks for %q, want %q:\n%s", name, allowed, tt.want, w.Screen())
			}
			w.Press("esc")
		})
	}
}
