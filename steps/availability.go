package steps

import (
	"fmt"
	"strconv"

	"telegent-setup/api"
	"telegent-setup/api/text"
)

// availability searches for numbers (guide, Step 5).
func availability() Step {
	return Step{
		ID: Availability, Title: "Check Available Numbers",
		Why: "Before provisioning a number, check what’s available in your desired area.",
		Forms: map[api.Edition]Form{
			api.Edition2025: {
				Fields: append(place(),
					Field{Key: "NumberType", Label: "Number type", Kind: Chosen, Default: "mobile", Choices: []Choice{{"mobile", "mobile"}, {"voip", "voip"}}},
					messageType(),
					toggle("MessageEnabled", "Messages enabled", "Whether the number is for messages."),
					voiceEnabled("Whether the number is for calls too."),
					Field{Key: "PageNumber", Label: "Page", Default: "1", Quiet: true, Check: page},
				),
				Request: searchNumbers,
				Search: &Search{Read: readAvailability, Choose: func(row Row) map[string]Answers {
					if row.Number == "" {
						return nil
					}
					return map[string]Answers{Provision: {"PhoneNumber": row.Number}}
				}},
			},
			api.Edition2026: {
				Fields: append(place(),
					Field{Key: "NumberType", Label: "Number type", Kind: Chosen, Default: "mobile", Choices: []Choice{{"mobile", "mobile"}}},
					messageType(),
					toggle("MessageEnabled", "Messages enabled", "Whether the number is for messages."),
					voiceEnabled("Whether the number is for calls too."),
					Field{Key: "PageNumber", Label: "Page", Default: "1", Quiet: true, Check: page},
				),
				Request: searchNumbers,
				Search: &Search{Read: readAreas, Choose: func(row Row) map[string]Answers {
					return map[string]Answers{Provision: {"AreaCode": row.AreaCode, "ZipCode": row.ZipCode}}
				}},
			},
		},
	}
}

// place is where a number is wanted.
func place() []Field {
	return []Field{
		{
			Key: "AreaCode", Label: "Area code", Sample: "801", Optional: true, Check: digitsOf(3, "give the 3 digits of the area code, as in 801, or leave it empty"),
			Help: "3-digit area code; empty for all available area codes and zip codes.",
		},
		{
			Key: "ZipCode", Label: "Zip code", Optional: true, Check: digitsOf(5, "give the 5 digits of the zip code, as in 84043, or leave it empty"),
			Help: "5-digit zip code; looked at if the area code is unavailable.",
		},
	}
}

func searchNumbers(in Input) (api.Call, error) {
	n, err := strconv.Atoi(in.Answers["PageNumber"])
	if err != nil {
		return api.Call{}, fmt.Errorf("page number: %w", err)
	}
	return api.SearchNumbers(api.AvailabilityRequest{
		NumberType:     in.Answers["NumberType"],
		MessageType:    in.Answers["MessageType"],
		MessageEnabled: isTrue(in.Answers["MessageEnabled"]),
		VoiceEnabled:   isTrue(in.Answers["VoiceEnabled"]) && in.IDs[CRID] != "",
		PageNumber:     n,
		AreaCode:       in.Answers["AreaCode"],
		ZipCode:        in.Answers["ZipCode"],
	}), nil
}

// readAreas reads one page of areas: in edition 2026-04 the service assigns the
// number, so that listed numbers are no choice.
func readAreas(a api.Answer) (Results, error) {
	var v api.Availability
	if err := a.Decode(&v); err != nil {
		return Results{}, err
	}
	return areas(v), nil
}

// readAvailability reads one page. Where numbers are listed, they are the rows;
// else the areas are.
func readAvailability(a api.Answer) (Results, error) {
	var v api.Availability
	if err := a.Decode(&v); err != nil {
		return Results{}, err
	}
	if len(v.NumbersAvailable) == 0 {
		return areas(v), nil
	}
	r := Results{Numbers: true}
	for _, n := range v.NumbersAvailable {
		if text.IsE164(string(n.Number)) { // What cannot be provisioned is not offered.
			r.Rows = append(r.Rows, Row{Number: string(n.Number)})
		}
	}
	return r.counted(v), nil
}

func areas(v api.Availability) Results {
	r := Results{Rows: make([]Row, 0, len(v.AvailableNumberAreas))}
	for _, area := range v.AvailableNumberAreas {
		r.Rows = append(r.Rows, Row{NGP: api.First(area.NGP), AreaCode: api.First(area.AreaCode), ZipCode: api.First(area.Zipcode)})
	}
	return r.counted(v)
}

// counted adds the total; one that is missing or no number is the count of rows.
func (r Results) counted(v api.Availability) Results {
	r.More = len(r.Rows) >= api.PageSize
	total, err := strconv.Atoi(api.First(v.ResultsTotal))
	if err != nil || total < 0 {
		total = len(r.Rows)
	}
	r.Total = total
	return r
}
