package steps

import (
	"errors"
	"fmt"
	"strings"
)

// e164 says whether a value is a number in E.164: a plus sign, and 7 to 15
// digits of which the first is no 0.
func e164(value string) bool {
	number, plus := strings.CutPrefix(value, "+")
	return plus && len(number) >= 7 && len(number) <= 15 && number[0] != '0' && allDigits(number)
}

// phone accepts one number in E.164.
func phone(value string, _ Env) error {
	meant := international(value)
	switch {
	case e164(value):
		return nil
	case meant != "" && strings.HasPrefix(strings.TrimSpace(value), "+"):
		return fmt.Errorf("write it in E.164, without spaces, dashes or brackets: %s", meant)
	case meant != "":
		return fmt.Errorf("begin with + and the country code; is it %s?", meant)
	case !strings.HasPrefix(value, "+"):
		return errors.New("begin with + and the country code, as in +13105551234 (E.164)")
	}
	return errors.New("give a number in E.164: +, country code and number, 7 to 15 digits, as in +13105551234")
}

// phones accepts a list of numbers in E.164.
func phones(value string, env Env) error {
	for _, v := range split(value) {
		if err := phone(v, env); err != nil {
			return fmt.Errorf("%s: %w", v, err)
		}
	}
	return nil
}

// northAmerican gives the ten digits of a number as it is dialled in the country
// code 1, with that code or without; "" when it is none. Neither area nor
// exchange begins with 0 or 1.
func northAmerican(n string) string {
	if len(n) == 11 {
		n = strings.TrimPrefix(n, "1")
	}
	if len(n) != 10 || !allDigits(n) || n[0] < '2' || n[3] < '2' {
		return ""
	}
	return n
}

// international is a number that was typed with separators, the local way of
// North America, or with the prefix that dials abroad, in E.164. It is "" when
// the value is fine as it is, or could be anything.
func international(value string) string {
	value = strings.TrimSpace(value)
	if e164(value) || strings.Trim(value, "+0123456789 \t\u00a0-\u2010\u2011\u2013().,/") != "" || strings.LastIndex(value, "+") > 0 {
		return ""
	}
	n := digits(value)
	if local := northAmerican(n); local != "" {
		return "+1" + local
	}
	for _, abroad := range []string{"+", "011", "00"} {
		if rest, ok := strings.CutPrefix(n, abroad); ok {
			if n = "+" + rest; e164(n) {
				return n
			}
			return ""
		}
	}
	return ""
}

// internationals is international of every number in a list.
func internationals(value string) string {
	all, meant := split(value), false
	for i, v := range all {
		if n := international(v); n != "" {
			all[i], meant = n, true
		}
	}
	if !meant {
		return ""
	}
	return strings.Join(all, ", ")
}

// digits leaves the plus sign and the digits.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
