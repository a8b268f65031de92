package main

import (
	"bytes"
	"fmt"
)

func page(rows []row) []byte {
	var b bytes.Buffer
	for _, r := range rows {
		fmt.Fprintln(&b, r.members, r.absent, r.certificate, r.submit)
	}
	return b.Bytes()
}
