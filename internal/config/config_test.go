package config_test

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"coffer/internal/config"
)

func lockAfter(d time.Duration) config.Config {
	c := config.Default()
	c.LockAfter = config.Span(d)
	return c
}

func syncAfter(d time.Duration) config.Config {
	c := config.Default()
	c.SyncAfter = config.Span(d)
	return c
}

func withProducts(names ...string) config.Config {
	c := config.Default()
	c.Products = names
	return c
}

func onTrial() config.Config {
	c := config.Default()
	c.Plan = config.PlanTrial
	return c
}

func TestParse(t *testing.T) {
	light := config.Default()
	light.Theme, light.HistoryDays, light.Countries, light.Language = "light", 90, []string{"GB", "IE"}, "fr"
	for _, tt := range []struct {
		name, text string
		want       config.Config
		wantErr    string
	}{
		{name: "empty means the defaults", want: config.Default()},
		{
			name: "everything set",
			text: "theme = \"light\"\nhistory_days = 90\ncountries = [\"GB\", \"IE\"]\nlanguage = \"fr\"\n",
			want: light,
		},
		{name: "unknown setting names its line", text: "theme = \"dark\"\n\nthem = 1\n", wantErr: `line 3: unknown setting "them"`},
		{name: "unknown table", text: "[plaid]\nsecret = \"x\"\n", wantErr: `unknown setting "plaid`},
		{name: "bad value", text: "theme = \"pink\"\n", wantErr: "want auto, dark, light or none"},
		{name: "wrong type names its line", text: "\nhistory_days = \"long\"\n", wantErr: "line 2"},
		{name: "too long a history", text: "history_days = 731\n", wantErr: "want 1 to 730"},
		{name: "no countries", text: "countries = []\n", wantErr: "countries is empty"},
		{name: "products", text: "products = [\"investments\", \"auth\"]\n", want: withProducts("investments", "auth")},
		{name: "no products", text: "products = []\n", wantErr: "products is empty"},
		{name: "a product that needs no consent", text: "products = [\"transactions\", \"balance\"]\n", wantErr: `"balance"]: want some of transactions, investments, liabilities, auth, identity`},
		{name: "a product twice", text: "products = [\"auth\", \"transactions\", \"auth\"]\n", wantErr: "one is named twice"},
		{name: "a plan", text: "plan = \"trial\"\n", want: onTrial()},
		{name: "another plan", text: "plan = \"pro\"\n", wantErr: `plan "pro": want trial`},
		{name: "a time to lock", text: "lock_after = \"90s\"\n", want: lockAfter(90 * time.Second)},
		{name: "no time to lock", text: "lock_after = \"0\"\n", want: lockAfter(0)},
		{name: "never", text: "lock_after = \"never\"\n", want: lockAfter(0)},
		{name: "a time to sync", text: "sync_after = \"1h\"\n", want: syncAfter(time.Hour)},
		{name: "no sync by itself", text: "sync_after = \"never\"\n", want: syncAfter(0)},
		{name: "a time without a unit", text: "\nlock_after = \"5\"\n", wantErr: "line 2"},
		{name: "too short a time", text: "lock_after = \"1ms\"\n", wantErr: `want a length of time of a second or more, such as "5m", or "never"`},
		{name: "a time that is past", text: "lock_after = \"-5m\"\n", wantErr: `"-5m"`},
		{name: "a time that is a number", text: "lock_after = 5\n", wantErr: "line 1"},
		{name: "not TOML", text: "theme: dark\n", wantErr: "line 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := config.Parse([]byte(tt.text))
			switch {
			case tt.wantErr != "" && (err == nil || !strings.Contains(err.Error(), tt.wantErr)):
				t.Fatalf("Parse() error = %v, want one that says %q", err, tt.wantErr)
			case tt.wantErr == "" && err != nil:
				t.Fatalf("Parse() error = %v", err)
			case tt.wantErr == "" && !reflect.DeepEqual(got, tt.want):
				t.Errorf("Parse() = %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestNoFileMeansTheDefaults(t *testing.T) {
	got, err := config.Load(filepath.Join(t.TempDir(), "config.toml"))
	if err != nil || !reflect.DeepEqual(got, config.Default()) {
		t.Errorf("Load() = %+v, %v", got, err)
	}
}
