package spending

import "github.com/charmbracelet/bubbles/key"

type keyMap struct {
	up, down, pageUp, pageDown, home, end key.Binding
	earlier, later, now, month, year      key.Binding
	group, open, back                     key.Binding
}

func defaultKeys() keyMap {
	return keyMap{
		up:       key.NewBinding(key.WithKeys("up", "k"), key.WithHelp("↑/k", "up")),
		down:     key.NewBinding(key.WithKeys("down", "j"), key.WithHelp("↓/j", "down")),
		pageUp:   key.NewBinding(key.WithKeys("pgup"), key.WithHelp("pgup", "page up")),
		pageDown: key.NewBinding(key.WithKeys("pgdown"), key.WithHelp("pgdn", "page down")),
		home:     key.NewBinding(key.WithKeys("home"), key.WithHelp("home", "first row")),
		end:      key.NewBinding(key.WithKeys("end", "G"), key.WithHelp("end/G", "last row")),
		earlier:  key.NewBinding(key.WithKeys("left", "h", "["), key.WithHelp("←", "earlier")),
		later:    key.NewBinding(key.WithKeys("right", "]"), key.WithHelp("→", "later")),
		now:      key.NewBinding(key.WithKeys("t"), key.WithHelp("t", "this month or year")),
		month:    key.NewBinding(key.WithKeys("m"), key.WithHelp("m", "by months")),
		year:     key.NewBinding(key.WithKeys("y"), key.WithHelp("y", "by years")),
		group:    key.NewBinding(key.WithKeys("g"), key.WithHelp("g", "group by")),
		open:     key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "open")),
		back:     key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "back")),
	}
}

// ShortHelp implements help.KeyMap.
func (m *Model) ShortHelp() []key.Binding {
	return []key.Binding{m.keys.earlier, m.keys.later, m.keys.group, m.keys.open, m.backKey()}
}

// backKey is offered only when there is something that it leaves.
func (m *Model) backKey() key.Binding {
	back := m.keys.back
	back.SetEnabled(m.inside != "")
	return back
}

// FullHelp implements help.KeyMap.
func (m *Model) FullHelp() [][]key.Binding {
	return [][]key.Binding{
		{m.keys.up, m.keys.down, m.keys.pageUp, m.keys.pageDown, m.keys.home, m.keys.end},
		{m.keys.earlier, m.keys.later, m.keys.now, m.keys.month, m.keys.year},
		{m.keys.group, m.keys.open, m.backKey()},
	}
}
