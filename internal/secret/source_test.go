package secret_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coffer/internal/secret"
)

func TestNoWayOfPrintingTellsASecret(t *testing.T) {
	s := secret.New("hunter2")
	j, err := json.Marshal(map[string]any{"s": s})
	if err != nil {
		t.Fatal(err)
	}
	for _, got := range []string{
		fmt.Sprint(s), fmt.Sprintf("%v %+v %#v %s %q %x %d", s, s, s, s, s, s, s),
		fmt.Sprintf("%v", struct{ T secret.Text }{s}), s.LogValue().String(), string(j),
		fmt.Errorf("open: %v", s).Error(),
	} {
		if strings.Contains(got, "hunter2") || strings.Contains(got, "68756e74657232") {
			t.Errorf("a secret printed itself: %s", got)
		}
	}
	if s.Reveal() != "hunter2" {
		t.Errorf("Reveal() = %q", s.Reveal())
	}
}

func TestPassphraseSources(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, tt := range []struct {
		name    string
		source  secret.Source
		want    string
		wantErr string
	}{
		{name: "file", source: secret.Source{File: file("a", "open sesame\n")}, want: "open sesame"},
		{name: "one newline only", source: secret.Source{File: file("b", "open sesame\n\n")}, want: "open sesame\n"},
		{name: "inner spaces stay", source: secret.Source{File: file("c", " open  sesame ")}, want: " open  sesame "},
		{name: "windows line end", source: secret.Source{File: file("d", "open sesame\r\n")}, want: "open sesame"},
		{name: "empty", source: secret.Source{File: file("e", "\n")}, wantErr: "empty"},
		{name: "huge", source: secret.Source{File: file("f", strings.Repeat("x", 5000))}, wantErr: "right file"},
		{name: "missing", source: secret.Source{File: filepath.Join(dir, "none")}, wantErr: "no such file"},
		{name: "command", source: secret.Source{Command: "printf 'from a command\\n'"}, want: "from a command"},
		{name: "failing command", source: secret.Source{Command: "exit 3"}, wantErr: "exit status 3"},
		{name: "none", source: secret.Source{}, wantErr: "--passphrase-file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.source.Read(t.Context(), io.Discard)
			switch {
			case tt.wantErr == "" && err != nil:
				t.Fatalf("Read() error = %v", err)
			case tt.wantErr != "" && (err == nil || !strings.Contains(err.Error(), tt.wantErr)):
				t.Fatalf("Read() error = %v, want one that says %q", err, tt.wantErr)
			case got.Reveal() != tt.want:
				t.Errorf("Read() = %q, want %q", got.Reveal(), tt.want)
			}
		})
	}
}

// A command that is cancelled ends at once, also when what it started lives on
// with its output in hand.
func TestPassphraseCommandEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := secret.Source{Command: "sleep 20 & wait"}.Read(ctx, io.Discard)
	if took := time.Since(began); err == nil || took > 10*time.Second {
		t.Errorf("Read() = %v after %s, want an error soon after the context ended", err, took)
	}
}

func TestPassphraseFromFileDescriptor(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, "through a pipe\n"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	fd := int(r.Fd())
	got, err := secret.Source{FD: &fd}.Read(t.Context(), io.Discard)
	if err != nil || got.Reveal() != "through a pipe" {
		t.Errorf("Read() = %q, %v", got.Reveal(), err)
	}
}
