package persona

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// An MFA is what a bank asks beside the password, round after round. The zero
// value asks nothing.
type MFA struct {
	Rounds []Round
}

// A Round is asked at once, and answered at once.
type Round struct {
	Kind      Kind
	Questions []Question
}

// A Kind says how a round looks to the person.
type Kind string

// The kinds that Plaid Link knows. A Device round lets the person choose where
// the bank sends a code, the Code round after it asks for that code.
const (
	Device     Kind = "device"
	Code       Kind = "code"
	Questions  Kind = "questions"
	Selections Kind = "selections"
)

// A Question is answered by one of its choices, or, where it has none, by typing.
type Question struct {
	Text    string
	Choices []string
	answer  string // "" accepts any choice
}

// Accepts reports whether the answers to a round, in its order, are right.
func (r Round) Accepts(answers []string) bool {
	return slices.EqualFunc(r.Questions, answers, Question.accepts)
}

func (q Question) accepts(answer string) bool {
	if q.answer == "" {
		return slices.Contains(q.Choices, answer)
	}
	return answer == q.answer
}

// deviceCode is the code that every device of the Sandbox is sent.
const deviceCode = "1234"

// DeviceMFA asks where a code should be sent, and then for the code.
func DeviceMFA() MFA {
	devices := []string{"Text message to (•••) •••-1111", "E-mail to t••t@plaid.example"}
	return MFA{Rounds: []Round{
		{Device, []Question{{Text: "Where should the code be sent?", Choices: devices}}},
		{Code, []Question{{Text: "Enter the code that was sent to you.", answer: deviceCode}}},
	}}
}

// QuestionsMFA asks typed questions. Plaid counts rounds and questions from
// nought: the first answer is answer_0_0.
func QuestionsMFA(rounds, perRound int) MFA {
	var m MFA
	for i := range rounds {
		r := Round{Kind: Questions}
		for j := range perRound {
			r.Questions = append(r.Questions, Question{
				Text:   fmt.Sprintf("You say tomato, I say question %d of round %d?", j, i),
				answer: fmt.Sprintf("answer_%d_%d", i, j),
			})
		}
		m.Rounds = append(m.Rounds, r)
	}
	return m
}

// SelectionsMFA asks questions with choices, of which the first is right. Here
// Plaid counts rounds and questions from one: the first answer is answer_1_1_0.
func SelectionsMFA(rounds, perRound, choices int) MFA {
	var m MFA
	for i := 1; i <= rounds; i++ {
		r := Round{Kind: Selections}
		for j := 1; j <= perRound; j++ {
			q := Question{
				Text:   fmt.Sprintf("Which is the answer to question %d of round %d?", j, i),
				answer: fmt.Sprintf("answer_%d_%d_0", i, j),
			}
			for k := range choices {
				q.Choices = append(q.Choices, fmt.Sprintf("answer_%d_%d_%d", i, j, k))
			}
			r.Questions = append(r.Questions, q)
		}
		m.Rounds = append(m.Rounds, r)
	}
	return m
}

// Recaptcha puts in front of what a bank asks that somebody has to say they are
// a person. Any answer will do: whether it was the right one the user's
// configuration says.
func Recaptcha(m MFA) MFA {
	check := Round{Selections, []Question{{Text: "Are you a person?", Choices: []string{"I am not a robot"}}}}
	return MFA{Rounds: append([]Round{check}, m.Rounds...)}
}

// oneSelection is what the password mfa_selections alone stands for.
func oneSelection() MFA {
	return MFA{Rounds: []Round{{Selections, []Question{
		{Text: "Have you banked here before?", Choices: []string{"Yes", "No"}, answer: "Yes"},
	}}}}
}

var (
	questionsPassword  = regexp.MustCompile(`^mfa_questions_([1-9])_([1-9])$`)
	selectionsPassword = regexp.MustCompile(`^mfa_selections_([1-9])_([1-9])_([2-9])$`)
)

// PasswordMFA is what a bank asks user_good with one of the passwords
// mfa_device, mfa_questions_<rounds>_<per round>, mfa_selections and
// mfa_selections_<rounds>_<per round>_<choices>. Other passwords are not good.
func PasswordMFA(password string) (m MFA, good bool) {
	counts := func(pattern *regexp.Regexp) (n [3]int, ok bool) {
		match := pattern.FindStringSubmatch(password)
		for i, digit := range match[min(1, len(match)):] {
			n[i], _ = strconv.Atoi(digit)
		}
		return n, match != nil
	}
	if !strings.HasPrefix(password, "mfa_") {
		return MFA{}, false
	}
	if n, ok := counts(questionsPassword); ok {
		return QuestionsMFA(n[0], n[1]), true
	}
	if n, ok := counts(selectionsPassword); ok {
		return SelectionsMFA(n[0], n[1], n[2]), true
	}
	switch password {
	case "mfa_device":
		return DeviceMFA(), true
	case "mfa_selections":
		return oneSelection(), true
	}
	return MFA{}, false
}
