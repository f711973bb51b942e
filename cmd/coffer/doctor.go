package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"coffer/storage"
	"coffer/tui/widget"
)

func newDoctorCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "check everything, and say how to mend it",
		Long: `Check everything, and say how to mend it. Nothing is changed, and no secret is
printed. Plaid is asked once, for nothing that costs. A vault that is damaged is read
as far as it goes: doctor says what is in it still, what the copies have of the rest,
and what is lost. coffer restore brings back the last good copy, coffer restore
--salvage makes a new vault of what is left.

With --json: {"ok", "checks": [{"name", "result", "detail", "fix"}], "damage"}.
result is ok, warning, failed or skipped; fix is null or what to do. damage is null,
or, when the vault is damaged, {"cause", "exact", "parts": [{"name", "kept", "mended",
"lost"}], "banks": [{"name", "access_token", "accounts", "months", "transactions"}],
"lost_months": [{"bank", "account", "month"}], "refetch"}: mended is what lay elsewhere
or in a copy, exact is false if more may be lost, refetch is true if the next sync
has to fetch the banks' whole history.`,
		Example: "  coffer doctor\n  coffer doctor --json",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runDoctor(cmd.Context()) },
	}
}

// The results of a check.
const (
	checkOK      = "ok"
	checkWarning = "warning" // works, and something is to be known
	checkFailed  = "failed"
	checkSkipped = "skipped" // could not be looked at
)

// A finding is how one thing is. Its cause, if it has one, decides the exit code.
type finding struct {
	result, detail, fix string
	cause               error
}

func fine(format string, args ...any) finding {
	return finding{result: checkOK, detail: fmt.Sprintf(format, args...)}
}

func warning(fix, format string, args ...any) finding {
	return finding{result: checkWarning, detail: fmt.Sprintf(format, args...), fix: fix}
}

func skipped(cause error, fix, format string, args ...any) finding {
	return finding{result: checkSkipped, detail: fmt.Sprintf(format, args...), fix: fix, cause: cause}
}

// failed says an error; what to do is at its end, after the last semicolon.
func failed(err error) finding {
	text := err.Error()
	fix := ""
	if i := strings.LastIndex(text, "; "); i >= 0 {
		text, fix = text[:i], text[i+2:]
	}
	return finding{result: checkFailed, detail: text, fix: fix, cause: err}
}

// An examination is what the checks share: each looks at one thing, and leaves what
// the next ones need.
type examination struct {
	*app
	about    *storage.Description // nil: it could not be told
	unlocker storage.Unlocker     // nil: the vault is locked
	damage   *damageDocument      // nil: none is known
	readOnly bool                 // the lock cannot be taken
}

// checks are all of them, in the order in which they are made and told.
var checks = []struct {
	name string
	look func(*examination, context.Context) finding
}{
	{"settings", (*examination).settings},
	{"terminal", (*examination).terminal},
	{"browser", (*examination).browser},
	{"home", (*examination).home},
	{"vault file", (*examination).file},
	{"lock", (*examination).lock},
	{"format", (*examination).format},
	{"keyring", (*examination).keyring},
	{"identity file", (*examination).identity},
	{"contents", (*examination).contents},
	{"copies", (*examination).copies},
	{"plaid", (*examination).plaid},
	{"banks", (*examination).banks},
}

type doctorDocument struct {
	OK     bool            `json:"ok"`
	Checks []checkDocument `json:"checks"`
	Damage *damageDocument `json:"damage"`
}

type checkDocument struct {
	Name   string  `json:"name"`
	Result string  `json:"result"`
	Detail string  `json:"detail"`
	Fix    *string `json:"fix"`
}

func (a *app) runDoctor(ctx context.Context) error {
	x := &examination{app: a}
	doc := doctorDocument{OK: true}
	var causes []error
	for _, c := range checks {
		f := c.look(x, ctx)
		if f.cause != nil {
			causes = append(causes, f.cause)
			doc.OK = false
		}
		doc.Checks = append(doc.Checks, checkDocument{c.name, f.result, f.detail, orNull(f.fix)})
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	doc.Damage = x.damage
	err := a.printDoctor(doc)
	if len(causes) > 0 {
		err = errors.Join(err, &toldError{"not everything is in order; see above", causes})
	}
	return err
}

func (a *app) printDoctor(doc doctorDocument) error {
	if a.flags.json {
		return a.printJSON(doc)
	}
	for _, c := range doc.Checks {
		if err := a.printHanging(fmt.Sprintf("%-8s ", c.Result), c.Name+": "+printable(c.Detail)); err != nil {
			return err
		}
		if c.Fix != nil {
			if err := a.printHanging(fmt.Sprintf("%-8s   -> ", ""), printable(*c.Fix)); err != nil {
				return err
			}
		}
	}
	if doc.Damage == nil {
		return nil
	}
	if _, err := fmt.Fprintln(a.out); err != nil {
		return err
	}
	return a.printDamage(*doc.Damage)
}

// printHanging prints a text after a mark. On a terminal it is broken between words,
// and goes on below where it began.
func (a *app) printHanging(mark, text string) error {
	lines := []string{text}
	if room := a.terminalWidth() - len(mark); room > 0 {
		lines = widget.Wrap(text, room)
	}
	for i, line := range lines {
		if i > 0 {
			mark = strings.Repeat(" ", len(mark))
		}
		if _, err := fmt.Fprintln(a.out, mark+line); err != nil {
			return err
		}
	}
	return nil
}
