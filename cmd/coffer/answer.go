package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"coffer/ledger"
	"coffer/tui/widget"
)

// printJSON prints one document to standard output.
func (a *app) printJSON(doc any) error {
	return a.encodeJSON(doc, "  ")
}

// printJSONLine prints one document on one line.
func (a *app) printJSONLine(doc any) error { return a.encodeJSON(doc, "") }

func (a *app) encodeJSON(doc any, indent string) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // nobody puts this into a page
	enc.SetIndent("", indent)
	if err := enc.Encode(doc); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return a.writeJSON(b.Bytes())
}

// writeJSON prints JSON text. A bank's text may hold control characters that
// encoding/json leaves as they are; on a terminal they would act.
func (a *app) writeJSON(b []byte) error {
	if a.shows() {
		b = escapeForTerminal(b)
	}
	_, err := a.out.Write(b)
	return err
}

// escapeForTerminal writes every character that could steer a terminal as \u
// escapes, which leave the JSON the same document.
func escapeForTerminal(b []byte) []byte {
	var out strings.Builder
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == '\n' || !(unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			out.Write(b[:n])
		} else if r <= 0xffff {
			fmt.Fprintf(&out, `\u%04x`, r)
		} else {
			r -= 0x10000
			fmt.Fprintf(&out, `\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
		}
		b = b[n:]
	}
	return []byte(out.String())
}

type doneDocument struct {
	Done string `json:"done"`
}

func (a *app) done(text string) error {
	if a.flags.json {
		return a.printJSON(doneDocument{text})
	}
	_, err := fmt.Fprintln(a.out, printable(text))
	return err
}

// printable makes text from outside safe to print.
func printable(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = widget.Clean(lines[i])
	}
	return strings.Join(lines, "\n")
}

func trimNewline(s string) string { return strings.TrimRight(s, "\r\n") }

// csvText keeps a spreadsheet from taking a bank's text for a formula.
// Amounts are columns of their own and never pass here.
func csvText(s string) string {
	s = widget.Clean(s)
	r, _ := utf8.DecodeRuneInString(s)
	if s != "" && strings.ContainsRune("=+-@|%＝＋－＠", r) {
		return "'" + s
	}
	return s
}

func writeCSV(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// The JSON forms of values that may be unknown: null, never a guess.

func orNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func amountOrNull(a ledger.Amount) *string {
	if !a.Known() {
		return nil
	}
	s := a.String()
	return &s
}

func dateOrNull(d ledger.Date) *string { return orNull(d.String()) }

func timeOrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.UTC().Format(time.RFC3339)
	return &s
}
