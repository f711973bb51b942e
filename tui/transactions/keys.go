package transactions

import "github.com/charmbracelet/bubbles/key"

type keyMap struct {
	up, down, pageUp, pageDown, home, end key.Binding
	search, sort, reverse                 key.Binding
	details, category, back               key.Binding
}

func defaultKeys() keyMap {
	return keyMap{
		up:       key.NewBinding(key.WithKeys("up", "k"), key.WithHelp("↑/k", "up")),
		down:     key.NewBinding(key.WithKeys("down", "j"), key.WithHelp("↓/j", "down")),
		pageUp:   key.NewBinding(key.WithKeys("pgup"), key.WithHelp("pgup", "page up")),
		pageDown: key.NewBinding(key.WithKeys("pgdown"), key.WithHelp("pgdn", "page down")),
		home:     key.NewBinding(key.WithKeys("home", "g"), key.WithHelp("home/g", "first row")),
		end:      key.NewBinding(key.WithKeys("end", "G"), key.WithHelp("end/G", "last row")),
		search:   key.NewBinding(key.WithKeys("/"), key.WithHelp("/", "search")),
		sort:     key.NewBinding(key.WithKeys("s"), key.WithHelp("s", "sort by date, amount, payee")),
		reverse:  key.NewBinding(key.WithKeys("S"), key.WithHelp("S", "turn the order round")),
		details:  key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "details")),
		category: key.NewBinding(key.WithKeys("c"), key.WithHelp("c", "category")),
		back:     key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "back")),
	}
}

// ShortHelp implements help.KeyMap. While the user types only these keys are
// commands.
func (m *Model) ShortHelp() []key.Binding {
	if m.typing {
		return []key.Binding{m.typingKeys.accept, m.typingKeys.leave}
	}
	if m.detailsCover() { // on its own, the footer must name the way out
		return []key.Binding{m.backKey(), m.keys.category, m.keys.search}
	}
	return []key.Binding{m.keys.search, m.keys.details, m.backKey(), m.keys.category, m.keys.sort}
}

// backKey is offered only when there is something that it leaves.
func (m *Model) backKey() key.Binding {
	back := m.keys.back
	back.SetEnabled(m.canGoBack())
	return back
}

// FullHelp implements help.KeyMap.
func (m *Model) FullHelp() [][]key.Binding {
	return [][]key.Binding{
		{m.keys.up, m.keys.down, m.keys.pageUp, m.keys.pageDown, m.keys.home, m.keys.end},
		{m.keys.search, m.keys.sort, m.keys.reverse},
		{m.keys.details, m.keys.category, m.backKey()},
	}
}

// typingKeys are the keys that are not text while the user types a filter.
type typingKeys struct {
	up, down, pageUp, pageDown, accept, leave key.Binding
}

func defaultTypingKeys() typingKeys {
	return typingKeys{
		up:       key.NewBinding(key.WithKeys("up")),
		down:     key.NewBinding(key.WithKeys("down")),
		pageUp:   key.NewBinding(key.WithKeys("pgup")),
		pageDown: key.NewBinding(key.WithKeys("pgdown")),
		accept:   key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "to the rows")),
		leave:    key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "stop typing")),
	}
}
