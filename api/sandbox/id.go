package sandbox

import (
	"crypto/rand"
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
	var b [16]byte
	_, _ = rand.Read(b[:]) // Never fails: crypto/rand ends the program instead.
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
