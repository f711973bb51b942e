package widget_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"coffer/tui/widget"
)

func TestOverlayLeavesWhatItDoesNotCover(t *testing.T) {
	line := "\x1b[31m東京abcdefgh\x1b[0m"
	back := strings.Join([]string{line, line, line, line, line}, "\n")
	got := strings.Split(ansi.Strip(widget.Overlay(back, "+--+\n|hi|\n+--+")), "\n")
	want := []string{
		"東京abcdefgh",
		"東京+--+efgh",
		"東京|hi|efgh",
		"東京+--+efgh",
		"東京abcdefgh",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestOverlayCutsAWideCharacterInTwoWithoutMovingTheRest(t *testing.T) {
	for front, want := range map[string]string{
		"[]ok":  "東京[]ok東京",
		"[]":    "東京 [] 東京", // of both characters a half was covered
		"[ok]!": "東 [ok]!東京",
		"[a]":   "東京[a] 東京",
	} {
		if got := ansi.Strip(widget.Overlay("東京東京東京", front)); got != want {
			t.Errorf("Overlay with %q = %q, want %q", front, got, want)
		}
	}
}

func TestOverlayLargerThanTheScreenIsCut(t *testing.T) {
	got := widget.Overlay("ab\ncd", "12345\n12345\n12345")
	if n := strings.Count(got, "\n") + 1; n != 2 {
		t.Errorf("Overlay of two lines has %d", n)
	}
}
