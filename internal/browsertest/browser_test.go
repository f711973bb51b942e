package browsertest_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestWithoutABrowser runs TestPage, in a process of its own, where there is no
// browser.
func TestWithoutABrowser(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, require string
		fails         bool
		want          []string
	}{
		{"is skipped", "", false, []string{"--- SKIP: TestPage", "none of chromium, chromium-browser, google-chrome is in PATH"}},
		{"is skipped where something else is required", "node,hledger", false, []string{"--- SKIP: TestPage"}},
		{"fails where it is required", "node,browser", true, []string{"--- FAIL: TestPage", "COFFER_REQUIRE asks for a browser: ", "none of chromium"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), self, "-test.run=^TestPage$", "-test.v")
			cmd.Env = append(os.Environ(), "PATH="+t.TempDir(), "COFFER_REQUIRE="+tt.require)
			out, err := cmd.CombinedOutput()
			if (err != nil) != tt.fails {
				t.Errorf("ended with %v, want a failure: %v", err, tt.fails)
			}
			for _, want := range tt.want {
				if !strings.Contains(string(out), want) {
					t.Errorf("said:\n%s\nwant %q", out, want)
				}
			}
		})
	}
}
