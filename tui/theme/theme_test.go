package theme_test

import (
	"io"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"coffer/tui/theme"
)

func renderer(profile termenv.Profile, dark bool) *lipgloss.Renderer {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile)
	r.SetHasDarkBackground(dark)
	return r
}

// styles returns the styles of th by the name of their role.
func styles(th *theme.Theme) map[string]lipgloss.Style {
	all := make(map[string]lipgloss.Style)
	v := reflect.ValueOf(*th)
	for i := range v.NumField() {
		if style, ok := v.Field(i).Interface().(lipgloss.Style); ok {
			all[v.Type().Field(i).Name] = style
		}
	}
	return all
}

func TestPlainHasNoColour(t *testing.T) {
	for role, style := range styles(theme.Plain(renderer(termenv.TrueColor, true))) {
		got := style.Render("x")
		for _, colour := range []string{"[3", "[4", ";3", ";4", "[9", "[10"} {
			if i := strings.Index(got, colour); i >= 0 && !strings.HasPrefix(got[i:], "[3m") {
				t.Errorf("%s draws %q: that is a colour", role, got)
			}
		}
	}
}

// What must be read can be read: WCAG 2.2 asks 4.5 to 1 of text.
func TestTextStandsOutFromTheBackground(t *testing.T) {
	decoration := map[string]bool{"Rule": true, "BarRest": true, "Dialog": true, "Code": true /* on its own background */}
	for _, bg := range []struct {
		dark   bool
		colour string
	}{
		{true, "#000000"}, {true, "#1e1e1e"}, {false, "#ffffff"}, {false, "#f6f8fa"},
	} {
		for role, style := range styles(theme.New(renderer(termenv.TrueColor, bg.dark))) {
			fg := style.GetForeground().(lipgloss.AdaptiveColor)
			colour := fg.Light
			if bg.dark {
				colour = fg.Dark
			}
			if ratio := contrast(colour, bg.colour); ratio < 4.5 && !decoration[role] {
				t.Errorf("%s is %s on %s: %.1f to 1, want 4.5", role, colour, bg.colour, ratio)
			}
		}
	}
}

// contrast follows https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
func contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(hex string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			panic(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
