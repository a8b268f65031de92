package bls

import (
	"fmt"
	"io"
)

// redacted stands wherever a secret key would print. The methods have value receivers, so that a key and a pointer to one are
// hidden alike. log/slog needs no method of its own: it prints through MarshalText and Format.
const redacted = "[secret]"

// String hides the key.
func (s SecretKey) String() string { return redacted }

// GoString hides the key.
func (s SecretKey) GoString() string { return redacted }

// Format hides the key from every verb.
func (s SecretKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText hides the key from YAML and text logs.
func (s SecretKey) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalJSON hides the key from JSON.
func (s SecretKey) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }
