package dashboard

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
)

//go:embed assets templates
var files embed.FS

// page holds the parsed templates and the assets.
type page struct {
	templates *template.Template
	assets    map[string]asset
}

type asset struct {
	content []byte
	kind    string
	hash    string
}

// part is one piece of the page that is sent again when it changed.
type part struct {
	ID   string `json:"id"` // of the element whose content it is
	HTML string `json:"html"`
}

// partNames are the parts, in the order of the page; each has a template of that name.
func partNames() []string {
	return []string{"who", "now", "round", "alarms", "token", "history", "health"}
}

// newPage reads what is embedded; a fault in it is one of the build.
func newPage() *page {
	p := &page{templates: template.Must(template.ParseFS(files, "templates/*.html")), assets: map[string]asset{}}
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	entries, err := fs.ReadDir(files, "assets")
	if err != nil {
		panic(err)
	}
	for _, entry := range entries {
		content, err := files.ReadFile("assets/" + entry.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(content)
		p.assets[entry.Name()] = asset{content, kinds[path.Ext(entry.Name())], hex.EncodeToString(sum[:8])}
	}
	return p
}

func (p *page) addresses() map[string]string {
	all := map[string]string{}
	for name, a := range p.assets {
		all[name] = "assets/" + name + "?of=" + a.hash
	}
	return all
}

// parts renders the snapshot's parts, once.
func (d *Dashboard) parts(s *snapshot) ([]part, error) {
	s.render.Do(func() {
		content := s.view()
		for _, name := range partNames() {
			var out bytes.Buffer
			if s.err = d.page.templates.ExecuteTemplate(&out, name, content); s.err != nil {
				return
			}
			s.parts = append(s.parts, part{name, out.String()})
		}
	})
	return s.parts, s.err
}

// servePage answers with the whole page.
func (d *Dashboard) servePage(w http.ResponseWriter, _ *http.Request) {
	content := d.current().view()
	content.Assets = d.page.addresses()
	if d.holders != nil {
		content.Holders = holdersPath
		content.Data = append(content.Data, linkView{holdersPath, "holders"})
	}
	var out bytes.Buffer
	if err := d.page.templates.ExecuteTemplate(&out, "page", content); err != nil {
		d.logger.Error("The dashboard's page cannot be written.", "error", fmt.Errorf("render the page: %w", err))
		http.Error(w, "The page cannot be written; the node's log says why.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Write(out.Bytes()) //nolint:errcheck // The reader is gone.
}

// serveAsset answers with a style sheet, script or picture. One that is asked for by its hash never changes.
func (d *Dashboard) serveAsset(w http.ResponseWriter, r *http.Request) {
	a, known := d.page.assets[r.PathValue("name")]
	if !known {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", a.kind)
	if r.URL.Query().Get("of") == a.hash {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.Write(a.content) //nolint:errcheck // The reader is gone.
}
