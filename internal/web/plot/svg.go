package plot

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"unicode"
)

// withoutStyles turns each style attribute into attributes of the same names, which SVG has for all that the library sets, and gives the
// picture a role and a description.
func withoutStyles(svg []byte, description string) []byte {
	style := regexp.MustCompile(`style="([^"]*)"`)
	svg = style.ReplaceAllFunc(svg, func(attribute []byte) []byte {
		var attributes []string
		for _, declaration := range strings.Split(string(style.FindSubmatch(attribute)[1]), ";") {
			name, value, found := strings.Cut(declaration, ":")
			if !found {
				continue
			}
			if name == "font-family" {
				value = "system-ui, sans-serif"
			}
			attributes = append(attributes, name+`="`+value+`"`)
		}
		return []byte(strings.Join(attributes, " "))
	})
	label := html.EscapeString(validXML(description))
	svg = bytes.Replace(svg, []byte("<svg "), []byte(`<svg role="img" aria-label="`+label+`" `), 1)
	return bytes.Replace(svg, []byte(` xmlns:xlink="http://www.w3.org/1999/xlink"`), nil, 1)
}

// validXML drops what may not stand in XML at all, escaped or not.
func validXML(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}
