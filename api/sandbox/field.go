package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// oneOf checks a value against those that the guide lists.
func (r *request) oneOf(key, value string, values []string) string {
	if value != "" && !slices.Contains(values, value) {
		r.wrong(key, "must be one of "+strings.Join(values, ", "))
	}
	return value
}

// page reads the number of a page, from 1.
func (r *request) page(key string) int {
	page, ok := given[int](r, key, "a whole number")
	switch {
	case !ok:
		r.wrong(key, "is required")
	case page < 1:
		r.wrong(key, "must be 1 or more")
	}
	return page
}

// digits reads an area code or zip code: so many digits, or nothing.
func (r *request) digits(key string, count int) string {
	text := r.optional(key)
	if text != "" && (len(text) != count || strings.Trim(text, "0123456789") != "") {
		r.wrong(key, fmt.Sprintf("must be %d digits", count))
	}
	return text
}

// email reads an email address.
func (r *request) email(key string) string {
	text := r.text(key)
	if a, err := mail.ParseAddress(text); text != "" && (err != nil || a.Address != text) {
		r.wrong(key, "must be an email address")
	}
	return text
}

// phone reads a number in E.164.
func (r *request) phone(key string) string {
	text := r.text(key)
	r.checkPhone(key, text)
	return text
}

func (r *request) checkPhone(key, number string) {
	if number != "" && !text.IsE164(number) {
		r.wrong(key, "must be in E.164 format, like +13105551234")
	}
}

// phones reads a list of numbers in E.164.
func (r *request) phones(key string) []string {
	numbers, _ := given[[]string](r, key, "an array of strings")
	for _, number := range numbers {
		r.checkPhone(key, cmp.Or(number, "+"))
	}
	return numbers
}

// passwordToken stands for a password or token of a webhook wherever it is
// kept or answered: the service shows it in clear, the sandbox has forgotten it.
const passwordToken = "sandbox-password-token"

// authentication reads how a webhook is called, by the common beginning of its
// fields.
func (r *request) authentication(prefix string) {
	r.optionalChoice(prefix+"UrlMethod", "POST", "GET")
	r.optionalChoice(prefix+"AuthenticationType", "None", "Basic", "Bearer")
	r.optional(prefix + "Username")
	if key := prefix + "PasswordToken"; r.optional(key) != "" {
		r.keepOnly(key, passwordToken)
	}
}

// webhook reads the URL of a webhook: https; http is enough for hosts on this
// machine, where the sandbox is too.
func (r *request) webhook(key string) { r.checkWebhook(key, r.text(key)) }

// optionalWebhook reads the URL of a webhook that may be left out.
func (r *request) optionalWebhook(key string) { r.checkWebhook(key, r.optional(key)) }

func (r *request) checkWebhook(key, text string) {
	if text == "" {
		return
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || (u.Scheme != "https" && (u.Scheme != "http" || !api.Loopback(u))) {
		r.wrong(key, "must be an https:// URL")
		return
	}
	if u.User != nil {
		u.User = nil
		r.keepOnly(key, u.String())
	}
}

// sip reads a SIP address.
func (r *request) sip(key string) {
	if scheme, rest, _ := strings.Cut(r.text(key), ":"); !isSIP(scheme) || rest == "" || hasBlanks(rest) {
		r.wrong(key, "must be a sip: or sips: address")
	}
}

// trunk reads where the calls of a trunk go: an IP, a URI or both. The URI may
// be a SIP address, an https:// URL or a host.
func (r *request) trunk() {
	ip, uri := r.optional("TrunkIp1"), r.optional("TrunkUri1")
	if ip == "" && uri == "" {
		r.wrong("TrunkIp1", "or TrunkUri1 is required")
	}
	if ip != "" && net.ParseIP(ip) == nil {
		r.wrong("TrunkIp1", "must be an IP address")
	}
	scheme, _, schemed := strings.Cut(uri, "://")
	if hasBlanks(uri) || schemed && scheme != "https" && !isSIP(scheme) {
		r.wrong("TrunkUri1", "must be a sip: or sips: address or an https:// URL")
	}
	r.port("TrunkPort1")
	r.optionalChoice("TrunkTransport1", "UDP", "TCP", "TLS")
	r.optionalFlag("TrunkEnabled1")
}

// port reads a port that may be left out, as a number or as its digits.
func (r *request) port(key string) {
	port, ok := given[json.RawMessage](r, key, "a port")
	if !ok {
		return
	}
	n, err := strconv.Atoi(strings.Trim(string(port), `"`))
	if err != nil || n < 1 || n > 65535 {
		r.wrong(key, "must be a port, 1 to 65535")
	}
}

func isSIP(scheme string) bool { return scheme == "sip" || scheme == "sips" }

func hasBlanks(text string) bool { return strings.ContainsAny(text, " \t\r\n") }
