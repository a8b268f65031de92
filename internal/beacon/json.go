package beacon

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/ethereum/go-ethereum/common"
)

// maxFields bounds the fields of one JSON object; the largest is the spec with a few hundred.
const maxFields = 4096

// object is a JSON object whose values are not decoded yet. Unlike encoding/json's structs it tells "Slot" from "slot", refuses
// a field that comes twice, and tells a missing field from a zero one. Its methods give a zero value for what is wrong: err tells of the first such field, in
// this object or in those inside it.
type object struct {
	path   string // where it stood in the answer, for errors
	fields map[string]json.RawMessage
	wrong  *error // shared with the objects inside
}

// parseObject reads text as exactly one JSON object.
func parseObject(path string, text []byte) (object, error) {
	o := object{path: path, fields: make(map[string]json.RawMessage), wrong: new(error)}
	d := json.NewDecoder(bytes.NewReader(text))
	if err := o.read(d); err != nil {
		return object{}, fmt.Errorf("%s: %w", o.name(), err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return object{}, fmt.Errorf("%s: more follows the JSON value", o.name())
	}
	return o, nil
}

func (o object) read(d *json.Decoder) error {
	if err := expectDelim(d, '{'); err != nil {
		return err
	}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		key, ok := token.(string)
		if !ok {
			return errors.New("a field without a name")
		}
		if _, twice := o.fields[key]; twice {
			return fmt.Errorf("field %.40q comes twice", key)
		}
		if len(o.fields) == maxFields {
			return fmt.Errorf("more than %d fields", maxFields)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return fmt.Errorf("field %.40q: %w", key, err)
		}
		o.fields[key] = value
	}
	return expectDelim(d, '}')
}

// expectDelim consumes the given bracket.
func expectDelim(d *json.Decoder, want json.Delim) error {
	token, err := d.Token()
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	if err != nil {
		return err
	}
	if token != want {
		return fmt.Errorf("found %.40q where %v is due", fmt.Sprint(token), want)
	}
	return nil
}

func (o object) name() string {
	if o.path == "" {
		return "answer"
	}
	return o.path
}

func (o object) at(field string) string {
	if o.path == "" {
		return field
	}
	return o.path + "." + field
}

// err is what was wrong first with the fields that were read.
func (o object) err() error { return *o.wrong }

func (o object) fail(format string, a ...any) {
	if *o.wrong == nil {
		*o.wrong = fmt.Errorf(format, a...)
	}
}

func (o object) raw(field string) json.RawMessage {
	value, ok := o.fields[field]
	if !ok {
		o.fail("%s is missing", o.at(field))
	}
	return value
}

func (o object) object(field string) object {
	inner, err := parseObject(o.at(field), o.raw(field))
	if err != nil {
		o.fail("%w", err)
	}
	inner.wrong = o.wrong
	return inner
}

func (o object) text(field string) (text string) {
	value := o.raw(field)
	if len(value) == 0 || value[0] != '"' {
		o.fail("%s is not a string", o.at(field))
	} else if err := json.Unmarshal(value, &text); err != nil {
		o.fail("%s: %w", o.at(field), err)
	}
	return text
}

func (o object) boolean(field string) bool {
	value := string(o.raw(field))
	if value != "true" && value != "false" {
		o.fail("%s is neither true nor false", o.at(field))
	}
	return value == "true"
}

// uint reads a decimal string.
func (o object) uint(field string) uint64 {
	n, err := parseUint(o.text(field))
	if err != nil {
		o.fail("%s: %w", o.at(field), err)
	}
	return n
}

func (o object) hash(field string) (hash common.Hash) {
	o.bytes(field, hash[:])
	return hash
}

// bytes fills into from 0x and exactly as many bytes in hex.
func (o object) bytes(field string, into []byte) {
	if err := parseHex(o.text(field), into); err != nil {
		o.fail("%s: %w", o.at(field), err)
	}
}

// parseUint reads a decimal number without sign and leading zeros.
func parseUint(text string) (uint64, error) {
	if len(text) > 1 && text[0] == '0' {
		return 0, fmt.Errorf("%.40q has a leading zero", text)
	}
	if text == "" || text[0] < '0' || text[0] > '9' {
		return 0, fmt.Errorf("%.40q is not a decimal number", text)
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%.40q is not a 64-bit decimal number", text)
	}
	return n, nil
}

// parseHex reads 0x and exactly len(into) bytes in hex.
func parseHex(text string, into []byte) error {
	if len(text) != 2+2*len(into) || text[:2] != "0x" {
		return fmt.Errorf("%.80q is not 0x and %d bytes in hex", text, len(into))
	}
	if _, err := hex.Decode(into, []byte(text[2:])); err != nil {
		return fmt.Errorf("%.80q is not hex", text)
	}
	return nil
}
