package webhook

import (
	"fmt"
	"slices"
	"strings"
)

// throwAway ends the host names that tunnels give away and take back.
var throwAway = []string{
	"ngrok-free.app", "ngrok-free.dev", "ngrok.app", "ngrok.dev", "ngrok.io", "trycloudflare.com", "loca.lt", "localtunnel.me",
	"lhr.life", "lhr.rocks", "localhost.run", "serveo.net", "serveousercontent.com", "pinggy.link", "pinggy.io", "pinggy-free.link",
	"tunnelmole.net", "tunnelto.dev", "bore.pub", "devtunnels.ms", "telebit.io", "zrok.io",
}

// isThrowAway says whether a host name is one of a tunnel that may be another
// tomorrow.
func isThrowAway(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return slices.ContainsFunc(throwAway, func(end string) bool { return host == end || strings.HasSuffix(host, "."+end) })
}

// Tunnels names the commands of common tunnels to a receiver at HOST:PORT.
// None is started here.
func Tunnels(address string) string {
	port := address[strings.LastIndex(address, ":")+1:]
	return fmt.Sprintf("To be called from outside, start a tunnel of your own to it, as one of\n"+
		"  cloudflared tunnel --url http://%[1]s\n"+
		"  ngrok http %[1]s\n"+
		"  tailscale funnel %[2]s\n"+
		"and register the https URL that it shows as the webhook.", address, port)
}
