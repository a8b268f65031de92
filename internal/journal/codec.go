package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
)

const (
	checksumLength = 8
	// maxRecordBytes bounds the JSON of one record: a certificate of the largest committee, several times over.
	maxRecordBytes = 64 << 10
)

// seal puts a checksum before the payload. It covers bucket and key too, so that a record that turns up elsewhere is noticed.
func seal(bucket string, key, payload []byte) []byte {
	sum := checksum(bucket, key, payload)
	return append(sum[:checksumLength:checksumLength], payload...)
}

// unseal is the payload of a sealed value; it does not outlive value.
func unseal(bucket string, key, value []byte) ([]byte, error) {
	if len(value) < checksumLength {
		return nil, fmt.Errorf("%w: record %x of %s is %d bytes short", ErrCorrupt, key, bucket, checksumLength-len(value))
	}
	payload := value[checksumLength:]
	if sum := checksum(bucket, key, payload); !bytes.Equal(sum[:checksumLength], value[:checksumLength]) {
		return nil, fmt.Errorf("%w: checksum of record %x of %s", ErrCorrupt, key, bucket)
	}
	return payload, nil
}

func checksum(bucket string, key, payload []byte) [sha256.Size]byte {
	var b []byte
	b = binary.BigEndian.AppendUint32(b, uint32(len(bucket)))
	b = append(b, bucket...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(key)))
	b = append(b, key...)
	return sha256.Sum256(append(b, payload...))
}

// encode is the one encoding of a value.
func encode(value any) ([]byte, error) {
	payload, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("%w: encode: %w", ErrInvalid, err)
	}
	if len(payload) > maxRecordBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrInvalid, len(payload), maxRecordBytes)
	}
	return payload, nil
}

// decode accepts only what encode writes, so that equal values have equal bytes everywhere.
func decode[T interface{ validate() error }](payload []byte) (T, error) {
	var value, none T
	if len(payload) > maxRecordBytes {
		return none, fmt.Errorf("%w: %d bytes, at most %d", ErrInvalid, len(payload), maxRecordBytes)
	}
	if err := json.Unmarshal(payload, &value); err != nil {
		return none, fmt.Errorf("%w: decode: %w", ErrInvalid, err)
	}
	if err := value.validate(); err != nil {
		return none, err
	}
	again, err := encode(value)
	if err != nil {
		return none, err
	}
	if !bytes.Equal(again, payload) {
		return none, fmt.Errorf("%w: not the canonical encoding", ErrInvalid)
	}
	return value, nil
}
