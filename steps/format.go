package steps

import (
	"fmt"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// Format is how an answer is written.
type Format int

// The formats of an answer that is there.
const (
	AnyText    Format = iota
	Email             // One address.
	WebhookURL        // https, or http on this machine when the service is there too.
	SIPURI            // sip: or sips: and a host.
	TrunkURI          // A SIP URI, the host of a trunk, or an https URL.
	IPAddress         // IPv4 or IPv6.
	Port              // 1 to 65535.
	Phone             // E.164; every value of a List.
	AreaCode          // 3 digits.
	ZipCode           // 5 digits.
	Page              // A page number, from 1.
	Identifier        // An opaque ID on one line.
)

// patterns are formats as regular expressions of JSON Schema.
var patterns = map[Format]string{
	WebhookURL: `^https?://[^\s/]+`,
	SIPURI:     `^[sS][iI][pP][sS]?:[^\s/]+$`,
	Phone:      `^\+[1-9][0-9]{6,14}$`,
	AreaCode:   `^[0-9]{3}$`,
	ZipCode:    `^[0-9]{5}$`,
	Port:       `^[1-9][0-9]*$`,
	Page:       `^[1-9][0-9]*$`,
	Identifier: `^.{1,200}$`,
}

// Pattern is the format as a regular expression of JSON Schema; empty where it is
// none.
func (f Format) Pattern() string { return patterns[f] }

// problem says what to change in a value; empty when it is fine.
func (f Format) problem(value string, env Env) string {
	switch f {
	case Email:
		return unless(isEmail(value), "give one email address, as in admin@example.com")
	case WebhookURL:
		return webhookProblem(value, env.Loopback)
	case SIPURI:
		return sipProblem(value)
	case TrunkURI:
		return trunkProblem(value)
	case IPAddress:
		_, err := netip.ParseAddr(value)
		return unless(err == nil, "give an IP address, as in 203.0.113.10")
	case Port:
		return unless(isWithin(value, 65535), "give a port from 1 to 65535")
	case Phone:
		return phoneProblem(value)
	case AreaCode:
		return unless(isDigits(value, 3), "give the 3 digits of the area code, as in 801, or leave it empty")
	case ZipCode:
		return unless(isDigits(value, 5), "give the 5 digits of the zip code, as in 84043, or leave it empty")
	case Page:
		return unless(isWithin(value, 1_000_000), "give a page number from 1")
	case Identifier:
		return unless(len(value) <= longestID && !strings.ContainsAny(value, "\t\n"),
			fmt.Sprintf("give the ID as the service showed it, on one line, %d characters at most", longestID))
	}
	return ""
}

// unless is what to change in an answer that is not right.
func unless(right bool, change string) string {
	if right {
		return ""
	}
	return change
}

func isEmail(value string) bool {
	a, err := mail.ParseAddress(value)
	return err == nil && a.Address == value && strings.Contains(value[strings.LastIndex(value, "@"):], ".")
}

func isDigits(value string, count int) bool {
	return len(value) == count && strings.Trim(value, "0123456789") == ""
}

func isWithin(value string, most int) bool {
	n, err := strconv.Atoi(value)
	return err == nil && n >= 1 && n <= most
}

func webhookProblem(value string, loopback bool) string {
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Hostname() == "" || strings.ContainsAny(value, " \t\n"):
		return "give a full URL, as in https://example.com/messages"
	case u.Scheme == "https", u.Scheme == "http" && api.Loopback(u) && loopback:
		return ""
	case u.Scheme == "http":
		return "use https:// so that messages do not travel unprotected"
	}
	return "begin the URL with https://"
}

func sipProblem(value string) string {
	scheme, rest, _ := strings.Cut(value, ":")
	switch {
	case !strings.EqualFold(scheme, "sip") && !strings.EqualFold(scheme, "sips"):
		return "begin with sip: or sips:, as in sip:sip.example.com"
	case strings.ContainsAny(rest, " \t\n/") || strings.HasSuffix(rest, "@"):
		return "give a SIP URI without spaces or slashes, as in sip:sip.example.com"
	}
	host, _, _ := strings.Cut(rest[strings.LastIndex(rest, "@")+1:], ";")
	u, err := url.Parse("//" + host)
	return unless(err == nil && u.Hostname() != "", "name the host after sip:, as in sip:sip.example.com")
}

func trunkProblem(value string) string {
	if u, err := url.Parse(value); err == nil && u.Scheme == "https" && u.Hostname() != "" && !strings.ContainsAny(value, " \t\n") {
		return ""
	}
	if lower := strings.ToLower(value); !strings.Contains(lower, "sip:") && !strings.Contains(lower, "sips:") {
		value = "sip:" + value
	}
	return sipProblem(value)
}

func phoneProblem(value string) string {
	meant, _ := text.E164(value)
	switch {
	case text.IsE164(value):
		return ""
	case meant != "":
		return "begin with + and the country code; is it " + meant + "?"
	case !strings.HasPrefix(value, "+"):
		return "begin with + and the country code, as in +13105551234 (E.164)"
	}
	return "give a number in E.164: +, country code and number, 7 to 15 digits, as in +13105551234"
}

// problem says what to change in an answer that is there; empty when it is fine.
func (f *Field) problem(answer string, env Env) string {
	_, isBool := parseBool(answer)
	switch {
	case f.Kind == Bool && !isBool:
		return "answer true or false"
	case f.Kind == Chosen && !slices.ContainsFunc(f.Choices, func(c Choice) bool { return c.Value == answer }):
		var values []string
		for _, c := range f.Choices {
			values = append(values, c.Value)
		}
		return "choose one of " + strings.Join(values, ", ")
	case f.Kind != Multiline && strings.Contains(answer, "\n"):
		return "give one line"
	case answer == f.Excludes.Value && f.Excludes.With.holds(env):
		return f.Excludes.Why
	}
	for _, value := range f.values(answer) {
		if problem := f.Format.problem(value, env); problem != "" && f.Kind == List {
			return value + ": " + problem
		} else if problem != "" {
			return problem
		}
	}
	return ""
}

// values are the values of an answer: of a List those between the commas.
func (f *Field) values(answer string) []string {
	if f.Kind == List {
		return split(answer)
	}
	return []string{answer}
}

func split(answer string) []string {
	var all []string
	for v := range strings.SplitSeq(answer, ",") {
		if v = strings.TrimSpace(v); v != "" {
			all = append(all, v)
		}
	}
	return all
}

// tidy takes off what a paste brings along: outer spaces, line breaks of other
// systems, and what separates the digits of a number.
func (f *Field) tidy(answer string) string {
	answer = strings.TrimSpace(text.Clean(strings.ReplaceAll(answer, "\r\n", "\n")))
	switch f.Kind {
	case Bool:
		if v, ok := parseBool(answer); ok {
			return strconv.FormatBool(v)
		}
	case Chosen:
		for _, c := range f.Choices {
			if strings.EqualFold(c.Value, answer) {
				return c.Value
			}
		}
	}
	if f.Format != Phone {
		return answer
	}
	values := f.values(answer)
	for i, v := range values { // Nothing is guessed: of +1 (310) 555-1234 only the separators go.
		if n, guessed := text.E164(v); n != "" && !guessed && strings.HasPrefix(v, "+") {
			values[i] = n
		}
	}
	return strings.Join(values, ",")
}

// meant is an answer as it was probably meant, for the person to take; empty when
// there is nothing to offer.
func (f *Field) meant(answer string) string {
	if f.Format != Phone {
		return ""
	}
	values := f.values(answer)
	meant := slices.Clone(values)
	for i, v := range values {
		if n, _ := text.E164(v); n != "" {
			meant[i] = n
		}
	}
	if slices.Equal(meant, values) {
		return ""
	}
	return strings.Join(meant, ", ")
}

// warning is what looks odd in an ID that is accepted all the same; empty when
// nothing does.
func (f *Field) warning(value string) string {
	begins := func(prefix string) bool { return strings.HasPrefix(strings.ToUpper(value), prefix) }
	if value == "" || value == f.Default || len(f.Prefixes) == 0 || slices.ContainsFunc(f.Prefixes, begins) {
		return ""
	}
	return "IDs of this kind usually begin with " + strings.Join(f.Prefixes, " or ")
}

func parseBool(value string) (v, ok bool) {
	switch strings.ToLower(value) {
	case "true", "yes":
		return true, true
	case "false", "no":
		return false, true
	}
	return false, false
}

func isTrue(value string) bool { v, _ := parseBool(value); return v }
