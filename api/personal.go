package api

import (
	"bytes"
	"slices"
	"strings"
	"telegent-setup/api/text"
)

// secretKey says whether the value of a JSON key is a secret wherever it stands in
// an answer, in any letter case and with or without separators.
func secretKey(key string) bool {
	var buffer [64]byte
	bare := bareKey(buffer[:0], key)
	switch string(bare) {
	case "token", "accesstoken", "refreshtoken", "idtoken", "accountsecret", "password", "clientsecret":
		return true
	}
	return bytes.HasSuffix(bare, []byte("passwordtoken"))
}

// personalKey says whether the value of a JSON key concerns a person and stays out
// of records.
func personalKey(key string) bool {
	if len(key) < len("iccid") {
		return false
	}
	var buffer [64]byte
	bare := bareKey(buffer[:0], key)
	return slices.ContainsFunc(personalNames, func(name string) bool { return bytes.Contains(bare, []byte(name)) })
}

var personalNames = []string{"iccid", "qrcode", "activationlink", "activationcode", "portoutpin"}

// recordKey says whether the value of a JSON key stays out of records.
func recordKey(key string) bool { return secretKey(key) || personalKey(key) }

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
	var b strings.Builder
	done := 0
	for i := 0; i+len("lpa:1$") <= len(s); i++ {
		if s[i]|0x20 != 'l' || !strings.EqualFold(s[i:i+3], "lpa") || !codeFollows(s[i+3:]) {
			continue
		}
		end := len(s)
		if n := strings.IndexAny(s[i:], blanks+`"'\<>&,;`); n >= 0 {
			end = i + n
		}
		b.WriteString(s[done:i] + text.Redacted)
		done, i = end, end-1
	}
	return b.String() + s[done:]
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
	var b strings.Builder
	done := 0
	for from, to := iccid(s, 0); from < to; from, to = iccid(s, to) {
		b.WriteString(s[done:from] + text.Redacted)
		done = to
	}
	return b.String() + s[done:]
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
func hideNamed(s string, hide func(key string) bool) string {
	var b strings.Builder
	done := 0
	for i := 0; i < len(s); i++ {
		if sign := s[i]; sign != ':' && sign != '=' && sign != '>' || !hide(nameBefore(s, i)) {
			continue
		}
		v := valueBehind(s, i+1)
		if start := v.start(s); start == "" || hasNothing(s[v.from:]) || s[i] == ':' && !v.quoted() && !isData(start) {
			continue
		}
		end := v.end(s)
		b.WriteString(s[done:v.from] + text.Redacted)
		done, i = end, end-1
	}
	return b.String() + s[done:]
}

// hasNothing says whether a value needs no hiding: it is none, or hidden already, or
// a variable in a cURL command.
func hasNothing(value string) bool {
	return slices.ContainsFunc([]string{text.Redacted, "null", "$TELEGENT_"}, func(p string) bool { return strings.HasPrefix(value, p) })
}

// nameBefore is the name that ends before i, quotes and blanks aside.
func nameBefore(s string, i int) string {
	end := i
	for end > 0 && i-end < longestGap && strings.IndexByte(" \"'\\", s[end-1]) >= 0 {
		end--
	}
	from := end
	for from > 0 && end-from < longestName && (wordByte(s[from-1]) || s[from-1] == '-') {
		from--
	}
	return s[from:end]
}

// namedValue is a value in a text.
type namedValue struct {
	from int
	ends string // What ends it.
}

// valueBehind is the value that begins at i, quotes and blanks aside.
func valueBehind(s string, i int) namedValue {
	v := namedValue{i, blanks + "\"'\\<>,;&}"}
	for v.from < len(s) && v.from-i < longestGap && strings.IndexByte(" \"'\\", s[v.from]) >= 0 {
		v.from++
	}
	if v.from > i && s[v.from-1] != ' ' && s[v.from-1] != '\\' {
		v.ends = s[v.from-1:v.from] + "\\\n"
	}
	return v
}

func (v namedValue) quoted() bool { return v.ends[0] != ' ' }

func (v namedValue) end(s string) int {
	if n := strings.IndexAny(s[v.from:], v.ends); n >= 0 {
		return v.from + n
	}
	return len(s)
}

// start is enough of the value to see what it is.
func (v namedValue) start(s string) string {
	s = s[:min(len(s), v.from+longestName)]
	return s[v.from:v.end(s)]
}

// isData says whether a value behind a colon is one, and not the next word of a
// sentence.
func isData(value string) bool {
	return len(value) >= 4 && strings.ContainsAny(value, "0123456789")
}
