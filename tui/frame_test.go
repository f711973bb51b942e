package tui_test

import (
	"fmt"
	"strings"
	"testing"
)

// The heavy part of the rule stands under the name of the screen in front, exactly.
func TestTheRuleMarksTheTabInFront(t *testing.T) {
	w := open(t, family(), 120, 40)
	for _, size := range sizes[:3] {
		for n, title := range []string{"1 Overview", "2 Transactions", "3 Spending", "4 Accounts"} {
			w.Resize(size[0], size[1])
			w.Press(fmt.Sprint(n + 1))
			header, rule := []rune(w.Lines()[0]), []rune(w.Lines()[1])
			if size[0] == 45 {
				title = title[2:]
			}
			var marked strings.Builder
			for i, r := range rule {
				if r == '━' {
					marked.WriteRune(header[i])
				}
			}
			if marked.String() != title {
				t.Errorf("%d columns: the rule marks %q, want %q", size[0], marked.String(), title)
			}
		}
	}
}
