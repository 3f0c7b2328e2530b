package steps

import (
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strconv"
	"strings"

	"telegent-setup/api"
)

// check is a Field.Check.
type check func(value string, env Env) error

func allDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

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

func email(value string, _ Env) error {
	a, err := mail.ParseAddress(value)
	if err != nil || a.Address != value || !strings.Contains(value[strings.LastIndex(value, "@"):], ".") {
		return errors.New("give one email address, as in admin@example.com")
	}
	return nil
}

// webhook accepts an https URL, and an http one on this machine when the
// service is there too.
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

// sip accepts a SIP URI: sip: or sips: and a host, with or without a user.
func sip(value string, _ Env) error {
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

// trunkURI accepts a SIP URI, or the bare host of a trunk with or without a port.
func trunkURI(value string, env Env) error {
	if !strings.Contains(strings.ToLower(value), "sip:") && !strings.Contains(strings.ToLower(value), "sips:") {
		value = "sip:" + value
	}
	return sip(value, env)
}

func digitsOf(count int, hint string) check {
	return func(value string, _ Env) error {
		if len(value) != count || !allDigits(value) {
			return errors.New(hint)
		}
		return nil
	}
}

// page accepts a page number from 1.
func page(value string, _ Env) error {
	if n, err := strconv.Atoi(value); err != nil || n < 1 || n > 1_000_000 {
		return errors.New("give a page number from 1")
	}
	return nil
}

// identifier accepts any opaque ID on one line.
func identifier(value string, _ Env) error {
	if len(value) > longestID || strings.ContainsAny(value, " \t\n") {
		return fmt.Errorf("give the ID as the service showed it, without spaces, %d characters at most", longestID)
	}
	return nil
}

// prefixed warns of an ID that does not begin as IDs of its kind do.
func prefixed(prefixes ...string) func(string) string {
	return func(value string) string {
		for _, p := range prefixes {
			if strings.HasPrefix(strings.ToUpper(value), p) {
				return ""
			}
		}
		return fmt.Sprintf("IDs of this kind usually begin with %s", strings.Join(prefixes, " or "))
	}
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
