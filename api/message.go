package api

// MessageRequest sends a message (guide, Step 8). From and To are E.164.
type MessageRequest struct {
	From    string
	To      string
	Message string
}

// SendMessage is the call of edition 2025-12.
func SendMessage(r MessageRequest) Call { return post("/message/send", r) }

// Message is the answer; some services send no ID.
type Message struct {
	MessageID Text `json:"MessageId"`
	Status    Text
}
