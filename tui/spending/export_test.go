package spending

// HasGroups reports whether there is anything to put the cursor on.
func (m *Model) HasGroups() bool { return len(m.lines) > 0 }
