package sandbox

import "telegent-setup/api"

// pageSize is the most entries on a page (guide, Step 5).
const pageSize = 10_000

// listedArea and listedNumber are entries of the answer.
type (
	listedArea   struct{ NGP, AreaCode, Zipcode string }
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
// in all of them, one from each area in turn. ResultsTotal counts the numbers.
func (s *Sandbox) listing(found []area, page int) answer {
	areas, numbers := []listedArea{}, []listedNumber{}
	longest := 0
	for _, a := range found {
		areas = append(areas, listedArea{a.NGP, a.AreaCode, a.Zipcode})
		longest = max(longest, len(a.numbers))
	}
	for i := range longest {
		for _, a := range found {
			if i < len(a.numbers) {
				numbers = append(numbers, listedNumber{a.numbers[i]})
			}
		}
	}
	body := object{"ResultsTotal": len(numbers), "AvailableNumberAreas": onPage(areas, page)}
	ids := []string{"ResultsTotal", "AvailableNumberAreas"}
	if s.edition == api.Edition2025 && !s.areasOnly {
		body["NumbersAvailable"] = onPage(numbers, page)
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
