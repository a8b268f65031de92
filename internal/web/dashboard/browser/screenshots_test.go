//go:build browser

package browser

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

// TestPicturesOfThePage leaves the pictures that a person should look at after each change.
func TestPicturesOfThePage(t *testing.T) {
	folder := screenshots(t)
	phone := device{width: 390, height: 844, phone: true, scheme: "light", motion: "reduce"}
	phoneDark := phone
	phoneDark.scheme = "dark"
	pictures := map[string]struct {
		step   int
		device device
	}{
		"desktop-light": {4, desktop("light")}, "desktop-dark": {4, desktop("dark")}, "phone-light": {4, phone}, "phone-dark": {8, phoneDark},
		"desktop-final": {8, desktop("light")}, "desktop-waiting": {0, desktop("light")},
	}
	for name, picture := range pictures {
		t.Run(name, func(t *testing.T) {
			v := visit(t, newSite(t, sample.Status(picture.step)), picture.device)
			v.await(t, `document.getElementById("live").dataset.state === "on"`)
			ask[int](t, v, `document.querySelectorAll("img").forEach((i) => { i.loading = "eager"; }), 0`)
			v.await(t, `[...document.images].every((i) => i.complete && i.naturalWidth > 0)`)
			first, err := chromedp.Run(v.ctx, chromedp.CaptureScreenshot())
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(folder, name+"-first.png"), first, 0o644))
			taken, err := chromedp.Run(v.ctx, chromedp.FullScreenshot(100))
			require.NoError(t, err)
			image, err := png.Decode(bytes.NewReader(taken))
			require.NoError(t, err)
			require.GreaterOrEqual(t, int64(image.Bounds().Dx()), picture.device.width)
			require.Greater(t, int64(image.Bounds().Dy()), picture.device.height)
			require.NoError(t, os.WriteFile(filepath.Join(folder, name+".png"), taken, 0o644))
		})
	}
}

// screenshots is the folder for pictures.
func screenshots(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		folder = t.ArtifactDir()
	}
	require.NoError(t, os.MkdirAll(folder, 0o755))
	return folder
}
