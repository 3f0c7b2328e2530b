package steps

import "telegent-setup/api"

const (
	orderKey  = "OrderId"     // The answer that the program makes once and keeps.
	numberKey = "PhoneNumber" // The number that is asked for; a form without it has one assigned.
)

// provision orders the number (guide, Step 6).
func provision() *Step {
	form := Form{
		Path: "/numbers/provision", Adopt: adoptedNumber(), Order: true,
		Result: []Result{
			{ID: PhoneNumber, Names: []string{"PhoneNumberAssigned", "PhoneNumber", "Number"}, Optional: true},
			{ID: TNID, Names: []string{"TNID", "PhoneNumberId", "NumberId"}},
		},
		Lookup: Lookup{
			ByID: Ask{Path: "/numbers", Param: "PhoneNumber", ID: PhoneNumber},
			List: Ask{Path: "/numbers/inventory", Fixed: map[string]string{"Filter": "All"}},
			Show: []string{"Number", "Status"},
		},
	}
	return &Step{
		ID: Provision, Title: "Provision Phone Number", Object: "the number", Made: "was ordered", Missing: "was not ordered", Doing: "Ordering the number", Button: "Continue",
		Done: "A phone number provisioned", Creates: true, Saves: []ID{PhoneNumber, TNID},
		Why: "Now let’s activate the phone number you selected.",
		Confirm: Confirm{
			Sentences: []string{
				"This orders {PhoneNumber} from Telegent for your account.",
				"This orders a number in area code {AreaCode} from Telegent for your account.",
				"This orders a number in zip code {ZipCode} from Telegent for your account.",
			},
			Yes: "Yes, order it", Cost: "The number is billed to your account; your Telegent representative knows the prices.",
		},
		Issues: []Issue{messageRouteRequired, numberInUse, typeMismatch},
		Forms:  map[api.Edition]*Form{api.Edition2025: numberForm(form), api.Edition2026: orderForm(form)},
	}
}

// numberForm orders the number that the customer chose.
func numberForm(form Form) *Form {
	form.Repeat = "the service refuses it: a number is ordered only once"
	form.BodyOrder = []string{orderKey, numberKey, "NumberType", "MessageType", "MessageRouteId", "VoiceRouteId", "MessageEnabled", "VoiceEnabled"}
	form.Fields = []Field{
		{
			Key: numberKey, Label: "Phone number", Sample: "+13105551234", Format: Phone,
			Help: "With + and country code (E.164): the number you chose, or that Telegent assigned to you.",
		},
		numberType(), messageType(),
		toggle("MessageEnabled", "Messages enabled", "Whether the number sends and receives messages."),
		messageRouteField(), voiceRouteField(),
		voiceEnabled("Whether the number makes and takes calls."),
		{Key: orderKey, Label: "Order ID", Auto: true, Optional: true, Format: Identifier},
	}
	form.Lookup.Find = Ask{Path: "/numbers", Param: "PhoneNumber", Key: numberKey}
	form.Lookup.Match = []Match{{Key: numberKey, Names: []string{"Number", "PhoneNumber"}}}
	return &form
}

// orderForm orders a number in an area, which the service assigns (edition
// 2026-04). The order may take a while.
func orderForm(form Form) *Form {
	area := place()
	area[0].Help = "3-digit area code in which the number is assigned."
	area[1].Help = "5-digit zip code; instead of the area code, or beside it."
	area[0].Unless, area[0].RequiredWhy = "ZipCode", "give an area code or a zip code: the service assigns a number there"
	for i := range area {
		area[i].SentEmpty = false
		area[i].Like = Availability
	}
	mobile := Condition{Key: "NumberType", Is: []string{"mvno"}} // An iot number has no voice.
	kind, route, voice := messageType(), voiceRouteField(), voiceEnabled("Whether the number makes and takes calls.")
	kind.Excludes = Exclusion{Value: "a2p", With: Condition{Key: "NumberType", Is: []string{"iot"}}, Why: "iot numbers are p2p only; use mvno for a2p"}
	route.When, voice.When = append(route.When, mobile), append(voice.When, mobile)
	product := []string{"Sms-Only", "Data-Only", "Sms+Data", "Sms+Data+Voice"}
	fields := []Field{
		numberType(), kind,
		{Key: "ProductType", Label: "Product", Kind: Chosen, Sample: "Sms-Only", Help: "What the number is for.", Choices: named(product...)},
		toggle("MessageEnabled", "Messages enabled", "Whether the number sends and receives messages."),
		{
			Key: "DataEnabled", Label: "Data enabled", Kind: Bool, Default: "false", Help: "Whether the number carries data.",
			Derived: Derived{Condition{Key: "ProductType", Is: product[1:]}, "true"},
		},
		messageRouteField(), route, voice, accountField(),
		{Key: "ICCID", Label: "ICCID of a SIM", Optional: true, Format: Identifier, Personal: true, Help: "Only for a SIM card that you have; leave it empty for an eSIM or none."},
		{
			Key: "AssignedSubscriberId", Label: "Subscriber", SavedID: SubscriberID, Optional: true, Format: Identifier, Prefixes: []string{"TSUID-"},
			When: []Condition{{Key: "AssignedSubscriberId", ID: SubscriberID}}, Help: "Who will use the number: the subscriber that is there already.",
		},
	}
	form.Why = "Now let’s order a number: Telegent assigns one in the area that you choose."
	form.Repeat = "a second number is ordered and billed: Telegent does not see that it is a repeat"
	form.BodyOrder = []string{"NumberType", "MessageType", "MessageEnabled", "VoiceEnabled", "DataEnabled", "MessageRouteId", "VoiceRouteId"}
	form.Fields = append(area, fields...)
	form.Lookup.Match = []Match{{Key: "MessageRouteId", Names: []string{"MessageRouteId"}}}
	form.Lookup.Show = append(form.Lookup.Show, "MessageRouteId")
	form.Issues = []Issue{messageRouteRequired, invalidAccount2026}
	return &form
}

func numberType() Field {
	return Field{Key: "NumberType", Label: "Number type", Kind: Chosen, Default: "mvno", Choices: []Choice{{"mvno", "mvno"}, {"iot", "iot: p2p messages only"}}}
}

func messageRouteField() Field {
	return Field{Key: "MessageRouteId", Label: "Message route (MRID)", SavedID: MRID, Format: Identifier, Prefixes: []string{"MRID-"}, Help: "From step 3."}
}

func voiceRouteField() Field {
	return Field{
		Key: "VoiceRouteId", Label: "Voice route (CRID)", SavedID: CRID, Format: Identifier, Prefixes: []string{"CRID-"},
		Optional: true, When: []Condition{voiceRouteKnown()}, Help: "From step 4.",
	}
}

// adoptedNumber asks for a number that is there already. Nobody may know its ID, and
// no later call needs it.
func adoptedNumber() []Field {
	return []Field{
		{Key: numberKey, Label: "Phone number", SavedID: PhoneNumber, Format: Phone, Sample: "+13105551234", Help: "E.164."},
		{
			Key: "TNID", Label: "Number ID (TNID)", SavedID: TNID, Format: Identifier, Prefixes: []string{"TNID-", "NID-"},
			Optional: true, Default: "unknown", Help: "Leave it empty when you do not know it.",
		},
	}
}
