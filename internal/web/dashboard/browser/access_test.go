//go:build browser

package browser

import (
	_ "embed"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

// accessibility is a script that returns what keeps people from reading or using a page, a sentence each.
//
//go:embed testdata/accessibility.js
var accessibility string

// openAll opens everything that can be opened, so that it is judged too.
const openAll = `document.querySelectorAll("details").forEach((d) => { d.open = true; }), 0`

func TestEveryoneCanReadThePage(t *testing.T) {
	for _, scheme := range []string{"light", "dark"} {
		for _, step := range []int{0, 4, 8} {
			t.Run(fmt.Sprintf("%s, step %d", scheme, step), func(t *testing.T) {
				v := visit(t, newSite(t, sample.Status(step)), desktop(scheme))
				v.await(t, `document.getElementById("live").dataset.state === "on"`)
				ask[int](t, v, openAll)
				require.Empty(t, ask[[]string](t, v, accessibility))
				require.Greater(t, ask[int](t, v, `window.judgedTexts`), 200, "the script must have judged the page's texts")
			})
		}
	}
}

// TestTheAccessibilityScriptFindsFaults plants each fault that the script knows.
func TestTheAccessibilityScriptFindsFaults(t *testing.T) {
	faults := map[string]string{
		`document.querySelector("figure img").removeAttribute("alt")`:                          "has no alternative text",
		`document.querySelector(".strip").removeAttribute("aria-label")`:                       "picture without a description",
		`document.querySelector("table caption").remove()`:                                     "table has no caption",
		`document.querySelector("thead th").removeAttribute("scope")`:                          "no scope",
		`document.querySelector("main").insertAdjacentHTML("beforeend", "<h6>x</h6>")`:         "skips a level",
		`document.querySelector("main").insertAdjacentHTML("beforeend", "<a href='#'></a>")`:   "has no name",
		`document.querySelector("main").insertAdjacentHTML("beforeend", "<i id='round'></i>")`: "is used twice",
		`document.documentElement.removeAttribute("lang")`:                                     "language",
		`document.getElementById("round").setAttribute("aria-labelledby", "nowhere")`:          "points to nothing",
		`document.querySelector("h2").style.color = "#999"`:                                    "contrast",
		`document.querySelector("rect.same").style.fill = "#eee"`:                              "contrast",
	}
	v := visit(t, newSite(t, sample.Status(4)), desktop("light"))
	for plant, found := range faults {
		v.do(t, chromedp.Reload(), chromedp.WaitVisible(chromedp.ID("now-title")))
		ask[int](t, v, plant+`, 0`)
		require.Contains(t, fmt.Sprint(ask[[]string](t, v, accessibility)), found, plant)
	}
}

// tabbed are what the tab key reaches from the page's beginning, at most so many: the focus is seen on each.
func tabbed(t *testing.T, v *visitor, most int) (reached []string) {
	t.Helper()
	for range most {
		v.do(t, chromedp.KeyEvent("\t"))
		at := ask[struct {
			Name    string `json:"name"`
			Outline bool   `json:"outline"`
		}](t, v, `(() => {
			const e = document.activeElement, style = getComputedStyle(e);
			return { name: e.localName + " " + (e.getAttribute("aria-label") || e.textContent.trim()), outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 };
		})()`)
		if at.Name[:4] == "body" {
			break
		}
		require.True(t, at.Outline, "the focus cannot be seen on %s", at.Name)
		v.await(t, `((box) => box.bottom > 0 && box.top < innerHeight)(document.activeElement.getBoundingClientRect())`) // Scrolling takes a moment.
		reached = append(reached, at.Name)
	}
	return reached
}

func TestThePageCanBeUsedWithTheKeyboardAlone(t *testing.T) {
	v := visit(t, newSite(t, sample.Status(4)), desktop("light"))
	ask[int](t, v, `document.querySelector("#all-reports").open = true, 0`)
	reached := tabbed(t, v, 40)
	require.Equal(t, "a Skip to the content", reached[0])
	require.Subset(t, reached, []string{
		"a Round", "a Alarms", "a Token", "a History", "a This node", "summary This node's report", "summary All reports as a table", "div Reports",
		"summary Identity and addresses", "a status", "a description",
	})
	v.do(t, chromedp.Focus(chromedp.CSS("#own-report summary")), chromedp.KeyEvent("\r"))
	v.await(t, `document.getElementById("own-report").open`)
}

func TestThePageFitsSmallScreens(t *testing.T) {
	for _, width := range []int64{320, 390, 768} {
		v := visit(t, newSite(t, sample.Status(4)), device{width: width, height: 800, phone: true, scheme: "light", motion: "reduce"})
		ask[int](t, v, openAll)
		wide := ask[[]string](t, v, `[...document.querySelectorAll("main *, header *, footer *")]
			.filter((e) => !e.closest(".scroll, .hidden, .hidden-text, thead") && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 120))`)
		require.Empty(t, wide, "%d pixels", width)
		require.True(t, ask[bool](t, v, `document.documentElement.scrollWidth <= innerWidth`), "%d pixels", width)
		small := ask[[]string](t, v, `[...document.querySelectorAll("nav a, summary")].filter((e) => e.getBoundingClientRect().height < 24).map((e) => e.textContent)`)
		require.Empty(t, small, "too small for a finger")
	}
}

func TestNothingMovesForThoseWhoWantNoMotion(t *testing.T) {
	const moving = `document.getAnimations().length`
	still := desktop("light")
	still.motion = "reduce"
	require.Zero(t, ask[int](t, visit(t, newSite(t, sample.Status(4)), still), moving))
	require.NotZero(t, ask[int](t, visit(t, newSite(t, sample.Status(4)), desktop("light")), moving), "the test must be able to see motion")
}
