package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// MaxJSONBytes bounds a report written as JSON. Written without spaces the largest has less than a third of it.
const MaxJSONBytes = 4096

// ErrMalformedJSON: the text is not a report as MarshalJSON writes it.
var ErrMalformedJSON = errors.New("malformed report JSON")

// MarshalJSON writes the EIP-712 field names in ABI order. Every integer is a decimal string, as in the Beacon API: gwei of a large pool pass
// the 53 bits that many JSON readers keep. Errors: ErrInvalidReport for an amount above 128 bits.
func (r Report) MarshalJSON() ([]byte, error) {
	if err := r.fits(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	for i, f := range fields() {
		lead := ","
		if i == 0 {
			lead = "{"
		}
		quote := `"`
		if f.solType == "bool" {
			quote = ""
		}
		fmt.Fprintf(&out, `%s"%s":%s%s%s`, lead, f.name, quote, f.text(&r), quote)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// UnmarshalJSON is ParseJSON for a report inside other JSON. The report is unchanged on error.
func (r *Report) UnmarshalJSON(data []byte) error {
	parsed, err := ParseJSON(data)
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}

// ParseJSON reads a report from at most MaxJSONBytes. Order and spaces are free, all else is as MarshalJSON writes it: each field once, no
// other, nothing behind. It takes reports that Validate refuses, so that a wrong report can be looked at. Errors: ErrMalformedJSON.
func ParseJSON(data []byte) (Report, error) {
	if len(data) > MaxJSONBytes {
		return Report{}, fmt.Errorf("%w: %d bytes, at most %d", ErrMalformedJSON, len(data), MaxJSONBytes)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	if err := expectDelimiter(decoder, '{'); err != nil {
		return Report{}, err
	}
	r, err := parseFields(decoder)
	if err != nil {
		return Report{}, err
	}
	if err := expectDelimiter(decoder, '}'); err != nil {
		return Report{}, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Report{}, fmt.Errorf("%w: data after the report", ErrMalformedJSON)
	}
	return r, nil
}

func parseFields(decoder *json.Decoder) (Report, error) {
	var r Report
	all := fields()
	var seen [len(all)]bool
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return Report{}, fmt.Errorf("%w: %w", ErrMalformedJSON, err)
		}
		i := indexOf(all[:], name)
		if i < 0 {
			return Report{}, fmt.Errorf("%w: unknown field %q", ErrMalformedJSON, name)
		}
		if seen[i] {
			return Report{}, fmt.Errorf("%w: field %s twice", ErrMalformedJSON, name)
		}
		seen[i] = true
		if err := parseValue(decoder, all[i], &r); err != nil {
			return Report{}, err
		}
	}
	var missing []string
	for i, f := range all {
		if !seen[i] {
			missing = append(missing, f.name)
		}
	}
	if missing != nil && seen[0] && r.Version != Version { // Another format has other fields: that is the reason.
		return Report{}, fmt.Errorf("%w: format %d, this software knows %d: without %s", ErrMalformedJSON, r.Version, Version, strings.Join(missing, ", "))
	}
	if missing != nil {
		return Report{}, fmt.Errorf("%w: without %s", ErrMalformedJSON, strings.Join(missing, ", "))
	}
	return r, nil
}

func parseValue(decoder *json.Decoder, f field, r *Report) error {
	token, err := decoder.Token()
	if err != nil {
		return fmt.Errorf("%w: value of %s: %w", ErrMalformedJSON, f.name, err)
	}
	var text string
	switch v := token.(type) {
	case string:
		if f.solType == "bool" {
			return fmt.Errorf("%w: %s is %q, want true or false", ErrMalformedJSON, f.name, v)
		}
		text = v
	case bool:
		if f.solType != "bool" {
			return fmt.Errorf("%w: %s is %t, want a string", ErrMalformedJSON, f.name, v)
		}
		text = fmt.Sprint(v)
	default:
		return fmt.Errorf("%w: %s is neither a string nor true or false", ErrMalformedJSON, f.name)
	}
	if err := f.set(r, text); err != nil {
		return fmt.Errorf("%w: %s is %q: %w", ErrMalformedJSON, f.name, text, err)
	}
	return nil
}

func expectDelimiter(decoder *json.Decoder, want json.Delim) error {
	if token, err := decoder.Token(); err != nil || token != want {
		return fmt.Errorf("%w: no object", ErrMalformedJSON)
	}
	return nil
}

func indexOf(all []field, name json.Token) int {
	for i, f := range all {
		if f.name == name {
			return i
		}
	}
	return -1
}
