package steps

import (
	"errors"
	"fmt"
	"strings"

	"telegent-setup/api/text"
)

// phone accepts one number in E.164.
func phone(value string, _ Env) error {
	meant := international(value)
	switch {
	case text.IsE164(value):
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

// international is the number that was meant, in E.164, where that is not the
// value as it is; "" when the value could be anything.
func international(value string) string {
	number, _ := text.E164(value)
	if number == value {
		return ""
	}
	return number
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
