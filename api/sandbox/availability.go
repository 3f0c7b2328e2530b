package sandbox

import (
	"fmt"
	"strconv"

	"telegent-setup/api"
)

// pageSize is the most entries on a page (guide, Step 5).
const pageSize = 10_000

func searchFields(edition api.Edition) []field {
	numberTypes := []string{"mobile"}
	if edition == api.Edition2025 {
		numberTypes = append(numberTypes, "voip")
	}
	return append([]field{
		choice("NumberType", numberTypes...), choice("MessageType", "a2p", "p2p"),
		flag("MessageEnabled"), flag("VoiceEnabled"), page("PageNumber"),
	}, optional(digits("AreaCode", 3), digits("ZipCode", 5))...)
}

// search answers the availability call of both editions (guide, Step 5).
func (s *Sandbox) search(r *request) *answer {
	return s.listing(s.available(r.fields.text("AreaCode"), r.fields.text("ZipCode")), r.page())
}

// listing is a page of areas and, where the edition lists them, of the numbers
// in all of them. ResultsTotal counts the numbers.
func (s *Sandbox) listing(numbers []offered, page int) *answer {
	areas := areasOf(numbers)
	body := object{
		"ResultsTotal": len(numbers),
		"AvailableNumberAreas": objects(onPage(areas, page, pageSize), func(a *area) object {
			return object{"NGP": a.NGP, "AreaCode": a.AreaCode, "Zipcode": a.Zipcode}
		}),
	}
	ids := []string{"ResultsTotal", "AvailableNumberAreas"}
	if s.opt.Edition == api.Edition2025 && !s.opt.Areas {
		body["NumbersAvailable"] = objects(onPage(numbers, page, pageSize), func(n offered) object {
			return object{"Number": n.number}
		})
		ids = append(ids, "NumbersAvailable")
	}
	return done(fmt.Sprintf("found %d numbers in %d areas", len(numbers), len(areas)), body, ids...)
}

// area is where numbers are on offer. NGP is the Number Gateway Provider.
type area struct {
	NGP      string
	AreaCode int // None begins with a 0.
	Zipcode  string
}

// offered is a number on offer.
type offered struct {
	number string
	area   *area
}

// areasOf are the areas of numbers, each once, in the order of its first number.
func areasOf(numbers []offered) []*area {
	var all []*area
	seen := map[*area]bool{}
	for _, n := range numbers {
		if !seen[n.area] {
			seen[n.area] = true
			all = append(all, n.area)
		}
	}
	return all
}

// available is what is still to be had in an area code; if it has none, in a
// zip code; if neither is given, everywhere.
func (s *Sandbox) available(areaCode, zipCode string) []offered {
	if areaCode == "" && zipCode == "" {
		return s.untaken(func(*area) bool { return true })
	}
	found := s.untaken(func(a *area) bool { return strconv.Itoa(a.AreaCode) == areaCode })
	if len(found) == 0 {
		found = s.untaken(func(a *area) bool { return a.Zipcode == zipCode })
	}
	return found
}

// untaken are the free numbers in the wanted areas.
func (s *Sandbox) untaken(wanted func(*area) bool) []offered {
	var found []offered
	taken := s.store.taken()
	for _, n := range s.offer {
		if wanted(n.area) && !taken[n.number] {
			found = append(found, n)
		}
	}
	return found
}

// MaxAreas is the most areas that Options.Many can ask for.
const MaxAreas = 99_000

// newOffer is what is on offer before anything is taken, in the order in which
// it is listed: numbers of real areas, or of many made-up ones.
func newOffer(many int) ([]offered, error) {
	switch {
	case many < 0 || many > MaxAreas:
		return nil, fmt.Errorf("%d areas: give 0 to %d", many, MaxAreas)
	case many > 0:
		return manyAreas(many), nil
	}
	return realAreas(), nil
}

// realAreas has the numbers 555-0100 and up in some real area codes, which
// nobody has there, and before them the guide's own sample number. Zip codes
// and numbers take turns, so that a search without a place gives variety.
func realAreas() []offered {
	const zipsPerCode, numbersPerZip = 3, 8
	places := []struct {
		areaCode int
		zips     [zipsPerCode]string
	}{
		{801, [...]string{"84101", "84601", "84043"}}, // Salt Lake City, Provo, Lehi
		{310, [...]string{"90210", "90401", "90245"}}, // Beverly Hills, Santa Monica, El Segundo
		{212, [...]string{"10001", "10011", "10019"}}, // Manhattan
		{312, [...]string{"60601", "60602", "60606"}}, // Chicago
		{415, [...]string{"94102", "94103", "94110"}}, // San Francisco
		{206, [...]string{"98101", "98104", "98109"}}, // Seattle
		{303, [...]string{"80202", "80205", "80218"}}, // Denver
		{512, [...]string{"78701", "78704", "78745"}}, // Austin
		{617, [...]string{"02108", "02116", "02127"}}, // Boston
		{305, [...]string{"33125", "33130", "33139"}}, // Miami
		{602, [...]string{"85003", "85004", "85016"}}, // Phoenix
		{404, [...]string{"30303", "30308", "30309"}}, // Atlanta
		{503, [...]string{"97201", "97205", "97209"}}, // Portland
		{202, [...]string{"20001", "20005", "20036"}}, // Washington
	}
	var areas []*area
	for z := range zipsPerCode {
		for p, place := range places {
			areas = append(areas, &area{provider(p + z), place.areaCode, place.zips[z]})
		}
	}
	all := []offered{{"+13105551234", areas[1]}}
	for n := range numbersPerZip {
		for i, a := range areas {
			all = append(all, offered{fmt.Sprintf("+1%d55501%02d", a.AreaCode, n*zipsPerCode+i/len(places)), a})
		}
	}
	return all
}

// manyAreas are as many areas as wanted, all different, with one number each:
// all area codes from 201 to 999 in turn, and zip codes strewn among them.
func manyAreas(count int) []offered {
	const first, codes = 201, 799
	all := make([]offered, count)
	for i := range all {
		code := first + i%codes
		zip := 501 + i*7%MaxAreas // 7 and MaxAreas have no common factor: none comes twice.
		all[i] = offered{fmt.Sprintf("+1%d555%04d", code, 1+i/codes), &area{provider(i), code, fmt.Sprintf("%05d", zip)}}
	}
	return all
}

func provider(i int) string { return fmt.Sprintf("NGP-%d", 1+i%3) }
