package transactions

// ListShown reports whether the list is on screen and has rows.
func (m *Model) ListShown() bool { return len(m.list.rows) > 0 && !m.detailsCover() }
