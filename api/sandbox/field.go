package sandbox

import (
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"slices"
	"strings"

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
	var page int
	switch given := r.given(key, "a whole number", &page); {
	case !given:
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

// phones reads a list of numbers in E.164, at least one.
func (r *request) phones(key string) []string {
	var numbers []string
	if !r.given(key, "an array of strings", &numbers) || len(numbers) == 0 {
		r.wrong(key, "is required")
	}
	for _, number := range numbers {
		if !text.IsE164(number) {
			r.wrong(key, "must be in E.164 format, like +13105551234")
		}
	}
	return numbers
}

// webhook checks the URL of a webhook: https; http is enough for hosts on this
// machine, where the sandbox is too. The URL is not kept: it may hold a secret.
func (r *request) webhook(key string) { r.checkWebhook(key, r.text(key)) }

// optionalWebhook checks the URL of a webhook that may be left out.
func (r *request) optionalWebhook(key string) { r.checkWebhook(key, r.optional(key)) }

func (r *request) checkWebhook(key, text string) {
	if text == "" {
		return
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || (u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname()))) {
		r.wrong(key, "must be an https:// URL")
	}
}

// sip checks a SIP address. It is not kept either.
func (r *request) sip(key string) {
	text := r.text(key)
	scheme, rest, _ := strings.Cut(text, ":")
	if (scheme != "sip" && scheme != "sips") || rest == "" || strings.ContainsAny(rest, " \t\r\n") {
		r.wrong(key, "must be a sip: or sips: address")
	}
}

// isLoopback says whether a host name or address is this machine.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || (ip != nil && ip.IsLoopback())
}
