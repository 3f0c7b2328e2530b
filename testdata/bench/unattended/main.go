// Unattended makes the eight calls of the quickstart with bare net/http, and
// writes a state file before and after each of seven as durably as the program
// does. It checks nothing and helps nobody: it is what the program is measured
// against.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// answer is everything that is taken from any of the answers.
type answer struct {
	Token, AccountId, MessageRouteId, CallRouteId, TNID, SubscriberId, MessageId string
	ResultsTotal                                                                 int
	AvailableNumberAreas                                                         []struct {
		NGP, Zipcode string
		AreaCode     any // A number or a string.
	}
}

type run struct {
	base, token, file string
	answer            answer
}

func main() {
	if err := setUp(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func setUp(base, file, number string) error {
	r := &run{base: base, file: file}
	if err := r.post(strings.TrimSuffix(base, "/v1.0")+"/v1.1/oauth/token", map[string]any{"AccountKey": "sandbox-key", "AccountSecret": "sandbox-secret"}); err != nil {
		return err
	}
	r.token = r.answer.Token
	a := &r.answer
	calls := []func() (string, map[string]any){
		func() (string, map[string]any) {
			return "/accounts/create", map[string]any{"AccountName": "My MVNO Business", "AccountType": "MVNO", "BillingEmail": "billing@example.com", "AdminEmail": "admin@example.com"}
		},
		func() (string, map[string]any) {
			return "/message/routes", map[string]any{"RouteName": "Primary", "RouteUrl": "https://example.com/messages", "RouteType": "POST", "RouteEnabled": true, "DeliveryReports": true}
		},
		func() (string, map[string]any) {
			return "/voice/routes", map[string]any{"RouteName": "Primary", "RouteType": "Trunk", "VoiceUrl": "sip:voice@example.com", "RouteEnabled": true}
		},
		func() (string, map[string]any) {
			return "/numbers/availability", map[string]any{"NumberType": "mobile", "MessageType": "p2p", "MessageEnabled": true, "VoiceEnabled": true, "PageNumber": 1, "AreaCode": "801", "ZipCode": ""}
		},
		func() (string, map[string]any) {
			return "/numbers/provision", map[string]any{"OrderId": "order-1", "PhoneNumber": number, "NumberType": "mvno", "MessageType": "p2p", "MessageRouteId": a.MessageRouteId, "VoiceRouteId": a.CallRouteId, "MessageEnabled": true, "VoiceEnabled": true}
		},
		func() (string, map[string]any) {
			return "/subscribers/create", map[string]any{"Name": "John Smith", "Email": "john@example.com", "Password": "SecurePass123!", "AccountId": a.AccountId, "PhoneNumbers": []string{number}, "Role": "Subscriber"}
		},
		func() (string, map[string]any) {
			return "/message/send", map[string]any{"From": number, "To": "+13105559999", "Message": "Hello!"}
		},
	}
	for i, call := range calls {
		path, body := call()
		if err := r.save(i, "sent"); err != nil {
			return err
		}
		if err := r.post(base+path, body); err != nil {
			return err
		}
		if err := r.save(i, "done"); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) post(url string, body map[string]any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(data))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode >= 300 {
		return fmt.Errorf("%s: %s: %s", url, resp.Status, text)
	}
	return json.Unmarshal(text, &r.answer)
}

// save replaces the file, a little longer each time, and flushes it and its
// directory.
func (r *run) save(step int, status string) error {
	steps := map[string]any{}
	for i := range step + 1 {
		steps[fmt.Sprint(i)] = map[string]string{"status": status, "answers": strings.Repeat("x", 200)}
	}
	data, err := json.MarshalIndent(map[string]any{"version": 1, "AccountId": r.answer.AccountId, "MRID": r.answer.MessageRouteId, "steps": steps}, "", "  ")
	if err != nil {
		return err
	}
	temporary := r.file + ".tmp"
	f, err := os.OpenFile(temporary, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(temporary, r.file); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(r.file))
	if err != nil {
		return err
	}
	defer func() { _ = dir.Close() }()
	return dir.Sync()
}
