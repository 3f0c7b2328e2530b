package steps

import (
	"fmt"

	"telegent-setup/api"
)

// orderKey is the answer that the program makes once and keeps.
const orderKey = "OrderId"

// provision orders the number (guide, Step 6).
func provision() Step {
	return Step{
		ID: Provision, Title: "Provision Phone Number", Creates: true, Saves: []ID{PhoneNumber, TNID},
		Why:    "Now let’s activate the phone number you selected.",
		Issues: []Issue{messageRouteRequired, numberInUse, typeMismatch},
		Confirm: func(a Answers) string {
			if a["PhoneNumber"] == "" {
				return fmt.Sprintf("This orders a number in %s from Telegent for your account.", areaOf(a))
			}
			return fmt.Sprintf("This orders %s from Telegent for your account.", a["PhoneNumber"])
		},
		Forms: map[api.Edition]Form{
			api.Edition2025: {
				Fields: []Field{
					{
						Key: "PhoneNumber", Label: "Phone number", Sample: "+13105551234", Check: phone, Offer: international,
						Help: "With + and country code (E.164): the number you chose, or that Telegent assigned to you.",
					},
					{Key: "NumberType", Label: "Number type", Kind: Chosen, Default: "mvno", Choices: []Choice{{"mvno", "mvno"}, {"iot", "iot: p2p messages only"}}},
					messageType(),
					toggle("MessageEnabled", "Messages enabled", "Whether the number sends and receives messages."),
					{Key: "MessageRouteId", Label: "Message route (MRID)", From: MRID, Check: identifier, Warn: prefixed("MRID-"), Help: "From step 3."},
					{Key: "VoiceRouteId", Label: "Voice route (CRID)", From: CRID, Check: identifier, Warn: prefixed("CRID-"), Optional: true, When: hasVoice, Help: "From step 4."},
					voiceEnabled("Whether the number makes and takes calls."),
					{Key: orderKey, Label: "Order ID", Quiet: true, Optional: true, Check: identifier},
				},
				Adopt:   adoptNumber(),
				Request: provisionNumber,
				Read:    readProvision,
			},
			api.Edition2026: orderForm(),
		},
	}
}

// adoptNumber asks for a number that is there already. No later call needs its
// TNID.
func adoptNumber() []Field {
	return []Field{
		{Key: "PhoneNumber", Label: "Phone number", From: PhoneNumber, Check: phone, Offer: international, Sample: "+13105551234", Help: "E.164."},
		{
			Key: "TNID", Label: "Number ID (TNID)", From: TNID, Check: identifier, Warn: prefixed("TNID-", "NID-"),
			Optional: true, Default: unknownTNID, Help: "Leave it empty when you do not know it.",
		},
	}
}

// unknownTNID adopts a number whose ID nobody knows.
const unknownTNID = "unknown"

func provisionNumber(in Input) (api.Call, error) {
	voice := in.Answers["VoiceRouteId"]
	return api.ProvisionNumber(api.ProvisionRequest{
		OrderID:        in.Answers[orderKey],
		PhoneNumber:    in.Answers["PhoneNumber"],
		NumberType:     in.Answers["NumberType"],
		MessageType:    in.Answers["MessageType"],
		MessageRouteID: in.Answers["MessageRouteId"],
		VoiceRouteID:   voice,
		MessageEnabled: isTrue(in.Answers["MessageEnabled"]),
		VoiceEnabled:   isTrue(in.Answers["VoiceEnabled"]) && voice != "",
	}), nil
}

// readProvision reads the number and its ID. An answer that does not repeat the
// number in a form that can be called is for the number that was asked for.
func readProvision(a api.Answer) (Saved, error) {
	var v api.Provision
	if err := a.Decode(&v); err != nil {
		return nil, err
	}
	ids, err := saved(TNID, v.TNID, v.PhoneNumberID, v.NumberID)
	if err != nil {
		return nil, err
	}
	if n := numberIn(v.PhoneNumber); n != "" {
		ids[PhoneNumber] = n
	}
	return ids, nil
}
