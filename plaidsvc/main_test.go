package plaidsvc_test

import (
	"os"
	"testing"
	"time"
)

// TestMain has all of these tests live far west of Greenwich, where midnight there is
// the day before: a bank's days are no moments, and must not be turned into some.
func TestMain(m *testing.M) {
	time.Local = time.FixedZone("far west", -11*60*60)
	os.Exit(m.Run())
}
