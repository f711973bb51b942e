package tui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"coffer/ledger"
	"coffer/tui/dialog"
	"coffer/tui/screen"
	"coffer/tui/tuitest"
)

func wantVerify(acc ledger.Account, bank ledger.Item) any {
	return screen.VerifyMsg{Account: acc, Bank: bank}
}

// fillIn types a payment into the form.
func fillIn(w world, texts ...string) {
	for i, text := range texts {
		if i > 0 {
			w.Press("tab")
		}
		w.Type(text)
	}
}

func score(n int) *int { return &n }

func fit() ledger.Verdict {
	return ledger.Verdict{OK: true, Scores: ledger.Scores{Name: score(100), Email: score(92)}, Available: dollars(2_736_48)}
}

func unfit() ledger.Verdict {
	return ledger.Verdict{
		Objections: []ledger.Objection{
			ledger.Object("the name is not the one that the bank has: it fits by 12 of 100, and 70 are needed"),
			ledger.Object("only %s is available, and %s is to be paid", dollars(2_736_48), dollars(1_000_000_00)),
		},
		Scores: ledger.Scores{Name: score(12)}, Available: dollars(2_736_48),
	}
}

// judges gives every payment this verdict, after telling what it is at.
func judges(v ledger.Verdict, err error, stages ...ledger.VerdictStage) fakeBanks {
	return fakeBanks{verify: func(ctx context.Context, _ ledger.Account, _ ledger.Amount, _ ledger.Person, report func(ledger.VerdictStage)) (ledger.Verdict, error) {
		for _, s := range stages {
			report(s)
		}
		if len(stages) > 0 {
			<-ctx.Done()
			return v, ctx.Err()
		}
		return v, err
	}}
}

func TestVerifyDialog(t *testing.T) {
	evil := "\x1b]0;pwned\a\u202e\r\n"
	hostile := unfit()
	hostile.Objections = []ledger.Objection{ledger.Object("First" + evil + " Bank: no")}
	unable := ledger.Verdict{Objections: []ledger.Objection{ledger.Object("First Platypus Bank: the bank does not answer; try again later")}, Scores: ledger.Scores{Name: score(100)}}
	all := []string{"25.00", "Thomas Sinclair", "thomas@example.com", "+1 845 555 0112", "54 Church St", "Millbrook", "NY", "12545"}
	for _, tt := range []struct {
		name  string
		banks fakeBanks
		texts []string
		keys  []string
	}{
		{"form", fakeBanks{}, nil, nil},
		{"form filled in", fakeBanks{}, all, nil},
		{"form refused", fakeBanks{}, append([]string{"25.001"}, all[1:]...), []string{"enter"}},
		{"price", fakeBanks{}, all, []string{"enter"}},
		{"asking", judges(ledger.Verdict{}, nil, ledger.VerdictOwner, ledger.VerdictNumbers, ledger.VerdictBalance), all, []string{"enter", "y"}},
		{"fit", judges(fit(), nil), all[:4], []string{"enter", "y"}},
		{"unfit", judges(unfit(), nil), []string{"1000000", "Zebulon Quist"}, []string{"enter", "y"}},
		{"unable", judges(unable, ledger.ErrNetwork), all[:2], []string{"enter", "y"}},
		{"asks to sign in", judges(unable, ledger.ErrLoginRequired), all[:2], []string{"enter", "y"}},
		{"hostile", judges(hostile, nil), []string{"1000000", "Zebulon Quist"}, []string{"enter", "y"}},
	} {
		for _, size := range sizes[:3] {
			t.Run(fmt.Sprintf("%s %dx%d", tt.name, size[0], size[1]), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := paymentWorld(t, tt.banks, nil, wantVerify, size[0], size[1])
					fillIn(w, tt.texts...)
					w.Press(tt.keys...)
					w.Golden()
					if strings.ContainsAny(w.View(), "\a\r\u202e") {
						t.Error("a control got through")
					}
					w.Press("esc")
				})
			})
		}
	}
}

// What was typed is what is asked, about the account that it was asked of.
func TestAPaymentIsAskedAsItWasTyped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		w := paymentWorld(t, fakeBanks{verify: func(_ context.Context, acc ledger.Account, amount ledger.Amount, who ledger.Person, _ func(ledger.VerdictStage)) (ledger.Verdict, error) {
			asked++
			want := ledger.Person{Name: "Ann q?", Email: "a@example.com", Street: "1 Main", City: "Millbrook"}
			if acc.ID != tuitest.Checking || amount != dollars(2500) || who != want {
				t.Errorf("asked of %s: %s %s, %+v", acc.ID, amount, amount.Currency(), who)
			}
			return fit(), nil
		}}, nil, wantVerify, 120, 40)
		fillIn(w, "25", " Ann q? ", "a@example.com", "", "1 Main", "Millbrook")
		w.Press("enter", "esc")
		if got := w.Screen(); asked > 0 || !strings.Contains(got, "Ann q?") || !strings.Contains(got, "Millbrook") {
			t.Errorf("who does not agree comes back to\n%s", got)
		}
		w.Press("enter", "enter", " ", "Y")
		if asked > 0 {
			t.Error("it was asked by a key that does not say yes")
		}
		w.Press("y")
		if got := w.Screen(); asked != 1 || !strings.Contains(got, "Yes: $25.00 can be paid") || !strings.Contains(got, "$2,736.48") {
			t.Errorf("after %d questions it shows\n%s", asked, got)
		}
		w.Press("e")
		if got := w.Screen(); !strings.Contains(got, "Ann q?") || strings.Contains(got, "2,736.48") {
			t.Errorf("to ask something else it shows\n%s", got)
		}
		w.Press("enter", "y", "ctrl+l")
		if got := w.Screen(); asked != 2 || strings.Contains(got, "Ann") || strings.Contains(got, "2,736.48") {
			t.Errorf("locked, after %d questions it shows\n%s", asked, got)
		}
	})
}

// What cannot be meant asks nobody: the form says what, and is at that field.
func TestTheFormRefusesWhatCannotBeMeant(t *testing.T) {
	for says, texts := range map[string][]string{
		"amount: it is missing":  {},
		"amount: 0: want more":   {"0", "Ann"},
		"amount: 1.005: more":    {"1.005", "Ann"},
		"name: it is missing":    {"1"},
		"email: \"ann\": want":   {"1", "Ann", "ann"},
		"phone: \"home\": want":  {"1", "Ann", "", "home"},
		"street: it is missing:": {"1", "Ann", "", "", "", "Millbrook"},
	} {
		w := open(t, family(), 120, 40)
		w.Send(wantVerify(aboutChecking()))
		fillIn(w, texts...)
		w.Press("enter")
		got, field := w.Screen(), strings.SplitN(says, ":", 2)[0]
		if !strings.Contains(got, says) || !strings.Contains(got, "▌ "+field) {
			t.Errorf("typed %q, it does not say %q:\n%s", texts, says, got)
		}
	}
}

// Esc ends the waiting; of what came all the same the user hears.
func TestAVerdictIsStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ended error
		w := paymentWorld(t, fakeBanks{verify: func(ctx context.Context, _ ledger.Account, _ ledger.Amount, _ ledger.Person, report func(ledger.VerdictStage)) (ledger.Verdict, error) {
			report(ledger.VerdictBalance)
			<-ctx.Done()
			ended = ctx.Err()
			return ledger.Verdict{}, ended
		}}, nil, wantVerify, 80, 24)
		fillIn(w, "1", "Ann")
		w.Press("enter", "y", "esc")
		if got := w.Screen(); !errors.Is(ended, context.Canceled) || !strings.Contains(got, "whether it can be paid from is not known") {
			t.Errorf("it ended with %v, and shows\n%s", ended, got)
		}
	})
}

var _ dialog.Payer = fakeBanks{}
