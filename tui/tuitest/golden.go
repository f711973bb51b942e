package tuitest

import (
	"os"
	"path/filepath"
)

// Golden compares the screen with testdata/<test name>.golden. UPDATE_GOLDEN=1
// in the environment writes the file instead.
func (d *Driver) Golden() {
	d.t.Helper()
	GoldenText(d.t, d.t.Name(), d.Screen()+"\n")
}

// GoldenText compares got with testdata/<name>.golden, in the same way.
func GoldenText(t T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name)+".golden")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("screen differs from %s\n--- got\n%s--- want\n%s", path, got, want)
	}
}
