package steps

import (
	"bytes"
	"errors"
	"fmt"

	"telegent-setup/api"
)

// testMessage sends the test message (guide, Step 8).
func testMessage() Step {
	return Step{
		ID: TestMessage, Title: "Send Test Message", Creates: true, Saves: []ID{MessageID},
		Why: "Send a test SMS message to verify everything is working.",
		Confirm: func(a Answers) string {
			return fmt.Sprintf("This sends a message from %s to %s.", a["From"], a["To"])
		},
		Forms: map[api.Edition]Form{
			api.Edition2025: {
				Fields: []Field{
					{Key: "From", Label: "From", From: PhoneNumber, Check: phone, Offer: international, Help: "From step 6."},
					{Key: "To", Label: "To", Sample: "+13105559999", Check: phone, Offer: international, Help: "A phone you have at hand, with + and country code (E.164)."},
					{Key: "Message", Label: "Message", Kind: Multiline, Sample: "Hello! This is a test message from my new Telegent number."},
				},
				Adopt: arrivedMessage(),
				Request: func(in Input) (api.Call, error) {
					return api.SendMessage(api.MessageRequest{From: in.Answers["From"], To: in.Answers["To"], Message: in.Answers["Message"]}), nil
				},
				Read: readMessage,
			},
			api.Edition2026: outbound(),
		},
	}
}

// outbound is the form of edition 2026-04.
func outbound() Form {
	return Form{
		Fields: []Field{
			{Key: "From", Label: "From", From: PhoneNumber, Check: phone, Offer: international, Help: "From step 6."},
			{Key: "To", Label: "To", Kind: List, Sample: "+13105559999", Check: phones, Offer: internationals, Help: "A phone you have at hand, with + and country code (E.164); several with commas between."},
			{Key: "Body", Label: "Message", Kind: Multiline, Sample: "Hello! This is a test message from my new Telegent number."},
		},
		Adopt: arrivedMessage(),
		Request: func(in Input) (api.Call, error) {
			r := api.OutboundRequest{From: in.Answers["From"], Body: in.Answers["Body"]}
			for _, number := range split(in.Answers["To"]) {
				r.To = append(r.To, api.Number{Number: api.Text(number)})
			}
			return api.SendOutbound(r), nil
		},
		Read: readMessage,
	}
}

// readMessage reads the ID of the message, which some services do not send, or
// not as JSON: a message that was accepted is sent all the same.
func readMessage(a api.Answer) (Saved, error) {
	if len(bytes.TrimSpace(a.Body)) == 0 {
		return Saved{}, nil
	}
	var v api.Message
	switch err := a.Decode(&v); {
	case err != nil && a.HTML: // Of a network that wants a person to sign in first.
		return nil, err
	case err != nil:
		return Saved{}, nil
	}
	ids, err := saved(MessageID, v.MessageID)
	if errors.Is(err, errMissingID) {
		return Saved{}, nil
	}
	return ids, err
}

// arrivedMessage asks for a message that was sent already. A phone does not show
// its ID, and no later call needs it.
func arrivedMessage() []Field {
	fields := adopted(MessageID, "MessageId", "Message ID", "TMID-")
	fields[0].Optional = true
	fields[0].Help = "Leave it empty when you do not know it."
	return fields
}
