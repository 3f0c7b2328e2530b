package sandbox

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
)

// The prefixes of the service's IDs.
const (
	prefixAccount      = "AID-"
	prefixMessageRoute = "MRID-"
	prefixVoiceRoute   = "CRID-"
	prefixNumber       = "TNID-"
	prefixSubscriber   = "TSUID-"
	prefixOrder        = "JNUOID-"
	prefixMessage      = "TMID-"
)

// newID makes an ID: MRID-12345678-abcd-1234-5678-abcdef123456.
func newID(prefix string) string { return prefix + newUUID() }

func newUUID() string {
	b := random()
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// newICCID makes the number of a SIM: 19 digits, the first four those of
// North America.
func newICCID() string {
	b := random()
	return fmt.Sprintf("8901%015d", binary.BigEndian.Uint64(b[:])%1e15)
}

func random() (b [16]byte) {
	_, _ = rand.Read(b[:]) // Never fails: crypto/rand ends the program instead.
	return b
}
