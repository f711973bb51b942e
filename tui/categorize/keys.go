package categorize

import "github.com/charmbracelet/bubbles/key"

// Every other key is text. Letters cannot be commands here: "q", "?" and "/"
// may begin a category of the user's own.
type keyMap struct {
	up, down, pageUp, pageDown, choose, cancel key.Binding
}

func defaultKeys() keyMap {
	return keyMap{
		up:       key.NewBinding(key.WithKeys("up", "ctrl+p"), key.WithHelp("↑", "up")),
		down:     key.NewBinding(key.WithKeys("down", "ctrl+n"), key.WithHelp("↓", "down")),
		pageUp:   key.NewBinding(key.WithKeys("pgup"), key.WithHelp("pgup", "page up")),
		pageDown: key.NewBinding(key.WithKeys("pgdown"), key.WithHelp("pgdn", "page down")),
		choose:   key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "choose")),
		cancel:   key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "cancel")),
	}
}

// ShortHelp implements help.KeyMap.
func (d *Dialog) ShortHelp() []key.Binding {
	return []key.Binding{d.keys.up, d.keys.down, d.keys.choose, d.keys.cancel}
}

// FullHelp implements help.KeyMap.
func (d *Dialog) FullHelp() [][]key.Binding {
	return [][]key.Binding{
		{d.keys.up, d.keys.down, d.keys.pageUp, d.keys.pageDown},
		{d.keys.choose, d.keys.cancel},
	}
}
