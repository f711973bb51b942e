package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Every command waits for what the packages do before main begins: none of them may
// take long at it. A dependency's table of character widths took 50 ms.
func TestTheProgramStartsAtOnce(t *testing.T) {
	const most = 15 * time.Millisecond
	slow := make(map[string]time.Duration) // the fastest start of each package
	for try := range 5 {
		cmd := exec.CommandContext(t.Context(), "coffer", "version")
		cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
		out, err := cmd.CombinedOutput()
		must(t, err)
		packages := 0
		for line := range strings.Lines(string(out)) {
			name, took, ok := parseInit(line)
			if !ok {
				continue
			}
			packages++
			if before, known := slow[name]; try == 0 || known && took < before {
				slow[name] = took
			}
		}
		if packages == 0 {
			t.Fatalf("the runtime told of no package:\n%s", out)
		}
	}
	for name, took := range slow {
		if took > most {
			t.Errorf("package %s takes %s before main begins, want at most %s", name, took, most)
		}
	}
}

// parseInit reads "init unicode @1.2 ms, 0.5 ms clock, 11400 bytes, 4 allocs".
func parseInit(line string) (name string, took time.Duration, ok bool) {
	f := strings.Fields(line)
	if len(f) < 7 || f[0] != "init" || f[6] != "clock," {
		return "", 0, false
	}
	took, err := time.ParseDuration(f[4] + f[5])
	return f[1], took, err == nil
}
