package sandbox_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
	"telegent-setup/api/sandbox"
)

type listing struct {
	ResultsTotal         int
	AvailableNumberAreas []struct {
		NGP      string
		AreaCode int
		Zipcode  string
	}
	NumbersAvailable []struct{ Number string }
}

func (c *client) search(areaCode, zipCode string, page int) listing {
	c.t.Helper()
	got := c.step("availability", change{"AreaCode": areaCode, "ZipCode": zipCode, "PageNumber": page})
	require.Equal(c.t, 200, got.status, got.text)
	var l listing
	require.NoError(c.t, json.Unmarshal([]byte(got.text), &l))
	require.NotNil(c.t, l.AvailableNumberAreas)
	return l
}

func (l listing) numbers() []string {
	var all []string
	for _, n := range l.NumbersAvailable {
		all = append(all, n.Number)
	}
	return all
}

// Rule: the area code is searched first, the zip code if it has none; what is
// unknown gives an empty answer.
func TestSearch(t *testing.T) {
	for _, edition := range api.Editions() {
		_, c := open(t, sandbox.Options{Edition: edition})
		for name, tc := range map[string]struct {
			areaCode, zipCode string
			wantCode, wantZip string
			areas             int
		}{
			"area code":              {"801", "", "801", "", 3},
			"zip code":               {"", "02108", "617", "02108", 1},
			"both: the area code":    {"310", "84101", "310", "", 3},
			"both: one has no area":  {"999", "84101", "801", "84101", 1},
			"unknown area":           {"999", "", "", "", 0},
			"unknown zip code":       {"", "00000", "", "", 0},
			"both unknown":           {"999", "00000", "", "", 0},
			"neither: all of 14 x 3": {"", "", "", "", 42},
		} {
			got := c.search(tc.areaCode, tc.zipCode, 1)
			require.Len(t, got.AvailableNumberAreas, tc.areas, name)
			require.Equal(t, tc.areas == 0, got.ResultsTotal == 0, name)
			for _, a := range got.AvailableNumberAreas {
				code := strconv.Itoa(a.AreaCode)
				require.Regexp(t, `^\d{3} \d{5}$`, code+" "+a.Zipcode)
				require.NotEmpty(t, a.NGP)
				require.Contains(t, []string{"", code}, tc.wantCode, name)
				require.Contains(t, []string{"", a.Zipcode}, tc.wantZip, name)
			}
		}
	}
}

// Rule: null and left out are the same as empty.
func TestSearchWithoutPlace(t *testing.T) {
	_, c := open(t, sandbox.Options{})
	body := `{"NumberType":"voip","MessageType":"a2p","MessageEnabled":false,"VoiceEnabled":false,"PageNumber":1,"AreaCode":null}`
	got, err := c.try(t.Context(), "POST", "/v1.0/numbers/availability", body, c.headers(""))
	require.NoError(t, err)
	require.Equal(t, 200, got.status, got.text)
	require.Equal(t, c.step("availability", change{"AreaCode": "", "ZipCode": ""}).text, got.text)
	var l listing
	require.NoError(t, json.Unmarshal([]byte(got.text), &l))
	require.NotEqual(t, l.AvailableNumberAreas[0].AreaCode, l.AvailableNumberAreas[1].AreaCode, "a varied selection")
}

// Rule: what is listed can be had, once; the total counts the numbers. The
// guide's number is on offer at first, the two that are always taken never.
func TestListedNumbersCanBeProvisioned(t *testing.T) {
	_, c := open(t, sandbox.Options{})
	c.walk("voice-route")
	everything := c.search("", "", 1)
	require.Equal(t, len(everything.NumbersAvailable), everything.ResultsTotal)
	require.Contains(t, everything.numbers(), guideNumber)
	require.NotContains(t, everything.numbers(), "+13105550000")
	require.NotContains(t, everything.numbers(), "+18015550000")
	distinct := slices.Compact(slices.Sorted(slices.Values(everything.numbers())))
	require.Len(t, distinct, everything.ResultsTotal)

	first := c.search("801", "", 1)
	require.Equal(t, 200, c.step("provision", change{"PhoneNumber": first.numbers()[0]}).status)
	second := c.search("801", "", 1)
	require.Equal(t, first.ResultsTotal-1, second.ResultsTotal)
	require.Equal(t, first.numbers()[1:], second.numbers())
}

// Rule: a number that is not listed can be provisioned too: the customer may
// have been given it.
func TestAssignedNumbersCanBeProvisioned(t *testing.T) {
	_, c := open(t, sandbox.Options{Areas: true})
	c.walk("voice-route")
	require.Nil(t, c.search("801", "", 1).NumbersAvailable)
	require.Equal(t, 200, c.step("provision", change{"PhoneNumber": "+442079460000"}).status)
}

// Rule: an area whose numbers are all gone is not listed, and a search for it
// goes on to the zip code.
func TestExhaustedAreas(t *testing.T) {
	_, c := open(t, sandbox.Options{Many: 1})
	c.walk("voice-route")
	offered := c.search("", "", 1)
	area := offered.AvailableNumberAreas[0]
	require.Equal(t, 200, c.step("provision", change{"PhoneNumber": offered.numbers()[0]}).status)
	for _, place := range [][2]string{{"", ""}, {strconv.Itoa(area.AreaCode), ""}, {strconv.Itoa(area.AreaCode), area.Zipcode}} {
		require.Zero(t, c.search(place[0], place[1], 1).ResultsTotal)
	}
}

// Rule: 10,000 entries a page, none twice, all in the end.
func TestPages(t *testing.T) {
	for _, areasOnly := range []bool{false, true} {
		_, c := open(t, sandbox.Options{Many: 10_001, Areas: areasOnly})
		seen := map[string]bool{}
		for page, want := range []int{10_000, 1, 0, 0} {
			got := c.search("", "", page+1)
			require.Equal(t, 10_001, got.ResultsTotal)
			require.Len(t, got.AvailableNumberAreas, want)
			if !areasOnly {
				require.Len(t, got.NumbersAvailable, want)
			}
			for _, a := range got.AvailableNumberAreas {
				seen[fmt.Sprint(a.AreaCode, a.Zipcode)] = true
			}
		}
		require.Len(t, seen, 10_001)
		require.Empty(t, c.search("", "", 1<<62).AvailableNumberAreas)
		require.NotEmpty(t, c.search("801", "", 1).AvailableNumberAreas)
	}
}

func TestManyHasBounds(t *testing.T) {
	for _, many := range []int{-1, sandbox.MaxAreas + 1} {
		_, err := sandbox.New(sandbox.Options{Many: many})
		require.Error(t, err)
	}
	_, c := open(t, sandbox.Options{Many: sandbox.MaxAreas, Areas: true})
	last := c.search("", "", 10).AvailableNumberAreas
	require.Len(t, last, sandbox.MaxAreas-90_000)
	for _, a := range last {
		if a.AreaCode < 201 || a.AreaCode > 999 || len(a.Zipcode) != 5 {
			require.Fail(t, "not an area", a)
		}
	}
}
