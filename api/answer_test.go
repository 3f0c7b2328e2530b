package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"telegent-setup/api"
)

// Rule: an answer is read in its envelope, however the key of that is written.
func TestDecodeFindsTheEnvelope(t *testing.T) {
	for name, body := range map[string]string{
		"bare":            `{"AccountId":"AID-1"}`,
		"data":            `{"Successful":true,"Data":{"AccountId":"AID-1"}}`,
		"small letters":   `{"data":{"AccountId":"AID-1"}}`,
		"capitals":        `{"RESULT":{"AccountId":"AID-1"}}`,
		"escaped":         `{"\u0064ata":{"AccountId":"AID-1"}}`,
		"other alphabet":  `{"reſponse":{"AccountId":"AID-1"}}`,
		"a value, no key": `{"Kind":"data","AccountId":"AID-1"}`,
		"empty":           `{"Data":null,"AccountId":"AID-1"}`,
		"two":             `{"Response":{"Data":{"AccountId":"AID-1"}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			var got struct{ AccountId api.Text }
			require.NoError(t, api.Answer{Status: 200, Body: []byte(body)}.Decode(&got))
			require.Equal(t, api.Text("AID-1"), got.AccountId)
		})
	}
}
