package sandbox

import "telegent-setup/api"

// pageSize is the most entries on a page (guide, Step 5).
const pageSize = 10_000

// listed is a number as the answer lists it.
type listed struct{ Number string }

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
		"ResultsTotal":         len(found.numbers),
		"AvailableNumberAreas": append([]area{}, onPage(found.areas, page)...), // [] when there is none, not null.
	}
	ids := []string{"ResultsTotal", "AvailableNumberAreas"}
	if s.edition == api.Edition2025 && !s.areasOnly {
		numbers := []listed{}
		for _, n := range onPage(found.numbers, page) {
			numbers = append(numbers, listed{n.number})
		}
		body["NumbersAvailable"] = numbers
		ids = append(ids, "NumbersAvailable")
	}
	return created(body, ids...)
}

// onPage is the part of all that is on a page, counted from 1.
func onPage[T any](all []T, page int) []T {
	if page-1 > len(all)/pageSize {
		return all[:0]
	}
	start := min((page-1)*pageSize, len(all))
	return all[start:min(start+pageSize, len(all))]
}
