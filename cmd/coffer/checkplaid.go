package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

// mostApart is how wrong a clock may be without a warning: what is signed is refused
// when it is five minutes old, and a clock that is a day off puts today's rows into
// the future.
const mostApart = 2 * time.Minute

// inside looks at something in the vault, if it can be opened.
func (x *examination) inside(ctx context.Context, look func(*storage.Vault) (finding, error)) finding {
	if x.unlocker == nil || x.damage != nil {
		return finding{result: checkSkipped, detail: "the vault cannot be opened"}
	}
	v, err := x.openWith(ctx, x.unlocker)
	if err != nil {
		return failed(err)
	}
	f, err := look(v)
	if err := errors.Join(err, v.Close()); err != nil {
		return failed(err)
	}
	return f
}

// plaid asks Plaid whether it is there and takes the keys, and what time it is.
func (x *examination) plaid(ctx context.Context) finding {
	return x.inside(ctx, func(v *storage.Vault) (finding, error) {
		cred, _, err := v.Credentials(ctx)
		if err != nil {
			return finding{}, err
		}
		cred = x.override(cred)
		switch {
		case cred.Environment == demoEnvironment:
			return finding{result: checkSkipped, detail: "the banks of a demo run inside of coffer demo only"}, nil
		case cred.ClientID == "" || cred.Secret.Empty():
			return warning("run coffer setup, or set PLAID_CLIENT_ID and PLAID_SECRET", "there are no keys to ask with"), nil
		}
		service, err := plaidsvc.New(x.serviceConfig(v, cred))
		if err != nil {
			return finding{}, err
		}
		p, err := service.Probe(ctx)
		return tellProbe(p), err
	})
}

func tellProbe(p plaidsvc.Probe) finding {
	side := "ahead of"
	if p.Ahead < 0 {
		side = "behind"
	}
	if p.Ahead.Abs() > mostApart {
		return warning("set the clock; a system that asks NTP keeps it right",
			"%s answers and takes the keys; the clock here is %s %s its own", p.Environment, p.Ahead.Abs(), side)
	}
	return fine("%s answers and takes the keys", p.Environment)
}

// banks names those that the user has to do something for.
func (x *examination) banks(ctx context.Context) finding {
	return x.inside(ctx, func(v *storage.Vault) (finding, error) {
		items, err := v.Items(ctx)
		if err != nil {
			return finding{}, err
		}
		var names []string
		for _, it := range items {
			if it.NeedsUser() || it.State == ledger.ItemExpiring {
				names = append(names, it.Name)
			}
		}
		switch {
		case len(names) > 0:
			return warning("coffer items says what to do for each", "of %d, something is to be done for %s", len(items), strings.Join(names, ", ")), nil
		case len(items) == 0:
			return fine("none is linked yet"), nil
		}
		return fine("%d, and none wants anything of you", len(items)), nil
	})
}
