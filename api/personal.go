package api

import (
	"bytes"
	"slices"
	"strings"

	"telegent-setup/api/text"
)

// Names of JSON keys are compared bare, as bareKey has them.

// secretKey says whether the value of a key is a secret wherever it stands in an
// answer.
func secretKey(bare []byte) bool {
	switch string(bare) {
	case "token", "accesstoken", "refreshtoken", "idtoken", "accountsecret", "password", "clientsecret":
		return true
	}
	return bytes.HasSuffix(bare, []byte("passwordtoken"))
}

var personalNames = []string{"iccid", "qrcode", "activationlink", "activationcode", "portoutpin"}

// personalKey says whether the value of a key concerns a person and stays out of
// records.
func personalKey(bare []byte) bool {
	return len(bare) >= len("iccid") && slices.ContainsFunc(personalNames, func(name string) bool { return bytes.Contains(bare, []byte(name)) })
}

// recordKey says whether the value of a key stays out of records.
func recordKey(bare []byte) bool { return secretKey(bare) || personalKey(bare) }

// bareKey appends a key in small letters, without separators.
func bareKey(b []byte, key string) []byte {
	for _, c := range []byte(key) {
		switch {
		case c >= 'A' && c <= 'Z':
			c |= 0x20
		case c == '_' || c == '-':
			continue
		}
		b = append(b, c)
	}
	return b
}

// hidePersonal redacts what concerns a person wherever it stands in a text:
// activation codes, the numbers of SIM cards, and values beside their names.
func hidePersonal(s string) string {
	return hideNamed(hideICCIDs(hideActivationCodes(s)), personalKey)
}

// hideActivationCodes redacts LPA:1$SMDP.ADDRESS$CODE, also as a URL writes it.
func hideActivationCodes(s string) string {
	h := hider{text: s}
	for i := 0; i+len("lpa:1$") <= len(s); i++ {
		if s[i]|0x20 == 'l' && strings.EqualFold(s[i:i+3], "lpa") && codeFollows(s[i+3:]) {
			end := i + len(upTo(s[i:], blanks+`"'\<>&,;`+"`"))
			h.redact(i, end)
			i = end - 1
		}
	}
	return h.String()
}

// upTo is the beginning of s up to the first of some bytes.
func upTo(s, ends string) string {
	if n := strings.IndexAny(s, ends); n >= 0 {
		return s[:n]
	}
	return s
}

// codeFollows says whether :1$ comes next.
func codeFollows(s string) bool {
	for _, sign := range []string{":1$", "%3a1%24", "%3a1$", ":1%24"} {
		if len(s) >= len(sign) && strings.EqualFold(s[:len(sign)], sign) {
			return true
		}
	}
	return false
}

// Digits in the number of a SIM card, which begins with 89 for telecommunication.
const (
	shortestICCID = 18
	longestICCID  = 22
)

// hideICCIDs redacts the numbers of SIM cards.
func hideICCIDs(s string) string {
	h := hider{text: s}
	for from, to := iccid(s, 0); from < to; from, to = iccid(s, to) {
		h.redact(from, to)
	}
	return h.String()
}

// iccid is where the next number of a SIM card stands at or after i, else the end.
func iccid[T string | []byte](s T, i int) (from, to int) {
	for ; i < len(s); i++ {
		from = i
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		if n := i - from; n >= shortestICCID && n <= longestICCID && s[from] == '8' && s[from+1] == '9' {
			return from, i
		}
	}
	return len(s), len(s)
}

// Most bytes between a name and its value, and of a name.
const (
	longestGap  = 16
	longestName = 64
)

// hideNamed redacts values that stand behind their names in a text, as in JSON
// within JSON, in a link or in XML: "name":"value", name=value, <name>value<.
func hideNamed(s string, hide func(bare []byte) bool) string {
	h := hider{text: s}
	var bare [longestName]byte
	for i := 0; i < len(s); i++ {
		if c := s[i]; c != ':' && c != '=' && c != '>' || !hide(bareKey(bare[:0], nameBefore(s, i))) {
			continue
		}
		from, ends := valueBehind(s, i+1)
		start := upTo(s[from:min(len(s), from+longestName)], ends) // Enough of it to see what it is.
		if noValue(start) || s[i] == ':' && ends == endOfBare && !isData(start) {
			continue
		}
		end := from + len(upTo(s[from:], ends))
		h.redact(from, end)
		i = end - 1
	}
	return h.String()
}

// noValue says whether a value needs no hiding: it is none, or hidden already, or a
// variable in a cURL command.
func noValue(value string) bool {
	return value == "" || slices.ContainsFunc([]string{text.Redacted, "null", "$TELEGENT_"}, func(p string) bool { return strings.HasPrefix(value, p) })
}

// quotes may stand between a name and its value.
const quotes = " \"'\\"

// nameBefore is the name that ends before i, quotes aside.
func nameBefore(s string, i int) string {
	gap := s[max(0, i-longestGap):i]
	end := i - len(gap) + len(strings.TrimRight(gap, quotes))
	from := end
	for from > 0 && end-from < longestName && (wordByte(s[from-1]) || s[from-1] == '-') {
		from--
	}
	return s[from:end]
}

// endOfBare are the bytes that end a value without quotes.
const endOfBare = blanks + "\"'\\<>,;&}"

// valueBehind is where the value begins that stands at i, quotes aside, and what ends
// it.
func valueBehind(s string, i int) (from int, ends string) {
	gap := s[i:min(len(s), i+longestGap)]
	from = i + len(gap) - len(strings.TrimLeft(gap, quotes))
	if from > i && s[from-1] != ' ' && s[from-1] != '\\' {
		return from, s[from-1:from] + "\\\n"
	}
	return from, endOfBare
}

// isData says whether a value behind a colon is one, and not the next word of a
// sentence.
func isData(value string) bool {
	return len(value) >= 4 && strings.ContainsAny(value, "0123456789")
}
