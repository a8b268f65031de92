package dashboard_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/dashboard"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

// described is the API's own description, as it serves it.
type described struct {
	document *openapi3.T
	router   routers.Router
	handler  http.Handler
}

func describe(t *testing.T, source status.Source) described {
	t.Helper()
	handler := dashboard.New(source, dashboard.Options{Holders: sample.HoldersSource{Shown: sample.Holders()}})
	t.Cleanup(handler.Close)
	return describeHandler(t, handler)
}

func describeHandler(t *testing.T, handler http.Handler) described {
	t.Helper()
	answer := get(handler, "/api/v1/openapi.yaml")
	document, err := openapi3.NewLoader().LoadFromData(answer.Body.Bytes())
	require.NoError(t, err)
	require.NoError(t, document.Validate(context.Background()))
	document.Servers = nil
	router, err := gorillamux.NewRouter(document)
	require.NoError(t, err)
	return described{document, router, handler}
}

func get(handler http.Handler, path string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil)
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	return answer
}

// check asks for a path and compares the answer with the description.
func (d described) check(t *testing.T, path string, code int) *httptest.ResponseRecorder {
	t.Helper()
	answer := get(d.handler, path)
	require.Equal(t, code, answer.Code, "%s: %s", path, answer.Body)
	d.validate(t, path, answer.Code, answer.Header(), answer.Body.Bytes())
	return answer
}

func (d described) validate(t *testing.T, path string, code int, header http.Header, body []byte) {
	t.Helper()
	request := httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil)
	route, parameters, err := d.router.FindRoute(request)
	require.NoError(t, err, "openapi.yaml does not name %s", path)
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: request, PathParams: parameters, Route: route},
		Status:                 code, Header: header, Body: io.NopCloser(bytes.NewReader(body)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	}
	require.NoError(t, openapi3filter.ValidateResponse(context.Background(), input),
		"%s answers what openapi.yaml does not describe: describe each field of package status there", path)
}

func TestEveryAnswerIsAsDescribed(t *testing.T) {
	for step := range sample.Steps {
		d := describe(t, sample.NewSource(step))
		for _, path := range []string{"/api/v1/status", "/api/v1/reports", "/api/v1/reports?limit=3&before=12000000", "/api/v1/rounds", "/api/v1/openapi.yaml"} {
			d.check(t, path, http.StatusOK)
		}
	}
}

func TestAnswersOfANodeThatKnowsNothingAreAsDescribed(t *testing.T) {
	source := sample.NewSource(0)
	source.Show(status.Status{
		Rounds:   []status.Round{{Stage: status.Waiting, Seats: []status.Seat{{}}, Sections: []status.SectionView{{}}}},
		Overview: status.Overview{Reports: []status.Report{{}}},
	})
	d := describe(t, source)
	for _, path := range []string{"/api/v1/status", "/api/v1/reports", "/api/v1/rounds"} {
		answer := d.check(t, path, http.StatusOK)
		require.NotContains(t, answer.Body.String(), "[null]")
	}
}

func TestRefusalsAreAsDescribed(t *testing.T) {
	d := describe(t, sample.NewSource(0))
	for _, query := range []string{"limit=0", "limit=1001", "limit=x", "limit=-1", "before=-1", "before=99999999999999999999"} {
		answer := d.check(t, "/api/v1/reports?"+query, http.StatusBadRequest)
		require.Contains(t, answer.Body.String(), strings.SplitN(query, "=", 2)[0])
	}
}

// TestTheDescriptionForbidsWhatItDoesNotName would notice a description that lets everything pass.
func TestTheDescriptionForbidsWhatItDoesNotName(t *testing.T) {
	d := describe(t, sample.NewSource(8))
	for name, schema := range d.document.Components.Schemas {
		if schema.Value.Type.Is("object") {
			require.NotNil(t, schema.Value.AdditionalProperties.Has, "%s takes any field", name)
			require.False(t, *schema.Value.AdditionalProperties.Has, "%s takes any field", name)
			require.Len(t, schema.Value.Required, len(schema.Value.Properties), "%s has fields that may be left out", name)
		}
	}
}

func TestEachDescribedPathIsServedAndNoOther(t *testing.T) {
	d := describe(t, sample.NewSource(8))
	for path, item := range d.document.Paths.Map() {
		require.Len(t, item.Operations(), 1, path)
		request := httptest.NewRequest(http.MethodHead, "http://localhost"+path, nil)
		answer := httptest.NewRecorder()
		d.handler.ServeHTTP(answer, request)
		require.Equal(t, http.StatusOK, answer.Code, path)
		require.Contains(t, item.Get.Responses.Status(http.StatusOK).Value.Content, strings.Split(answer.Header().Get("Content-Type"), ";")[0], path)
	}
	for _, path := range []string{"/api/v1/", "/api/v2/status", "/api/v1/status/x"} {
		answer := get(d.handler, path)
		require.Equal(t, http.StatusNotFound, answer.Code)
		var refusal map[string]string
		require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &refusal))
		require.NotEmpty(t, refusal["error"])
	}
}

func TestReportsComeInPages(t *testing.T) {
	source := sample.NewSource(8)
	handler := dashboard.New(source, dashboard.Options{})
	defer handler.Close()
	var slots []uint64
	for path := "/api/v1/reports?limit=7"; ; {
		var page struct {
			Reports []status.Report `json:"reports"`
		}
		require.NoError(t, json.Unmarshal(get(handler, path).Body.Bytes(), &page))
		if len(page.Reports) == 0 {
			break
		}
		for _, report := range page.Reports {
			slots = append(slots, report.RefSlot)
		}
		last, err := json.Marshal(slots[len(slots)-1])
		require.NoError(t, err)
		path = "/api/v1/reports?limit=7&before=" + string(last)
	}
	var all []uint64
	for _, report := range source.Status().Reports {
		all = append(all, report.RefSlot)
	}
	require.Equal(t, all, slots)
}
