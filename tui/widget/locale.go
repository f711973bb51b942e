package widget

import "strings"

// ShowsUnicode reports whether the locale is one in which a terminal shows more
// than ASCII. The first variable that is set decides (POSIX, "Internationalization
// Variables"); where none is, the locale is "C".
func ShowsUnicode(getenv func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := getenv(name); v != "" {
			v = strings.ToLower(v)
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return false
}
