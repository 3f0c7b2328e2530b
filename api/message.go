package api

// MessageRequest sends a message (guide, Step 8). From and To are E.164.
type MessageRequest struct {
	From    string
	To      string
	Message string
}

// SendMessage is the call of edition 2025-12.
func SendMessage(r MessageRequest) Call {
	return post("/message/send", Body{{Path: "From", Value: r.From}, {Path: "To", Value: r.To}, {Path: "Message", Value: r.Message}})
}

// OutboundRequest sends a message in edition 2026-04.
type OutboundRequest struct {
	To   []Number
	From string
	Body string
}

// SendOutbound is the call of edition 2026-04.
func SendOutbound(r OutboundRequest) Call {
	to := []map[string]string{}
	for _, n := range r.To {
		to = append(to, map[string]string{"Number": string(n.Number)})
	}
	return post("/message/outbound", Body{{Path: "To", Value: to}, {Path: "From", Value: r.From}, {Path: "Body", Value: r.Body}})
}

// Message is the answer; some services send no ID.
type Message struct {
	MessageID Text `json:"MessageId"`
	Status    Text
}
