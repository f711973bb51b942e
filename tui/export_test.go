package tui

import (
	"context"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"

	"coffer/tui/screen"
	"coffer/tui/theme"
)

// RunScreen is [Run] with one screen in every tab.
func RunScreen(ctx context.Context, o Options, s screen.Screen) error {
	return run(ctx, o, only(s))
}

// NewScreen is [New] with one screen in every tab.
func NewScreen(ctx context.Context, o Options, s screen.Screen) tea.Model {
	return newRoot(ctx, o, only(s), nil)
}

func only(s screen.Screen) builder {
	return func(context.Context, *theme.Theme, screen.Clock) []tab {
		return []tab{{screen.Overview, s}, {screen.Transactions, s}, {screen.Spending, s}, {screen.Accounts, s}}
	}
}

// Keys returns the keys that work on every screen.
func Keys() help.KeyMap { return defaultKeys() }
