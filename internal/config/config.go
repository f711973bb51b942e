// Package config reads the user's settings from config.toml.
//
// A setting that the program does not know is an error that names the line: a
// misspelt setting must not be silently without effect. The package only reads;
// it never writes the file, and a file that is not there means the defaults.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// The themes.
const (
	ThemeAuto  = "auto" // as the terminal's background is
	ThemeDark  = "dark"
	ThemeLight = "light"
	ThemeNone  = "none" // no colour
)

// PlanTrial is a Trial plan of Plaid's, which links ten banks.
const PlanTrial = "trial"

// maxHistoryDays is Plaid's own limit of days_requested.
const maxHistoryDays = 730

// products are those of Plaid's that the program can do something with.
var products = []string{"transactions", "investments", "liabilities", "auth", "identity"}

// maxCopies is a year of days.
const maxCopies = 365

// A Config is what the user set, with defaults for the rest.
type Config struct {
	// Theme is one of the themes above.
	Theme string `toml:"theme"`
	// HistoryDays is how far back a newly linked bank is asked, 1 to 730. Plaid
	// freezes it when the bank is linked.
	HistoryDays int `toml:"history_days"`
	// Countries are the countries of the banks that Link offers, as ISO 3166
	// codes that Plaid knows.
	Countries []string `toml:"countries"`
	// Language is the language of Link, as an ISO 639 code that Plaid knows.
	Language string `toml:"language"`
	// Products are what a newly linked bank is asked for, by Plaid's names. The bank
	// must have the first; to the others the user agrees in the same step. Of these a
	// sync uses investments and liabilities where there is such an account, and only
	// then are they billed; auth and identity are for payments. A brokerage that has no
	// transactions links with "investments" first.
	Products []string `toml:"products"`
	// Plan is the plan that the keys are of, "trial" or "" for any other: Plaid does not
	// tell. Of a Trial plan it is shown how many of its banks are used.
	Plan string `toml:"plan"`
	// Copies is how many copies of the vault the program keeps beside it, 0 to
	// 365. 0 is none.
	Copies int `toml:"copies"`
	// LockAfter is how long nobody presses a key until the interface locks itself.
	// 0 is for ever.
	LockAfter Span `toml:"lock_after"`
	// SyncAfter is how old the data of a bank may be before the interface syncs all
	// of them when it opens. 0 is never.
	SyncAfter Span `toml:"sync_after"`
}

// A Span is a length of time as the file has it: "5m", "90s", "1h30m"; "0" and
// "never" are 0.
type Span time.Duration

// UnmarshalText reads a Span.
func (s *Span) UnmarshalText(text []byte) error {
	if string(text) == "never" {
		*s = 0
		return nil
	}
	d, err := time.ParseDuration(string(text))
	if err != nil || d < 0 || d > 0 && d < time.Second {
		return fmt.Errorf(`%q: want a length of time of a second or more, such as "5m", or "never"`, text)
	}
	*s = Span(d)
	return nil
}

// Default returns the settings of a user who set nothing.
func Default() Config {
	return Config{Theme: ThemeAuto, HistoryDays: maxHistoryDays, Countries: []string{"US"}, Language: "en",
		Products: []string{"transactions", "investments", "liabilities"}, Copies: 7, LockAfter: Span(5 * time.Minute), SyncAfter: Span(6 * time.Hour)}
}

// Load reads the file at path.
func Load(path string) (Config, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Default(), nil
	}
	if err != nil {
		return Config{}, fmt.Errorf("config: %w", err)
	}
	c, err := Parse(b)
	if err != nil {
		return Config{}, fmt.Errorf("config %s: %w", path, err)
	}
	return c, nil
}

// Parse reads the text of a config file.
func Parse(b []byte) (Config, error) {
	c := Default()
	dec := toml.NewDecoder(bytes.NewReader(b)).DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil {
		return Config{}, position(err)
	}
	return c, c.check()
}

// position says where in the file the decoder stumbled.
func position(err error) error {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) && len(unknown.Errors) > 0 {
		first := unknown.Errors[0]
		line, _ := first.Position()
		return fmt.Errorf("line %d: unknown setting %q; the settings are theme, history_days, countries, language, products, plan, copies, lock_after, sync_after", line, dotted(first.Key()))
	}
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		line, _ := bad.Position()
		return fmt.Errorf("line %d: %w", line, err)
	}
	return err
}

// dotted writes a key as the file has it: plaid.secret.
func dotted(key toml.Key) string { return strings.Join(key, ".") }

func (c Config) check() error {
	switch {
	case !slices.Contains([]string{ThemeAuto, ThemeDark, ThemeLight, ThemeNone}, c.Theme):
		return fmt.Errorf("theme %q: want auto, dark, light or none", c.Theme)
	case c.HistoryDays < 1 || c.HistoryDays > maxHistoryDays:
		return fmt.Errorf("history_days %d: want 1 to %d", c.HistoryDays, maxHistoryDays)
	case len(c.Countries) == 0:
		return errors.New(`countries is empty: want a list such as ["US"]`)
	case c.Plan != "" && c.Plan != PlanTrial:
		return fmt.Errorf("plan %q: want trial, or leave it away for any other", c.Plan)
	case c.Copies < 0 || c.Copies > maxCopies:
		return fmt.Errorf("copies %d: want 0 to %d", c.Copies, maxCopies)
	case c.Language == "":
		return errors.New(`language is empty: want a code such as "en"`)
	}
	return CheckProducts(c.Products)
}

// CheckProducts says what is wrong with a list that is to be [Config.Products].
func CheckProducts(list []string) error {
	switch {
	case len(list) == 0:
		return errors.New(`products is empty: want a list such as ["transactions"]`)
	case slices.ContainsFunc(list, func(p string) bool { return !slices.Contains(products, p) }):
		return fmt.Errorf("products %q: want some of %s", list, strings.Join(products, ", "))
	case len(slices.Compact(slices.Sorted(slices.Values(list)))) < len(list):
		return fmt.Errorf("products %q: one is named twice", list)
	}
	return nil
}
