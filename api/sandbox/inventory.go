package sandbox

import "fmt"

// area is where numbers are on offer. NGP is the Number Gateway Provider.
type area struct {
	NGP, AreaCode, Zipcode string
	numbers                []string
}

// MaxAreas is the most areas that Options.Many can ask for.
const MaxAreas = 99_000

// offer is the inventory before anything is taken: that of real areas, or
// many made-up ones. The numbers lie in 555-0100 and up, which no one has;
// the guide's own sample number comes first in its area.
func offer(many int) ([]area, error) {
	switch {
	case many < 0 || many > MaxAreas:
		return nil, fmt.Errorf("%d areas: give 0 to %d", many, MaxAreas)
	case many > 0:
		return manyAreas(many), nil
	}
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
	var areas []area
	for z := range zipsPerCode { // Zip codes outside, so that a search without a place gives variety.
		for p, place := range places {
			a := area{NGP: ngp(p + z), AreaCode: place.areaCode, Zipcode: place.zips[z]}
			if a.Zipcode == "90210" {
				a.numbers = append(a.numbers, "+13105551234")
			}
			for n := range numbersPerZip {
				a.numbers = append(a.numbers, fmt.Sprintf("+1%s55501%02d", a.AreaCode, n*zipsPerCode+z))
			}
			areas = append(areas, a)
		}
	}
	return areas, nil
}

// manyAreas are as many areas as wanted, all different, with one number each:
// all area codes from 201 to 999 in turn, and zip codes strewn among them.
func manyAreas(count int) []area {
	const first, codes = 201, 799
	areas := make([]area, count)
	for i := range areas {
		code := first + i%codes
		areas[i] = area{
			NGP:      ngp(i),
			AreaCode: fmt.Sprint(code),
			Zipcode:  fmt.Sprintf("%05d", 501+i*7%MaxAreas), // 7 and MaxAreas have no common factor: none comes twice.
			numbers:  []string{fmt.Sprintf("+1%d555%04d", code, 1+i/codes)},
		}
	}
	return areas
}

func ngp(i int) string { return fmt.Sprintf("NGP-%d", 1+i%3) }

// available is what is still to be had in an area code; if it has none, in a
// zip code; if neither is given, everywhere.
func (s *Sandbox) available(areaCode, zipCode string) []area {
	if areaCode == "" && zipCode == "" {
		return s.untaken(func(area) bool { return true })
	}
	if areaCode != "" {
		if found := s.untaken(func(a area) bool { return a.AreaCode == areaCode }); len(found) > 0 {
			return found
		}
	}
	if zipCode == "" {
		return nil
	}
	return s.untaken(func(a area) bool { return a.Zipcode == zipCode })
}

// untaken are the wanted areas with the numbers that are still free, without
// those that have none.
func (s *Sandbox) untaken(wanted func(area) bool) []area {
	var found []area
	for _, a := range s.offer {
		if !wanted(a) {
			continue
		}
		free := a
		free.numbers = nil
		for _, n := range a.numbers {
			if !s.book.taken(n) {
				free.numbers = append(free.numbers, n)
			}
		}
		if len(free.numbers) > 0 {
			found = append(found, free)
		}
	}
	return found
}
