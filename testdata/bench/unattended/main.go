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
	made              int   // Calls of those that are saved.
	err               error // The first one.
}

func main() {
	r := &run{base: os.Args[1], file: os.Args[2]}
	if r.setUp(os.Args[3]); r.err != nil {
		fmt.Fprintln(os.Stderr, r.err)
		os.Exit(1)
	}
}

func (r *run) setUp(number string) {
	type body = map[string]any
	r.err = r.post(strings.TrimSuffix(r.base, "/v1.0")+"/v1.1/oauth/token", body{"AccountKey": "sandbox-key", "AccountSecret": "sandbox-secret"})
	r.token = r.answer.Token
	r.call("/accounts/create", body{"AccountName": "My MVNO Business", "AccountType": "MVNO", "BillingEmail": "billing@example.com", "AdminEmail": "admin@example.com"})
	r.call("/message/routes", body{"RouteName": "Primary", "RouteUrl": "https://example.com/messages", "RouteType": "POST", "RouteEnabled": true, "DeliveryReports": true})
	r.call("/voice/routes", body{"RouteName": "Primary", "RouteType": "Trunk", "VoiceUrl": "sip:voice@example.com", "RouteEnabled": true})
	r.call("/numbers/availability", body{"NumberType": "mobile", "MessageType": "p2p", "MessageEnabled": true, "VoiceEnabled": true, "PageNumber": 1, "AreaCode": "801", "ZipCode": ""})
	r.call("/numbers/provision", body{"OrderId": "order-1", "PhoneNumber": number, "NumberType": "mvno", "MessageType": "p2p", "MessageRouteId": r.answer.MessageRouteId, "VoiceRouteId": r.answer.CallRouteId, "MessageEnabled": true, "VoiceEnabled": true})
	r.call("/subscribers/create", body{"Name": "John Smith", "Email": "john@example.com", "Password": "SecurePass123!", "AccountId": r.answer.AccountId, "PhoneNumbers": []string{number}, "Role": "Subscriber"})
	r.call("/message/send", body{"From": number, "To": "+13105559999", "Message": "Hello!"})
}

// call makes one call, between two saves.
func (r *run) call(path string, body map[string]any) {
	for _, do := range []func() error{
		func() error { return r.save("sent") },
		func() error { return r.post(r.base+path, body) },
		func() error { return r.save("done") },
	} {
		if r.err == nil {
			r.err = do()
		}
	}
	r.made++
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
func (r *run) save(status string) error {
	steps := map[string]any{}
	for i := range r.made + 1 {
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
