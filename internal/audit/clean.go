package audit

import (
	"strings"
	"unicode"
)

// maxShownRunes bounds a text that came from a chain or a node.
const maxShownRunes = 1000

// shown is a text that no terminal takes for a command: nodes put their own words into errors.
func shown(text string) string {
	runes := []rune(strings.ToValidUTF8(text, "\uFFFD"))
	if len(runes) > maxShownRunes {
		runes = append(runes[:maxShownRunes], '…')
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '\uFFFD'
		}
		return r
	}, string(runes))
}
