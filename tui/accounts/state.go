package accounts

import (
	"time"

	"coffer/ledger"
	"coffer/tui/widget"
)

// states says in a few words how a bank is doing, then in fewer.
func states(now time.Time, item ledger.Item) []string {
	on, since := "", ""
	if !item.Since.IsZero() {
		on = " " + widget.DayOf(now, item.Since)
		since = " since" + on
	}
	switch item.State {
	case ledger.ItemLoginRequired:
		return []string{"asks you to sign in again" + since, "sign in again, last " + widget.Ago(now, item.LastSync), "sign in again"}
	case ledger.ItemRevoked:
		return []string{"access ended" + on, "access ended"}
	case ledger.ItemUnavailable:
		if item.GivenUp() {
			return []string{"given up by Plaid" + since, "given up"}
		}
		if since == "" {
			return []string{"does not sync", "not synced"}
		}
		return []string{"has not synced" + since, "not synced"}
	case ledger.ItemExpiring:
		if item.ConsentExpires.IsZero() {
			return []string{"access ends soon", "ends soon"}
		}
		day := widget.DayOf(now, item.ConsentExpires)
		return []string{"access ends " + day, "ends " + day}
	}
	if item.LastSync.IsZero() {
		return []string{"not synced yet"}
	}
	return []string{"synced " + widget.Ago(now, item.LastSync), widget.AgoShort(now, item.LastSync)}
}

// asks reports whether signing in again helps a bank, or allowing what it wants.
func asks(item ledger.Item) bool {
	return item.State == ledger.ItemLoginRequired || item.State == ledger.ItemExpiring || item.Wants() != ""
}

// advice says what to do about a bank, "" when there is nothing to do.
func advice(item ledger.Item) string {
	reason := item.Reason()
	if reason != "" {
		reason += "; "
	}
	switch {
	case item.Wants() != "":
		return reason + "press f to allow it"
	case asks(item):
		return reason + "press f to sign in again"
	case item.State == ledger.ItemRevoked && item.Twin != "":
		return "it is linked again; press m, then u to take this old link out"
	case item.Foreign():
		return reason + "check the keys first (coffer setup), else press l to link it again"
	case item.State == ledger.ItemRevoked:
		return reason + "press l to link it again; what is here stays"
	case item.State == ledger.ItemUnavailable:
		return reason + "what is here stays"
	case item.Twin != "":
		return "linked twice, and what both have counts twice; m, then u takes one out"
	case item.HasMore():
		return "it has an account that is not shared yet; press a to choose"
	}
	return ""
}
