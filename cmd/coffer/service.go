package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/pkg/browser"

	"coffer/internal/secret"
	"coffer/ledger"
	"coffer/plaidsvc"
	"coffer/storage"
)

// demoEnvironment is the environment of the Items in a demo vault. Its
// simulator lives only while coffer demo runs, so there is no address to keep.
const demoEnvironment = "demo"

// productionEnvironment is where the banks are real, and Plaid bills.
const productionEnvironment = "production"

// errDemoVault says that only the demo has a Plaid for this vault.
var errDemoVault = errors.New("this is a demo vault, whose simulated banks run only inside the demo")

// service builds the service for the vault's environment and credentials.
func (a *app) service(ctx context.Context, v *storage.Vault) (*plaidsvc.Service, error) {
	cred, _, err := v.Credentials(ctx)
	if err != nil {
		return nil, err
	}
	cred = a.override(cred)
	switch {
	case cred.Environment == demoEnvironment:
		return nil, fmt.Errorf("%w; run coffer demo --home %s", errDemoVault, a.flags.home)
	case cred.ClientID == "" || cred.Secret.Empty():
		return nil, errors.New("there are no Plaid credentials; run coffer setup, or set PLAID_CLIENT_ID and PLAID_SECRET")
	}
	return plaidsvc.New(a.serviceConfig(v, cred))
}

// override puts what the environment says over what setup stored.
func (a *app) override(cred storage.Credentials) storage.Credentials {
	if a.env.clientID != "" {
		cred.ClientID = a.env.clientID
	}
	if !a.env.secret.Empty() {
		cred.Secret = a.env.secret
	}
	if a.env.plaid != "" {
		cred.Environment = a.env.plaid
	}
	if cred.Environment == "" {
		cred.Environment = "sandbox"
	}
	return cred
}

func (a *app) serviceConfig(v *storage.Vault, cred storage.Credentials) plaidsvc.Config {
	c := plaidsvc.Config{
		Environment: cred.Environment,
		ClientID:    cred.ClientID,
		Secret:      cred.Secret,
		Vault:       v,
		Browser:     openBrowser,
		Countries:   a.config.Countries,
		Language:    a.config.Language,
		Now:         a.now,
		Owner:       a.run,
		Alive:       a.mayLive,
	}
	if all := a.config.Products; len(all) > 0 { // none: the settings could not be read
		c.Products, c.Consented = all[:1], all[1:]
	}
	return c
}

// openBrowser starts the user's browser. What it prints would end up in the
// middle of the interface.
func openBrowser(address string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	return browser.OpenURL(address)
}

// storeCredentials keeps them in the vault.
func storeCredentials(ctx context.Context, v *storage.Vault, id string, s secret.Text, env string) error {
	return v.SetCredentials(ctx, storage.Credentials{ClientID: id, Secret: s, Environment: env})
}

// okOf returns the results without an error.
func okOf(results []ledger.SyncResult) []ledger.SyncResult {
	var ok []ledger.SyncResult
	for _, r := range results {
		if r.Err == nil {
			ok = append(ok, r)
		}
	}
	return ok
}
