package main

import (
	"context"
	"fmt"
	"strings"

	"coffer/storage"
)

const welcome = `There is no vault in %s yet.

  1  look around with a made-up household (nothing is kept)
  2  set up with your own Plaid keys
  q  leave

`

// runWizard is the first run: it offers the demo and setup.
func (a *app) runWizard(ctx context.Context) error {
	fmt.Fprintf(a.err, welcome, printable(a.flags.home))
	for {
		answer, err := a.askLine(ctx, "Your choice: ")
		if err != nil {
			return err
		}
		switch strings.ToLower(strings.TrimSpace(answer)) {
		case "1", "demo":
			return a.runDemo(ctx, demoOptions{years: 2, seed: 1}, false)
		case "2", "setup":
			if err := a.runSetup(ctx, setupOptions{unlock: storage.ByPassphrase}); err != nil {
				return err
			}
			return a.runInterface(ctx)
		case "q", "":
			return nil
		}
		fmt.Fprintln(a.err, "1, 2 or q")
	}
}
