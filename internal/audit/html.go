package audit

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"time"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

// page is what the template shows.
type page struct {
	Result
	CSS      template.CSS
	Policy   string
	Sentence string
	Figures  []figure
	Heat     heat
	NotMade  []group
	At       string
}

// WriteHTML writes a result as one page that needs nothing else: styles and plots are inside, and there is no script. Its own policy forbids loading
// anything. Everything from chain and nodes is escaped.
func WriteHTML(w io.Writer, r Result, now time.Time) error {
	drawn, err := figures(r)
	if err != nil {
		return err
	}
	functions := template.FuncMap{
		"shown": shown, "moment": moment, "ether": etherText, "rate": rateText, "percent": percentText, "signed": signedText,
		"checks": checksText, "seconds": func(s uint64) string { return (time.Duration(s) * time.Second).String() }, "short": short,
		"worst": worst, "conclusion": conclusionText,
	}
	t, err := template.New("page").Funcs(functions).Parse(pageHTML)
	if err != nil {
		return fmt.Errorf("the page's template: %w", err)
	}
	sum := sha256.Sum256([]byte(pageCSS))
	view := page{
		Result: r, CSS: template.CSS(pageCSS), Sentence: sentence(r), Figures: drawn, Heat: heatOf(r), NotMade: notMade(r),
		Policy: "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'",
		At:     now.UTC().Format(time.DateTime),
	}
	var out bytes.Buffer
	if err := t.Execute(&out, view); err != nil {
		return fmt.Errorf("make the page: %w", err)
	}
	if _, err := out.WriteTo(w); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// short is the beginning of a hash, for a cell; the whole stands in the title.
func short(v fmt.Stringer) string {
	text := v.String()
	if len(text) <= 12 {
		return text
	}
	return text[:10] + "…"
}

// worst is the class of a report's row.
func worst(r Report) State {
	state := OK
	for _, c := range r.Checks {
		switch {
		case c.State == Wrong:
			return Wrong
		case c.State == NotChecked:
			state = NotChecked
		}
	}
	if r.Outcome != Accepted {
		return Wrong
	}
	return state
}

func conclusionText(v Conclusion) string {
	switch v {
	case Found:
		return "Findings"
	case Unchecked:
		return "Not fully checked"
	case Clean:
	}
	return "Clean"
}
