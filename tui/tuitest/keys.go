package tuitest

import (
	"reflect"
	"slices"
	"unsafe"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
)

// CheckKeys fails t unless every binding that screen holds in a field named keys
// is in its FullHelp with a text, and no key is bound twice among those and the
// keys that work everywhere.
func CheckKeys(t T, screen help.KeyMap, everywhere help.KeyMap) {
	t.Helper()
	shown := slices.Concat(screen.FullHelp()...)
	for name, b := range bindings(screen) {
		if !slices.ContainsFunc(shown, func(s key.Binding) bool { return slices.Equal(s.Keys(), b.Keys()) }) {
			t.Errorf("%s (%q) is not in the help", name, b.Keys())
		}
	}
	taken := make(map[string]string)
	for _, b := range slices.Concat(append(screen.FullHelp(), everywhere.FullHelp()...)...) {
		if b.Help().Key == "" || b.Help().Desc == "" {
			t.Errorf("%q has no text in the help", b.Keys())
		}
		for _, k := range b.Keys() {
			if other, ok := taken[k]; ok {
				t.Errorf("%q means both %q and %q", k, other, b.Help().Desc)
			}
			taken[k] = b.Help().Desc
		}
	}
}

// bindings returns the bindings in the struct that model, a pointer, holds in its
// field keys, by the name of their field.
func bindings(model any) map[string]key.Binding {
	found := make(map[string]key.Binding)
	keys := reflect.ValueOf(model).Elem().FieldByName("keys")
	if !keys.IsValid() {
		return found
	}
	for i := range keys.NumField() {
		f := keys.Field(i)
		if f.Type() == reflect.TypeFor[key.Binding]() {
			// The field is not exported; it is only read.
			found[keys.Type().Field(i).Name] = *(*key.Binding)(unsafe.Pointer(f.UnsafeAddr()))
		}
	}
	return found
}
