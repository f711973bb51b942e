package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// badFlag says what is wrong with a flag in the words of who typed it, and what the
// flag takes. The libraries' words are about parsing.
func badFlag(cmd *cobra.Command, err error) error {
	var value *pflag.InvalidValueError
	if errors.As(err, &value) {
		wants := wantedBy(value.GetFlag())
		if errors.Is(err, strconv.ErrRange) {
			wants = "a number that is not so large"
		}
		return usage("--%s wants %s, got %q; see %s --help", value.GetFlag().Name, wants, value.GetValue(), cmd.CommandPath())
	}
	var none *pflag.ValueRequiredError
	if errors.As(err, &none) && none.GetFlag() != nil {
		return usage("--%s wants %s; see %s --help", none.GetFlag().Name, wantedBy(none.GetFlag()), cmd.CommandPath())
	}
	return usage("%w; see %s --help", err, cmd.CommandPath())
}

// numbers are examples for flags that are not given to begin with: others name what
// they have by themselves.
var numbers = map[string]string{"days": "730", "transactions": "10000", "passphrase-fd": "3"}

// wantedBy says what a flag takes, with an example.
func wantedBy(f *pflag.Flag) string {
	switch kind := f.Value.Type(); {
	case kind == "bool":
		return "true or false"
	case kind == "duration":
		return "a length of time, as 90s, 10m or 1h30m"
	case strings.HasPrefix(kind, "int"):
		example := f.DefValue
		if n, ok := numbers[f.Name]; ok {
			example = n
		}
		return "a whole number, as " + example
	}
	return "a value"
}
