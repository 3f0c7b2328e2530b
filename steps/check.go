package steps

import (
	"errors"
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

// Check is how the answer to a field is checked.
type Check int

// The checks of an answer that is there.
const (
	AnyText    Check = iota
	Email            // One address.
	WebhookURL       // https, or http on this machine when the service is there too.
	SIPURI           // sip: or sips: and a host.
	TrunkURI         // A SIP URI, the host of a trunk, or an https URL.
	IPAddress        // IPv4 or IPv6.
	Port             // 1 to 65535.
	Phone            // E.164; every value of a List.
	AreaCode         // 3 digits.
	ZipCode          // 5 digits.
	Page             // A page number, from 1.
	Identifier       // An opaque ID on one line.
)

// Pattern is the check as a regular expression of JSON Schema; empty where it is
// none.
func (c Check) Pattern() string {
	switch c {
	case WebhookURL:
		return `^https?://[^\s/]+`
	case SIPURI:
		return `^[sS][iI][pP][sS]?:[^\s/]+$`
	case Phone:
		return `^\+[1-9][0-9]{6,14}$`
	case AreaCode:
		return `^[0-9]{3}$`
	case ZipCode:
		return `^[0-9]{5}$`
	case Port, Page:
		return `^[1-9][0-9]*$`
	case Identifier:
		return `^.{1,200}$`
	}
	return ""
}

// problem says what to change in a value; empty when it is fine.
func (c Check) problem(value string, list bool, env Env) string {
	var err error
	switch c {
	case Email:
		err = email(value)
	case WebhookURL:
		err = webhook(value, env)
	case SIPURI:
		err = sip(value)
	case TrunkURI:
		err = trunk(value)
	case IPAddress:
		if _, bad := netip.ParseAddr(value); bad != nil {
			err = errors.New("give an IP address, as in 203.0.113.10")
		}
	case Port:
		err = within(value, 1, 65535, "give a port from 1 to 65535")
	case Phone:
		err = phones(value, list)
	case AreaCode:
		err = digits(value, 3, "give the 3 digits of the area code, as in 801, or leave it empty")
	case ZipCode:
		err = digits(value, 5, "give the 5 digits of the zip code, as in 84043, or leave it empty")
	case Page:
		err = within(value, 1, 1_000_000, "give a page number from 1")
	case Identifier:
		if len(value) > longestID || strings.ContainsAny(value, "\t\n") {
			err = fmt.Errorf("give the ID as the service showed it, on one line, %d characters at most", longestID)
		}
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// meant is a value as it was probably meant, for the person to take; empty when
// there is nothing to offer.
func (c Check) meant(value string, list bool) string {
	if c != Phone {
		return ""
	}
	values := []string{value}
	if list {
		values = split(value)
	}
	changed := false
	for i, v := range values {
		if n, _ := text.E164(v); n != "" && n != v {
			values[i], changed = n, true
		}
	}
	if !changed {
		return ""
	}
	return strings.Join(values, ", ")
}

// tidied takes the separators off a number that is E.164 but for them: nothing
// is guessed.
func (c Check) tidied(value string, list bool) string {
	if c != Phone || value == "" {
		return value
	}
	values := []string{value}
	if list {
		values = split(value)
	}
	for i, v := range values {
		if n, guessed := text.E164(v); n != "" && !guessed && strings.HasPrefix(strings.TrimSpace(v), "+") {
			values[i] = n
		}
	}
	return strings.Join(values, ",")
}

// split reads a List answer.
func split(value string) []string {
	var all []string
	for v := range strings.SplitSeq(value, ",") {
		if v = strings.TrimSpace(v); v != "" {
			all = append(all, v)
		}
	}
	return all
}

func email(value string) error {
	a, err := mail.ParseAddress(value)
	if err != nil || a.Address != value || !strings.Contains(value[strings.LastIndex(value, "@"):], ".") {
		return errors.New("give one email address, as in admin@example.com")
	}
	return nil
}

func webhook(value string, env Env) error {
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Hostname() == "" || strings.ContainsAny(value, " \t\n"):
		return errors.New("give a full URL, as in https://example.com/messages")
	case u.Scheme == "https":
		return nil
	case u.Scheme == "http" && api.Loopback(u) && env.Loopback:
		return nil
	case u.Scheme == "http":
		return errors.New("use https:// so that messages do not travel unprotected")
	}
	return errors.New("begin the URL with https://")
}

func sip(value string) error {
	scheme, rest, _ := strings.Cut(value, ":")
	switch {
	case !strings.EqualFold(scheme, "sip") && !strings.EqualFold(scheme, "sips"):
		return errors.New("begin with sip: or sips:, as in sip:sip.example.com")
	case strings.ContainsAny(rest, " \t\n/") || strings.HasSuffix(rest, "@"):
		return errors.New("give a SIP URI without spaces or slashes, as in sip:sip.example.com")
	}
	host := rest[strings.LastIndex(rest, "@")+1:]
	host, _, _ = strings.Cut(host, ";")
	u, err := url.Parse("//" + host)
	if err != nil || u.Hostname() == "" {
		return errors.New("name the host after sip:, as in sip:sip.example.com")
	}
	return nil
}

func trunk(value string) error {
	lower := strings.ToLower(value)
	if u, err := url.Parse(value); err == nil && u.Scheme == "https" && u.Hostname() != "" && !strings.ContainsAny(value, " \t\n") {
		return nil
	}
	if !strings.Contains(lower, "sip:") && !strings.Contains(lower, "sips:") {
		value = "sip:" + value
	}
	return sip(value)
}

func digits(value string, count int, hint string) error {
	if len(value) != count || strings.Trim(value, "0123456789") != "" {
		return errors.New(hint)
	}
	return nil
}

func within(value string, least, most int, hint string) error {
	if n, err := strconv.Atoi(value); err != nil || n < least || n > most {
		return errors.New(hint)
	}
	return nil
}

// phones checks one number in E.164, or every number of a list.
func phones(value string, list bool) error {
	if !list {
		return phone(value)
	}
	for _, v := range split(value) {
		if err := phone(v); err != nil {
			return fmt.Errorf("%s: %w", v, err)
		}
	}
	return nil
}

func phone(value string) error {
	meant, _ := text.E164(value)
	switch {
	case text.IsE164(value):
		return nil
	case meant != "":
		return fmt.Errorf("begin with + and the country code; is it %s?", meant)
	case !strings.HasPrefix(value, "+"):
		return errors.New("begin with + and the country code, as in +13105551234 (E.164)")
	}
	return errors.New("give a number in E.164: +, country code and number, 7 to 15 digits, as in +13105551234")
}

// warning is what looks odd in an ID that is accepted all the same; empty when
// nothing does.
func (f *Field) warning(value string) string {
	if value == "" || len(f.Prefixes) == 0 || value == f.Default {
		return ""
	}
	begins := func(prefix string) bool { return strings.HasPrefix(strings.ToUpper(value), prefix) }
	if slices.ContainsFunc(f.Prefixes, begins) {
		return ""
	}
	return "IDs of this kind usually begin with " + strings.Join(f.Prefixes, " or ")
}

// parseBool reads a Bool answer.
func parseBool(value string) (v, ok bool) {
	switch strings.ToLower(value) {
	case "true", "yes":
		return true, true
	case "false", "no", "":
		return false, value != ""
	}
	return false, false
}

func isTrue(value string) bool { v, _ := parseBool(value); return v }
