package theme

import (
	"fmt"
	"math"
	"strconv"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// brandContrast is what a mark needs that is no text (WCAG 2.2, 1.4.11).
const brandContrast = 3

// The backgrounds that a terminal is taken to have, dark and light.
var (
	darkGrounds  = []rgb{{0, 0, 0}, {0x1e, 0x1e, 0x1e}}
	lightGrounds = []rgb{{0xff, 0xff, 0xff}, {0xf6, 0xf8, 0xfa}}
)

// rgb is a colour of three bytes.
type rgb [3]uint8

// parseRGB reads "#1b6ca8".
func parseRGB(s string) (c rgb, ok bool) {
	if len(s) != 7 || s[0] != '#' {
		return c, false
	}
	for i := range c {
		n, err := strconv.ParseUint(s[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return c, false
		}
		c[i] = uint8(n)
	}
	return c, true
}

func (c rgb) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// toward mixes a share of another colour in, 0 to 1.
func (c rgb) toward(to rgb, share float64) rgb {
	for i := range c {
		c[i] = uint8(math.Round(float64(c[i])*(1-share) + float64(to[i])*share))
	}
	return c
}

// luminance follows https://www.w3.org/TR/WCAG22/#dfn-relative-luminance.
func (c rgb) luminance() float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := float64(c[i]) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}

// standsOut reports whether a mark of this colour can be told from all the grounds.
func (c rgb) standsOut(grounds []rgb) bool {
	for _, g := range grounds {
		a, b := c.luminance(), g.luminance()
		if (max(a, b)+0.05)/(min(a, b)+0.05) < brandContrast {
			return false
		}
	}
	return true
}

// brand makes marks in colours that are not the program's own. A colour is lightened
// or darkened as far as it takes to be seen, as the terminal shows it; where the
// terminal has too few colours for that there is none.
func brand(r *lipgloss.Renderer) func(color string) (lipgloss.Style, bool) {
	profile := r.ColorProfile()
	if profile != termenv.TrueColor && profile != termenv.ANSI256 {
		return noBrand
	}
	grounds, end := lightGrounds, rgb{0, 0, 0}
	if r.HasDarkBackground() {
		grounds, end = darkGrounds, rgb{0xff, 0xff, 0xff}
	}
	return func(color string) (lipgloss.Style, bool) {
		c, ok := parseRGB(color)
		if !ok {
			return lipgloss.Style{}, false
		}
		for share := 0.0; share <= 1; share += 0.05 {
			seen := c.toward(end, share)
			red, green, blue := termenv.ConvertToRGB(profile.Color(seen.String())).RGB255()
			if (rgb{red, green, blue}).standsOut(grounds) {
				return r.NewStyle().Foreground(lipgloss.Color(seen.String())), true
			}
		}
		return lipgloss.Style{}, false
	}
}

// noBrand is for who wants no colours.
func noBrand(string) (lipgloss.Style, bool) { return lipgloss.Style{}, false }
