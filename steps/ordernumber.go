package steps

import (
	"errors"
	"fmt"
	"strings"

	"telegent-setup/api"
)

// orderForm is step 6 in edition 2026-04: the customer names an area, the
// service assigns the number, and the order may take a while.
func orderForm() Form {
	fields := place()
	for i := range fields {
		fields[i].Sample = map[string]string{"AreaCode": "801"}[fields[i].Key]
	}
	fields[0].Help = "3-digit area code in which the number is assigned."
	fields[1].Help = "5-digit zip code; instead of the area code, or beside it."
	fields[0].Require = func(env Env) string {
		if env.Answers["ZipCode"] == "" {
			return "give an area code or a zip code: the service assigns a number there"
		}
		return ""
	}
	kind := messageType()
	kind.Check = func(value string, env Env) error {
		if value == "a2p" && env.Answers["NumberType"] == "iot" {
			return errors.New("iot numbers are p2p only; use mvno for a2p")
		}
		return nil
	}
	return Form{
		Why: "Now let’s order a number: Telegent assigns one in the area that you choose.",
		Fields: append(fields,
			Field{Key: "NumberType", Label: "Number type", Kind: Chosen, Default: "mvno", Choices: []Choice{{"mvno", "mvno"}, {"iot", "iot: p2p messages only"}}},
			kind,
			Field{
				Key: "ProductType", Label: "Product", Kind: Chosen, Sample: "Sms-Only", Help: "What the number is for.",
				Choices: []Choice{{"Sms-Only", "Sms-Only"}, {"Data-Only", "Data-Only"}, {"Sms+Data", "Sms+Data"}, {"Sms+Data+Voice", "Sms+Data+Voice"}},
			},
			toggle("MessageEnabled", "Messages enabled", "Whether the number sends and receives messages."),
			Field{
				Key: "DataEnabled", Label: "Data enabled", Kind: Bool, Default: "false", Help: "Whether the number carries data.",
				Propose: func(env Env) string {
					if strings.Contains(env.Answers["ProductType"], "Data") {
						return "true"
					}
					return ""
				},
			},
			Field{Key: "MessageRouteId", Label: "Message route (MRID)", From: MRID, Check: identifier, Warn: prefixed("MRID-"), Help: "From step 3."},
			Field{Key: "VoiceRouteId", Label: "Voice route (CRID)", From: CRID, Check: identifier, Warn: prefixed("CRID-"), Optional: true, When: hasVoice, Help: "From step 4."},
			voiceEnabled("Whether the number makes and takes calls."),
			accountField(),
			Field{Key: "ICCID", Label: "ICCID of a SIM", Optional: true, Check: identifier, Help: "Only for a SIM card that you have; leave it empty for an eSIM or none."},
		),
		Adopt:   adoptNumber(),
		Request: orderNumber,
		Order:   readOrder,
		Follow:  api.FollowOrder,
		Look:    func(ids Saved) (api.Call, bool) { return api.LookUpNumber(ids[PhoneNumber]), ids[PhoneNumber] != "" },
		Issues:  []Issue{messageRouteRequired, invalidAccount},
	}
}

func orderNumber(in Input) (api.Call, error) {
	voice := in.Answers["VoiceRouteId"]
	return api.OrderNumber(api.OrderRequest{
		NumberType:     in.Answers["NumberType"],
		MessageType:    in.Answers["MessageType"],
		MessageEnabled: isTrue(in.Answers["MessageEnabled"]),
		VoiceEnabled:   isTrue(in.Answers["VoiceEnabled"]) && voice != "",
		DataEnabled:    isTrue(in.Answers["DataEnabled"]),
		MessageRouteID: in.Answers["MessageRouteId"],
		VoiceRouteID:   voice,
		AreaCode:       in.Answers["AreaCode"],
		ZipCode:        in.Answers["ZipCode"],
		ProductType:    in.Answers["ProductType"],
		AccountID:      in.Answers["AccountId"],
		ICCID:          in.Answers["ICCID"],
	}), nil
}

// areaOf names the area of an order.
func areaOf(a Answers) string {
	if a["AreaCode"] != "" {
		return "area code " + a["AreaCode"]
	}
	return "zip code " + a["ZipCode"]
}

// readOrder reads an order. One that was not refused is complete when it has a
// number, and under way as long as it has only an ID, whatever its status says:
// an order is never lost, nor placed again.
func readOrder(a api.Answer) (Order, error) {
	var v api.Order
	if err := a.Decode(&v); err != nil {
		return Order{}, err
	}
	o := Order{ID: api.First(v.OrderID), QRCode: api.First(v.QRCode)}
	number, id := numberIn(v.PhoneNumberAssigned, v.PhoneNumber), api.First(v.PhoneNumberID, v.TNID, v.NumberID)
	switch status := strings.ToLower(api.First(v.OrderStatus)); {
	case status == "rejected", status == "cancelled", status == "canceled":
		o.Refused = api.First(v.ErrorMessage, api.Text(fmt.Sprintf("The order was %s.", status)))
		return o, nil
	case status == "submitted", status == "pending", number == "":
		o.Pending = true
		if o.ID == "" || len(o.ID) > longestID {
			return Order{}, errMissingID
		}
		return o, nil
	}
	ids, err := saved(TNID, api.Text(id))
	if err != nil {
		return Order{}, err
	}
	ids[PhoneNumber] = number
	o.Saved = ids
	return o, nil
}
