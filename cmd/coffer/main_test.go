package main

import (
	"context"
	"flag"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"coffer/storage"
)

// quickKDF is the least that a vault takes: most of what a test costs here would
// else be to try its passphrase, once for each command.
var quickKDF = storage.KDF{Time: 1, Memory: 19 * 1024, Threads: 1}

// TestMain lets tests run the program. Its vaults are cheap to open; those that
// coffer-in-earnest makes are as costly as a person's.
func TestMain(m *testing.M) {
	// Most of these tests wait for a process, a clock or a person; -parallel wins.
	if err := flag.Set("test.parallel", "6"); err != nil {
		panic(err)
	}
	testscript.Main(m, map[string]func(){
		"coffer": func() {
			w := system()
			w.kdf = quickKDF
			os.Exit(run(context.Background(), os.Args[1:], w))
		},
		"coffer-in-earnest": main,
	})
}

// TestScript runs the program as people and scripts do. See commands_test.go
// for the commands that the scripts have besides testscript's own.
func TestScript(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                scriptCommands,
		Condition:           scriptCondition,
		Setup: func(e *testscript.Env) error {
			e.Setenv("COFFER_HOME", e.WorkDir+"/home")
			e.Setenv("XDG_CONFIG_HOME", e.WorkDir+"/config")
			e.Setenv("XDG_STATE_HOME", e.WorkDir+"/state")
			e.Setenv("XDG_DATA_HOME", e.WorkDir+"/data")
			e.Setenv("HOME", e.WorkDir+"/person")
			e.Setenv("COFFER_TODAY", "2026-11-22")
			e.Setenv("DEMO", demoPassphrase)
			e.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
			e.Setenv("XDG_RUNTIME_DIR", "")
			return nil
		},
	})
}
