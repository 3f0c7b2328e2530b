package sandbox

import "fmt"

// area is where numbers are on offer. NGP is the Number Gateway Provider.
type area struct{ NGP, AreaCode, Zipcode string }

// offered is a number and the index of its area.
type offered struct {
	number string
	area   int
}

// offer is a choice of numbers, in the order in which they are listed, and the
// areas that they lie in.
type offer struct {
	areas   []area
	numbers []offered
}

// MaxAreas is the most areas that Options.Many can ask for.
const MaxAreas = 99_000

// newOffer is the offer before anything is taken: of real areas, or of many
// made-up ones.
func newOffer(many int) (offer, error) {
	switch {
	case many < 0 || many > MaxAreas:
		return offer{}, fmt.Errorf("%d areas: give 0 to %d", many, MaxAreas)
	case many > 0:
		return manyAreas(many), nil
	}
	return realAreas(), nil
}

// realAreas has the numbers 555-0100 and up in some real area codes, which
// nobody has there, and before them the guide's own sample number. Zip codes
// and numbers take turns, so that a search without a place gives variety.
func realAreas() offer {
	const zipsPerCode, numbersPerZip = 3, 8
	places := []struct {
		areaCode string
		zips     [zipsPerCode]string
	}{
		{"801", [...]string{"84101", "84601", "84043"}}, // Salt Lake City, Provo, Lehi
		{"310", [...]string{"90210", "90401", "90245"}}, // Beverly Hills, Santa Monica, El Segundo
		{"212", [...]string{"10001", "10011", "10019"}}, // Manhattan
		{"312", [...]string{"60601", "60602", "60606"}}, // Chicago
		{"415", [...]string{"94102", "94103", "94110"}}, // San Francisco
		{"206", [...]string{"98101", "98104", "98109"}}, // Seattle
		{"303", [...]string{"80202", "80205", "80218"}}, // Denver
		{"512", [...]string{"78701", "78704", "78745"}}, // Austin
		{"617", [...]string{"02108", "02116", "02127"}}, // Boston
		{"305", [...]string{"33125", "33130", "33139"}}, // Miami
		{"602", [...]string{"85003", "85004", "85016"}}, // Phoenix
		{"404", [...]string{"30303", "30308", "30309"}}, // Atlanta
		{"503", [...]string{"97201", "97205", "97209"}}, // Portland
		{"202", [...]string{"20001", "20005", "20036"}}, // Washington
	}
	var o offer
	for z := range zipsPerCode {
		for p, place := range places {
			o.areas = append(o.areas, area{ngp(p + z), place.areaCode, place.zips[z]})
		}
	}
	o.numbers = append(o.numbers, offered{"+13105551234", 1})
	for n := range numbersPerZip {
		for i, a := range o.areas {
			o.numbers = append(o.numbers, offered{fmt.Sprintf("+1%s55501%02d", a.AreaCode, n*zipsPerCode+i/len(places)), i})
		}
	}
	return o
}

// manyAreas are as many areas as wanted, all different, with one number each:
// all area codes from 201 to 999 in turn, and zip codes strewn among them.
func manyAreas(count int) offer {
	const first, codes = 201, 799
	o := offer{make([]area, count), make([]offered, count)}
	for i := range count {
		code := first + i%codes
		zip := 501 + i*7%MaxAreas // 7 and MaxAreas have no common factor: none comes twice.
		o.areas[i] = area{ngp(i), fmt.Sprint(code), fmt.Sprintf("%05d", zip)}
		o.numbers[i] = offered{fmt.Sprintf("+1%d555%04d", code, 1+i/codes), i}
	}
	return o
}

func ngp(i int) string { return fmt.Sprintf("NGP-%d", 1+i%3) }

// available is what is still to be had in an area code; if it has none, in a
// zip code; if neither is given, everywhere.
func (s *Sandbox) available(areaCode, zipCode string) offer {
	if areaCode == "" && zipCode == "" {
		return s.untaken(func(area) bool { return true })
	}
	var found offer
	if areaCode != "" {
		found = s.untaken(func(a area) bool { return a.AreaCode == areaCode })
	}
	if len(found.numbers) == 0 && zipCode != "" {
		found = s.untaken(func(a area) bool { return a.Zipcode == zipCode })
	}
	return found
}

// untaken are the free numbers in the wanted areas, and those of the areas
// that have any.
func (s *Sandbox) untaken(wanted func(area) bool) offer {
	var found offer
	taken := s.store.taken()
	place := make([]int, len(s.offer.areas)) // Of an area among those found, from 1.
	for _, n := range s.offer.numbers {
		if !wanted(s.offer.areas[n.area]) || taken[n.number] {
			continue
		}
		if place[n.area] == 0 {
			found.areas = append(found.areas, s.offer.areas[n.area])
			place[n.area] = len(found.areas)
		}
		found.numbers = append(found.numbers, offered{n.number, place[n.area] - 1})
	}
	return found
}
