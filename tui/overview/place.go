package overview

import "coffer/tui/screen"

var _ screen.Keeper = (*Model)(nil)

// Place implements screen.Keeper: what the cursor is on.
func (m *Model) Place() any { return m.cursor }

// Return implements screen.Keeper.
func (m *Model) Return(place any) { m.cursor = place.(target) }
