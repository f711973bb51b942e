package plaidsim_test

import (
	"fmt"
	"slices"
	"testing"

	"coffer/plaidsvc/plaidsim"
)

// round is what a test expects to be asked, and answers.
type round struct {
	kind    string
	typed   bool // no question has choices
	answers []string
}

func TestLinkAsksWhatThePasswordOfTheSandboxSays(t *testing.T) {
	for password, rounds := range map[string][]round{
		"mfa_device": {{"device", false, nil}, {"code", true, []string{"1234"}}},
		"mfa_questions_2_3": {
			{"questions", true, []string{"answer_0_0", "answer_0_1", "answer_0_2"}},
			{"questions", true, []string{"answer_1_0", "answer_1_1", "answer_1_2"}},
		},
		"mfa_selections": {{"selections", false, []string{"Yes"}}},
		"mfa_selections_2_1_3": {
			{"selections", false, []string{"answer_1_1_0"}},
			{"selections", false, []string{"answer_2_1_0"}},
		},
	} {
		t.Run(password, func(t *testing.T) {
			w := newWorld(t, plaidsim.Options{})
			session := with(w.start(w.linkToken(nil)), fields{"institution_id": "ins_109508"})
			answer := w.must("/link/session/credentials", with(session, fields{"username": "user_good", "password": password}))
			for i, round := range rounds {
				w.asks(answer, i, len(rounds), round)
				wrong := slices.Repeat([]string{"wrong"}, len(answer.list("mfa", "questions")))
				w.refused("/link/session/mfa", with(session, fields{"answers": wrong}), "INVALID_MFA")
				w.refused("/link/session/mfa", with(session, fields{"answers": []string{}}), "INVALID_MFA")
				w.refused("/link/session/finish", with(session, fields{"account_ids": []string{"any"}}), "INVALID_CREDENTIALS")
				if round.answers == nil {
					round.answers = []string{answer.text("mfa", "questions", 0, "choices", 1)}
				}
				answer = w.must("/link/session/mfa", with(session, fields{"answers": round.answers}))
			}
			if answer["mfa"] != nil || len(answer.list("accounts")) == 0 {
				t.Fatalf("after the last round: got %v, want accounts", answer)
			}
			w.refused("/link/session/mfa", with(session, fields{"answers": []string{"again"}}), "INVALID_FIELD")
			ids := []string{answer.text("accounts", 0, "id")}
			w.finish(with(session, fields{"account_ids": ids}))
		})
	}
}

// asks checks a round of questions as the page gets it.
func (w *world) asks(answer fields, i, rounds int, want round) {
	w.Helper()
	mfa := fields(answer.at("mfa").(map[string]any))
	if mfa.text("type") != want.kind || fmt.Sprint(mfa["round"]) != fmt.Sprint(i+1) || fmt.Sprint(mfa["rounds"]) != fmt.Sprint(rounds) {
		w.Fatalf("round %d: got %v, want round %d of %d, %s", i, mfa, i+1, rounds, want.kind)
	}
	for _, q := range mfa.list("questions") {
		choices, isList := q["choices"].([]any)
		if !isList || want.typed != (len(choices) == 0) || q.text("text") == "" {
			w.Errorf("round %d: got the question %v, want typed %t", i, q, want.typed)
		}
	}
}

func TestNobodyIsAskedByTheSandboxEndpoint(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	w.link(fields{"override_username": "user_good", "override_password": "mfa_device"})
}

func TestPasswordsThatOnlyLookLikeMFAAreWrong(t *testing.T) {
	w := newWorld(t, plaidsim.Options{})
	for _, password := range []string{"mfa_", "mfa_questions", "mfa_questions_0_1", "mfa_questions_1_10", "mfa_selections_1_1_1", "mfa_device "} {
		w.refused("/sandbox/public_token/create", with(sandboxRequest(), fields{
			"options": fields{"override_username": "user_good", "override_password": password},
		}), "INVALID_CREDENTIALS")
	}
}
