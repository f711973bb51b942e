package tui

import "github.com/charmbracelet/bubbles/key"

// keyMap is what works on every screen.
type keyMap struct {
	jump, next, previous  key.Binding
	sync, link, lock      key.Binding
	help, quit, interrupt key.Binding
}

func defaultKeys() keyMap {
	return keyMap{
		jump:      key.NewBinding(key.WithKeys("1", "2", "3", "4"), key.WithHelp("1–4", "go to a screen")),
		next:      key.NewBinding(key.WithKeys("tab"), key.WithHelp("tab", "next screen")),
		previous:  key.NewBinding(key.WithKeys("shift+tab"), key.WithHelp("shift+tab", "previous screen")),
		sync:      key.NewBinding(key.WithKeys("r"), key.WithHelp("r", "sync")),
		link:      key.NewBinding(key.WithKeys("l"), key.WithHelp("l", "link a bank")),
		lock:      key.NewBinding(key.WithKeys("ctrl+l"), key.WithHelp("ctrl+l", "lock")),
		help:      key.NewBinding(key.WithKeys("?"), key.WithHelp("?", "help")),
		quit:      key.NewBinding(key.WithKeys("q"), key.WithHelp("q", "quit")),
		interrupt: key.NewBinding(key.WithKeys("ctrl+c"), key.WithHelp("ctrl+c", "quit, from anywhere")),
	}
}

// ShortHelp implements help.KeyMap.
func (k keyMap) ShortHelp() []key.Binding {
	return []key.Binding{k.sync, k.link, k.lock, k.help, k.quit}
}

// FullHelp implements help.KeyMap.
func (k keyMap) FullHelp() [][]key.Binding {
	return [][]key.Binding{
		{k.jump, k.next, k.previous},
		{k.sync, k.link, k.lock},
		{k.help, k.quit, k.interrupt},
	}
}
