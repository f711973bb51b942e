package webhook_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"coffer/plaidsvc/webhook"
)

// An attack is a request that is not Plaid's.
type attack struct{ name, request string }

// signatures are attacks on the signature, body left alone.
func (w *world) signatures() (list []attack) {
	add := func(name string, signature any) {
		list = append(list, attack{name, w.request(fmt.Sprint(signature), body)})
	}
	good := func() token { return w.genuine(body) }
	der, err := x509.MarshalPKIXPublicKey(&plaids.PublicKey)
	if err != nil {
		w.Fatal(err)
	}
	point, err := plaids.PublicKey.Bytes()
	if err != nil {
		w.Fatal(err)
	}
	add("none", good().by(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType))
	for _, alg := range []string{"NONE", "nOnE", "", "es256", "RS256", "PS256", "EdDSA", "ES384"} {
		add("named "+alg, rename(good().String(), alg))
	}
	for name, key := range map[string][]byte{
		"PEM": pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), "DER": der, "point": point, "nothing": {},
	} {
		add("HS256 with the public key as "+name, good().by(jwt.SigningMethodHS256, key))
	}
	add("key of a wrong curve", good().by(jwt.SigningMethodES384, wide))
	add("somebody's own key", good().by(jwt.SigningMethodES256, strangers))
	for _, id := range []any{nil, 5, "", "../../item/get", "http://evil/", goodID + "\x00", goodID + " ", []string{goodID}, strings.Repeat("a", 65), "' OR 1=1"} {
		add(fmt.Sprintf("kid %v", id), good().with("kid", id))
	}
	for _, name := range []string{"jwk", "jku", "x5u", "x5c", "crit"} {
		add("header names "+name, good().with(name, "https://evil.example"))
	}
	now := w.clock().Unix()
	for _, iat := range []any{now - 301, now - 86400, now + 31, now + 1e9, 0, -1, "now", nil, 1e308, true, []int64{now}, json.Number("99999999999999999999999999")} {
		add(fmt.Sprintf("signed at %v", iat), good().with("iat", iat))
	}
	sum := good().claims["request_body_sha256"].(string)
	for _, s := range []any{"", nil, sum[:63], sum + "00", strings.Repeat("0", 64), strings.ToUpper(sum), 5} {
		add(fmt.Sprintf("hash %v", s), good().with("request_body_sha256", s))
	}
	return append(list, w.mangled(good().String())...)
}

// rename says another algorithm over a signature that is left as it is.
func rename(signature, alg string) string {
	parts := strings.Split(signature, ".")
	parts[0] = base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"` + alg + `","kid":"` + goodID + `","typ":"JWT"}`))
	return strings.Join(parts, ".")
}

// mangled are signatures that were good.
func (w *world) mangled(good string) (list []attack) {
	add := func(name, signature string) { list = append(list, attack{name, w.request(signature, body)}) }
	p := strings.Split(good, ".")
	b64 := base64.RawURLEncoding
	sig, err := b64.DecodeString(p[2])
	if err != nil {
		w.Fatal(err)
	}
	hash := sha256.Sum256([]byte(p[0] + "." + p[1]))
	asn, err := ecdsa.SignASN1(rand.Reader, plaids, hash[:])
	if err != nil {
		w.Fatal(err)
	}
	n := elliptic.P256().Params().N.FillBytes(make([]byte, 32))
	text := p[0] + "." + p[1] + "."
	add("ASN.1 signature", text+b64.EncodeToString(asn))
	add("empty signature", text)
	add("zero signature", text+b64.EncodeToString(make([]byte, 64)))
	add("order of the curve", text+b64.EncodeToString(append(n, n...)))
	add("short signature", text+b64.EncodeToString(sig[:63]))
	add("long signature", text+b64.EncodeToString(append(sig[:64:64], 0)))
	add("padded", good+"==")
	add("four parts", good+".x")
	add("JWE", "a.b.c.d.e")
	add("dots", strings.Repeat(".", 4000))
	add("garbage header", "garbage")
	add("header of other bytes", "\x80\xff.\x01.\x02")
	add("JSON of garbage", b64.EncodeToString([]byte("[1]"))+"."+p[1]+"."+p[2])
	add("deep JSON", b64.EncodeToString([]byte(strings.Repeat("[", 2000)))+"."+p[1]+"."+p[2])
	for i := range good {
		bit := []byte(good)
		bit[i] ^= 1 << (i % 6)
		if b := bit[i]; b < ' ' || b > '~' {
			continue
		}
		add(fmt.Sprintf("bit of byte %d", i), string(bit))
	}
	return list
}

// envelopes are attacks around a signature that is good.
func (w *world) envelopes() []attack {
	signature := w.genuine(body).String()
	good := w.request(signature, body)
	change := func(old, with string) string {
		if !strings.Contains(good, old) {
			w.Fatalf("no %q in %q", old, good)
		}
		return strings.Replace(good, old, with, 1)
	}
	var compact any
	if err := json.Unmarshal([]byte(body), &compact); err != nil {
		w.Fatal(err)
	}
	again, err := json.Marshal(compact)
	if err != nil {
		w.Fatal(err)
	}
	line := "Plaid-Verification: " + signature + "\r\n"
	list := []attack{
		{"body changed by one byte", change("item-1", "item-2")},
		{"body with a space more", w.request(signature, body+" ")},
		{"body without its end", w.request(signature, body[:len(body)-1])},
		{"body written anew", w.request(signature, string(again))},
		{"empty body", w.request(signature, "")},
		{"10 MB body", w.request(signature, body+strings.Repeat(" ", 10<<20))},
		{"body just too large", w.request(signature, strings.Repeat(" ", 256<<10+1))},
		{"endless chunks", strings.Split(change("Content-Length", "Transfer-Encoding: chunked\r\nX"), "\r\n\r\n")[0] +
			"\r\n\r\n" + strings.Repeat("10000\r\n"+strings.Repeat(" ", 1<<16)+"\r\n", 8)},
		{"chunk that lies", strings.Split(change("Content-Length", "Transfer-Encoding: chunked\r\nX"), "\r\n\r\n")[0] + "\r\n\r\nzz\r\n" + body},
		{"length and chunks", change("Content-Length", "Transfer-Encoding: chunked\r\nContent-Length")},
		{"two lengths", change("Content-Length", "Content-Length: 5\r\nContent-Length")},
		{"missing header", change(line, "")},
		{"empty header", change(signature, "")},
		{"two headers", change(line, line+line)},
		{"huge header", change(signature, strings.Repeat("A", 1<<20))},
		{"header a little too long", change(signature, strings.Repeat("A", 4<<10+1))},
		{"wrong content type", change("application/json", "text/plain")},
		{"form", change("application/json", "application/x-www-form-urlencoded")},
		{"no content type", change("Content-Type: application/json\r\n", "")},
		{"TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"},
		{"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
	}
	for _, method := range []string{"GET", "PUT", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT", "post"} {
		list = append(list, attack{"method " + method, change("POST", method)})
	}
	return list
}

// keys are attacks with another key than the good one, each answered by Plaid in a
// way of its own.
func (w *world) keys() (list []attack) {
	for name, id := range map[string]string{
		"other kid": nobodysID, "expired key": retiredID, "key with another id": swappedID, "key on no curve": offID,
		"key of another kind": octID, "key that Plaid has on another curve": curveID,
	} {
		list = append(list, attack{name, w.request(w.genuine(body).with("kid", id).String(), body)})
	}
	return list
}

// Nothing that Plaid did not sign gets in, and what it signs does afterwards.
func TestNothingForgedGetsIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t).serve()
	if got := w.send(w.request(w.genuine(body).String(), body)); got != 200 || w.took() != 1 {
		t.Fatalf("Plaid's own: %d, %d taken", got, w.took())
	}
	w.advance(10 * time.Minute)
	var kinds [3][]attack
	for n, build := range []func() []attack{w.keys, w.signatures, w.envelopes} {
		kinds[n] = build()
		for _, a := range kinds[n] {
			if n == 0 {
				w.advance(40 * time.Second) // a ration for each, and none is old yet
			}
			if got := w.send(a.request); got < 400 && got != 0 || w.took() != 1 {
				t.Errorf("%s: answered %d, %d taken", a.name, got, w.took())
				w.mu.Lock()
				w.taken = w.taken[:1]
				w.mu.Unlock()
			}
		}
	}
	if len(kinds[0]) < 6 || len(kinds[1]) < 300 || len(kinds[2]) < 25 {
		t.Errorf("%d, %d and %d attacks: some are missing", len(kinds[0]), len(kinds[1]), len(kinds[2]))
	}
	if n := w.refused["Plaid has no such key, or has retired it"]; n < 6 {
		t.Errorf("%d were refused for their key, want 6 at least", n)
	}
	if got := w.send(w.request(w.genuine(body).String(), body)); got != 200 || w.took() != 2 {
		t.Errorf("Plaid's own after all of it: %d, %d taken", got, w.took())
	}
	t.Logf("refused %d keys, %d signatures and %d requests, with %d questions to Plaid about keys; reasons: %v",
		len(kinds[0]), len(kinds[1]), len(kinds[2]), w.questions(), w.refused)
}

// A hundred times the same message is a hundred hints, not an error: what they
// cause is up to who takes them. After five minutes it is nothing.
func TestReplayIsAHintUntilItIsOld(t *testing.T) {
	t.Parallel()
	w := newWorld(t).serve()
	request := w.request(w.genuine(body).String(), body)
	for range 100 {
		if got := w.send(request); got != 200 {
			t.Fatalf("answered %d", got)
		}
	}
	w.advance(5*time.Minute + time.Second)
	if got := w.send(request); got != 401 || w.took() != 100 || w.questions() != 1 {
		t.Errorf("then answered %d, with %d taken and %d questions; want 401, 100 and 1", got, w.took(), w.questions())
	}
	want := webhook.Message{Type: "TRANSACTIONS", Code: "SYNC_UPDATES_AVAILABLE", Item: "item-1", Environment: "sandbox"}
	if w.taken[0] != want {
		t.Errorf("took %+v, want %+v", w.taken[0], want)
	}
}

// Who sends slowly is cut off, and keeps nobody out meanwhile.
func TestSlowSendersAreCutOff(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.receiver.Hasten(300*time.Millisecond, 600*time.Millisecond, 8)
	w.serve()
	whole := w.request(w.genuine(body).String(), body)
	var slow []net.Conn
	for _, part := range []string{whole[:40], whole[:len(whole)-10]} {
		for range 12 {
			conn, err := net.Dial("tcp", w.address)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := conn.Write([]byte(part)); err != nil {
				continue // cut off already
			}
			slow = append(slow, conn)
		}
	}
	began := time.Now()
	for w.send(whole) != 200 { // full of half a request: Plaid would come again too
		if time.Since(began) > time.Minute {
			t.Fatal("slow senders keep Plaid out")
		}
	}
	for _, conn := range slow {
		_ = conn.SetReadDeadline(time.Now().Add(time.Minute))
		var answer [1024]byte
		n, err := conn.Read(answer[:])
		if strings.Contains(string(answer[:n]), " 200 ") {
			t.Errorf("half a webhook got %q", answer[:n])
		}
		if e, ok := err.(net.Error); ok && e.Timeout() {
			t.Fatalf("half a request lives %v", time.Since(began))
		}
	}
	if w.took() != 1 {
		t.Errorf("%d taken, want 1", w.took())
	}
}
