package link_test

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"coffer/internal/browsertest"
)

// A question is one round of what a bank asks, and how it is answered wrongly
// and rightly by keys.
type question struct {
	kind         string
	wrong, right []string
}

func questions() map[string][]question {
	code := question{"code", []string{"9999"}, []string{"1234"}}
	return map[string][]question{
		"mfa_device": {{"device", nil, []string{kb.ArrowDown}}, code},
		"mfa_questions_2_2": {
			{"questions", []string{"answer_0_0", kb.Tab, "no"}, []string{"answer_0_0", kb.Tab, kb.Delete, "answer_0_1"}},
			{"questions", []string{"a", kb.Tab, "b"}, []string{"answer_1_0", kb.Tab, kb.Delete, "answer_1_1"}},
		},
		"mfa_selections": {{"selections", []string{kb.ArrowDown}, []string{kb.ArrowUp}}},
		"mfa_selections_1_2_3": {{
			"selections",
			[]string{" ", kb.Tab, kb.ArrowDown}, []string{kb.Tab, kb.ArrowUp},
		}},
	}
}

func testMFA(t *testing.T, browser *browsertest.Browser) {
	for password, rounds := range questions() {
		t.Run(password, func(t *testing.T) {
			t.Parallel()
			s := newSimulation(t)
			b := s.open(opener(t, browser), object{"institution_id": "ins_109508"})
			toMFA(b, password)
			for i, round := range rounds {
				b.awaitRound(i, len(rounds))
				b.answers(round)
			}
			b.awaitPane("accounts")
			b.Press(kb.Enter)
			b.awaitPane("success")
			b.finish()
			checkMFAEvents(t, b, rounds)
			s.exchange(b)
		})
	}
}

// toMFA signs in with a password that makes the bank ask more.
func toMFA(b *tab, password string) {
	b.t.Helper()
	b.Press(kb.Enter)
	b.awaitPane("credentials")
	b.Press("user_good", kb.Tab)
	b.Enter(password)
	b.Press(kb.Enter)
	b.awaitPane("mfa")
}

// answers answers a round with nothing, wrongly, and then rightly.
func (b *tab) answers(round question) {
	b.t.Helper()
	if round.wrong != nil {
		b.Press(kb.Enter)
		b.AwaitInside(`document.querySelector('#alert').textContent !== ''`)
		b.Press(round.wrong...)
		b.Press(kb.Enter)
		b.AwaitInside(`document.querySelector('#alert').textContent === 'The answers were not correct. Please try again.'
			&& document.querySelector('form').contains(document.activeElement)`)
	}
	b.Press(round.right...)
	b.Press(kb.Enter)
}

// awaitRound waits for a round of several.
func (b *tab) awaitRound(i, rounds int) {
	b.t.Helper()
	b.awaitPane("mfa")
	if rounds > 1 {
		b.AwaitInside(`document.querySelector('#pane').innerText.includes('Step ` + string(rune('1'+i)) + ` of')`)
	}
}

// checkMFAEvents wants each round to be shown and answered, wrongly and rightly,
// under its own kind.
func checkMFAEvents(t *testing.T, b *tab, rounds []question) {
	t.Helper()
	var got, want []string
	for _, c := range of(b.callbacks(), "onEvent") {
		metadata := c.args[1].(object)
		if c.args[0] == "SUBMIT_MFA" || metadata["view_name"] == "MFA" {
			kind, _ := metadata["mfa_type"].(string)
			got = append(got, c.args[0].(string)+" "+kind)
		} else if metadata["mfa_type"] != nil {
			t.Errorf("%v has an mfa_type: %v", c.args[0], metadata)
		}
	}
	for _, round := range rounds {
		want = append(want, "TRANSITION_VIEW "+round.kind)
		if round.wrong != nil {
			want = append(want, "SUBMIT_MFA "+round.kind)
		}
		want = append(want, "SUBMIT_MFA "+round.kind)
	}
	if !slices.Equal(got, want) {
		t.Errorf("events:\n got %q\nwant %q", got, want)
	}
}

func testMFAExits(t *testing.T, browser *browsertest.Browser) {
	for _, tt := range []struct {
		password, status string
		round            int
	}{
		{"mfa_device", "choose_device", 0},
		{"mfa_device", "requires_code", 1},
		{"mfa_questions_2_2", "requires_questions", 1},
		{"mfa_selections", "requires_selections", 0},
	} {
		t.Run(tt.status, func(t *testing.T) {
			t.Parallel()
			s := newSimulation(t)
			b := s.open(opener(t, browser), object{"institution_id": "ins_109508"})
			toMFA(b, tt.password)
			rounds := questions()[tt.password]
			for i := range tt.round {
				b.answers(rounds[i])
				b.awaitRound(i+1, len(rounds))
			}
			b.leave()
			if got := b.exited()["status"]; got != tt.status {
				t.Errorf("status = %v, want %s", got, tt.status)
			}
		})
	}
}

// exited is the metadata that onExit got.
func (b *tab) exited() object {
	b.t.Helper()
	exits := of(b.callbacks(), "onExit")
	if len(exits) != 1 {
		b.t.Fatalf("onExit was called %d times, want once", len(exits))
	}
	return exits[0].args[1].(object)
}

func testBackFromMFA(t *testing.T, browser *browsertest.Browser) {
	s := newSimulation(t)
	b := s.open(opener(t, browser), object{"institution_id": "ins_109508"})
	toMFA(b, "mfa_selections")
	b.Backtab() // the way out, the way back
	b.Backtab()
	b.awaitFocus("back")
	b.Press(kb.Enter)
	b.awaitPane("credentials")
	b.Press("user_good", kb.Tab, "pass_good", kb.Enter)
	b.awaitPane("accounts")
}
