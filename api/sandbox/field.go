package sandbox

import (
	"fmt"
	"math"
	"net"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// field is what a call carries under a key. It must be there unless it is
// optional.
type field struct {
	key      string
	also     string // Another name for the same, in the query of a look-up.
	optional bool
	or       string                   // A field that may be there instead.
	check    func(value any) string   // What is wrong with a value: "must be 3 digits".
	nested   []field                  // Those of an object.
	brings   map[string][]field       // The fields that come with a value.
	keep     func(text string) string // What may be kept of a text; nil is all of it.
}

// optional are fields that may be left out.
func optional(fields ...field) []field {
	for i := range fields {
		fields[i].optional = true
	}
	return fields
}

// typed is a value of a type of JSON; problem says what else is wrong with it.
func typed[T any](key, kind string, problem func(T) string) field {
	return field{key: key, check: func(value any) string {
		if v, ok := value.(T); ok {
			return problem(v)
		}
		return "must be " + kind
	}}
}

// matching is text that fits.
func matching(key, must string, fits func(string) bool) field {
	return typed(key, "a string", func(s string) string {
		if fits(s) {
			return ""
		}
		return must
	})
}

func anyText(key string) field { return matching(key, "", func(string) bool { return true }) }

func choice(key string, values ...string) field {
	return matching(key, "must be one of "+strings.Join(values, ", "), func(s string) bool {
		return slices.Contains(values, s)
	})
}

// digits are those of an area code or zip code.
func digits(key string, count int) field {
	return matching(key, fmt.Sprintf("must be %d digits", count), func(s string) bool {
		return len(s) == count && strings.Trim(s, "0123456789") == ""
	})
}

func email(key string) field {
	return matching(key, "must be an email address", func(s string) bool {
		a, err := mail.ParseAddress(s)
		return err == nil && a.Address == s
	})
}

func fullURL(key string) field {
	return matching(key, "must be a full URL", func(s string) bool {
		u, err := url.Parse(s)
		return err == nil && u.Host != ""
	})
}

const e164 = "in E.164 format, like +13105551234"

func phone(key string) field { return matching(key, "must be "+e164, text.IsE164) }

// webhookURL is the URL of a webhook: https; http is enough for hosts on this
// machine, where the sandbox is too. Its user info is not kept.
func webhookURL(key string) field {
	f := matching(key, "must be an https:// URL", func(s string) bool {
		u, err := url.Parse(s)
		return err == nil && u.Hostname() != "" && (u.Scheme == "https" || u.Scheme == "http" && api.Loopback(u))
	})
	f.keep = func(s string) string {
		u, err := url.Parse(s)
		if err != nil || u.User == nil {
			return s
		}
		u.User = nil
		return u.String()
	}
	return f
}

// passwordToken stands for a password or token of a webhook wherever it is
// kept or answered: the service shows it in clear, the sandbox has forgotten it.
const passwordToken = "sandbox-password-token"

// webhookFields are how a webhook is called, by their common beginning.
func webhookFields(prefix string) []field {
	secret := anyText(prefix + "PasswordToken")
	secret.keep = func(string) string { return passwordToken }
	return append(
		[]field{webhookURL(prefix + "Url"), choice(prefix+"UrlMethod", "POST", "GET")},
		optional(choice(prefix+"AuthenticationType", "None", "Basic", "Bearer"), anyText(prefix+"Username"), secret)...,
	)
}

func sipAddress(key string) field {
	return matching(key, "must be a sip: or sips: address", func(s string) bool {
		scheme, rest, _ := strings.Cut(s, ":")
		return isSIP(scheme) && rest != "" && !hasBlanks(rest)
	})
}

// trunk says where the calls of a trunk go: an IP, a URI or both. The URI may
// be a SIP address, an https:// URL or a host.
func trunk() []field {
	ip := matching("TrunkIp1", "must be an IP address", func(s string) bool { return net.ParseIP(s) != nil })
	ip.or = "TrunkUri1"
	uri := matching("TrunkUri1", "must be a sip: or sips: address or an https:// URL", func(s string) bool {
		scheme, _, schemed := strings.Cut(s, "://")
		return !hasBlanks(s) && (!schemed || scheme == "https" || isSIP(scheme))
	})
	transport := choice("TrunkTransport1", "UDP", "TCP", "TLS")
	return optional(ip, uri, port("TrunkPort1"), transport, flag("TrunkEnabled1"))
}

func isSIP(scheme string) bool { return scheme == "sip" || scheme == "sips" }

func hasBlanks(text string) bool { return strings.ContainsAny(text, " \t\r\n") }

// port is a number or its digits.
func port(key string) field {
	return field{key: key, check: func(value any) string {
		if n, err := strconv.Atoi(fmt.Sprint(value)); err != nil || n < 1 || n > 65535 {
			return "must be a port, 1 to 65535"
		}
		return ""
	}}
}

func flag(key string) field {
	return typed(key, "true or false", func(bool) string { return "" })
}

// page is the number of a page, from 1.
func page(key string) field {
	return typed(key, "a whole number", func(n float64) string {
		switch {
		case n != math.Trunc(n):
			return "must be a whole number"
		case n < 1:
			return "must be 1 or more"
		}
		return ""
	})
}

// askedNumber names the number that a look-up is about. Its + may have arrived
// as a blank, or be left out.
func askedNumber() field {
	f := matching("PhoneNumber", "must be "+e164, func(s string) bool { return text.IsE164(withPlus(s)) })
	f.also = "Number"
	return f
}

func withPlus(number string) string { return "+" + strings.TrimPrefix(strings.TrimSpace(number), "+") }

// askedPage names the page of a list.
func askedPage() field {
	return matching("PageNumber", "must be 1 or more", func(s string) bool {
		n, err := strconv.Atoi(s)
		return err == nil && n >= 1
	})
}

// listOf is an array; problem says what is wrong with one of its values.
func listOf(key, kind string, problem func(any) string) field {
	return typed(key, "an array of "+kind, func(all []any) string {
		for _, one := range all {
			if wrong := problem(one); wrong != "" {
				return wrong
			}
		}
		return ""
	})
}

func phones(key string) field { return listOf(key, "strings", phone(key).check) }

func receivers(key string) field {
	return listOf(key, "objects with a Number", func(one any) string {
		to, _ := one.(map[string]any)
		if number, _ := to["Number"].(string); !text.IsE164(number) {
			return "must hold a Number " + e164
		}
		return ""
	})
}
