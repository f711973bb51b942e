package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// On a Trial plan it is said how many banks are used, those that were removed too;
// nobody else hears of it.
func TestTrialPlanIsCounted(t *testing.T) {
	t.Parallel()
	w := newLinkWorld(t)
	w.runs(t, "link", "--sandbox", "ins_109508")
	if said := w.runs(t, "items"); strings.Contains(said, "Trial") {
		t.Errorf("without a plan it says\n%s", said)
	}
	settings := filepath.Join(filepath.Dir(w.pass), "coffer")
	must(t, os.MkdirAll(settings, 0o700))
	must(t, os.WriteFile(filepath.Join(settings, "config.toml"), []byte("plan = \"trial\"\n"), 0o600))
	if said := w.runs(t, "link", "--sandbox", "ins_109509"); !strings.Contains(said, "Trial plan: 1 of 10 banks used, as far as this vault knows") {
		t.Errorf("before the second link it says\n%s", said)
	}
	item, _ := w.firstItem(t)
	w.runs(t, "items", "remove", string(item.ID), "--yes")
	if said := w.runs(t, "items"); !strings.Contains(said, "Trial plan: 2 of 10 banks used") || !strings.Contains(said, "8 left") {
		t.Errorf("after a removal it says\n%s", said)
	}
	term := w.openInterface(t, "1 bank ok")
	pressLink(t, term)
	step(t, term, "", "Trial plan: 2 of 10 banks used")
	step(t, term, "\x1b", "linking was cancelled")
	leaveInterface(t, term)
}

func TestSlotsOfATrialPlan(t *testing.T) {
	for n, want := range map[int]string{0: "10 left", 9: "1 left", 10: "Plaid is likely to refuse another", 12: "Plaid is likely to refuse another"} {
		if got := slotsUsed(n); !strings.HasSuffix(got, want) {
			t.Errorf("%d used: %q, want %q at the end", n, got, want)
		}
	}
}
