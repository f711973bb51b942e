package widget

import (
	"fmt"
	"math"

	"coffer/ledger"
)

// Change says how a sum compares with another, in few cells: "▲ 31%", "▼ 12%",
// "=", "new". Where a percentage would mean nothing, as against a refund, only
// the direction is said, and where one of the two is not known, nothing.
func Change(now, before ledger.Amount) string {
	if !now.Known() || !before.Known() {
		return ""
	}
	a, b := now.Minor(), before.Minor()
	arrow := "▲"
	if a < b {
		arrow = "▼"
	}
	percent := math.Round(math.Abs(float64(a)-float64(b)) / float64(b) * 100)
	switch {
	case a == b:
		return "="
	case b == 0:
		return "new"
	case a < 0 || b < 0:
		return arrow
	case percent == 0:
		return "="
	case percent > 999:
		return arrow + " 999+%"
	}
	return fmt.Sprintf("%s %.0f%%", arrow, percent)
}
