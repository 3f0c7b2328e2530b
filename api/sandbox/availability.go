package sandbox

import (
	"fmt"
	"strconv"

	"telegent-setup/api"
)

// pageSize is the most entries on a page (guide, Step 5).
const pageSize = 10_000

// An area and a number as the answer lists them. Area codes are numbers there,
// since none begins with a 0; zip codes are text.
type (
	listedArea struct {
		NGP      string
		AreaCode int
		Zipcode  string
	}
	listedNumber struct{ Number string }
)

// search answers the availability call of both editions (guide, Step 5).
func (s *Sandbox) search(r *request) answer {
	if s.edition == api.Edition2026 {
		r.choice("NumberType", "mobile")
	} else {
		r.choice("NumberType", "mobile", "voip")
	}
	r.choice("MessageType", "a2p", "p2p")
	r.flag("MessageEnabled")
	r.flag("VoiceEnabled")
	page := r.page("PageNumber")
	areaCode, zipCode := r.digits("AreaCode", 3), r.digits("ZipCode", 5)
	if refusal := r.refused(); refusal != nil {
		return *refusal
	}
	return s.listing(s.available(areaCode, zipCode), page)
}

// listing is a page of areas and, where the edition lists them, of the numbers
// in all of them. ResultsTotal counts the numbers.
func (s *Sandbox) listing(found offer, page int) answer {
	body := object{
		"ResultsTotal": len(found.numbers),
		"AvailableNumberAreas": objects(onPage(found.areas, page, pageSize), func(a area) listedArea {
			return listedArea{a.NGP, a.code(), a.Zipcode}
		}),
	}
	ids := []string{"ResultsTotal", "AvailableNumberAreas"}
	if s.edition == api.Edition2025 && !s.areasOnly {
		body["NumbersAvailable"] = objects(onPage(found.numbers, page, pageSize), func(n offered) listedNumber {
			return listedNumber{n.number}
		})
		ids = append(ids, "NumbersAvailable")
	}
	return done(fmt.Sprintf("found %d numbers in %d areas", len(found.numbers), len(found.areas)), body, ids...)
}

// code is the area code as a number.
func (a area) code() int {
	code, err := strconv.Atoi(a.AreaCode)
	if err != nil {
		panic(fmt.Sprintf("area code %q: %v", a.AreaCode, err)) // The offer has digits only.
	}
	return code
}
