package webhook_test

import (
	"crypto/ecdsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// seal signs a header and claims as they are written.
func (a *attacks) seal(key *ecdsa.PrivateKey, header, claims string) string {
	a.Helper()
	text := b64.EncodeToString([]byte(header)) + "." + b64.EncodeToString([]byte(claims))
	sig, err := jwt.SigningMethodES256.Sign(text, key)
	if err != nil {
		a.Fatal(err)
	}
	return text + "." + b64.EncodeToString(sig)
}

const usualHeader = `{"alg":"ES256","kid":"` + goodID + `","typ":"JWT"}`

func bodyHash() string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}

// usualClaims are those of the message, with the iat as it is written.
func usualClaims(iat any) string {
	return fmt.Sprintf(`{"iat":%v,"request_body_sha256":%q}`, iat, bodyHash())
}

func (a *attacks) tokenBits() {
	for i := range a.good {
		a.signed(fmt.Sprintf("bit of byte %d", i), flipped([]byte(a.good), 8*i+i%7))
	}
}

// request takes bytes for text here.
func (a *attacks) splices() {
	const other = "{\n  \"webhook_type\": \"ITEM\"\n}"
	one, two := strings.Split(a.good, "."), strings.Split(a.genuine(other).String(), ".")
	a.about("another body of Plaid's", other)
	for n, parts := range [][3]string{{two[0], two[1], two[2]}, {one[0], one[1], two[2]}, {one[0], two[1], one[2]}, {two[0], two[1], one[2]}} {
		token := strings.Join(parts[:], ".")
		a.signed(fmt.Sprintf("splice %d", n), token)
		if n > 0 {
			a.add(fmt.Sprintf("splice %d for the other", n), a.request(token, other))
		}
	}
}

// algorithmNames are written over a signature that is left as it is, and signed anew.
func (a *attacks) algorithmNames() {
	names := strings.Fields(`none None NONE nOnE es256 Es256 eS256 ES256K ES384 ES512 HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384
		PS512 EdDSA Ed25519 Ed448 dir A128KW A256GCM ECDH-ES RSA-OAEP HS256/64 ES-256 ECDSA P-256 SHA256 ES256ES256 ES256,none ＥＳ256 ES２56`)
	values := []any{"", " ES256", "ES256 ", "ES256\x00", "ES256\n", "\ufeffES256", nil, true, 256, 1.5, []string{"ES256"}, map[string]any{"alg": "ES256"}}
	for _, name := range names {
		values = append(values, name)
	}
	parts := strings.Split(a.good, ".")
	now := a.clock().Unix()
	for _, v := range values {
		text, err := json.Marshal(map[string]any{"alg": v, "kid": goodID, "typ": "JWT"})
		if err != nil {
			a.Fatal(err)
		}
		a.signed(fmt.Sprintf("named %q", v), b64.EncodeToString(text)+"."+parts[1]+"."+parts[2])
		a.signed(fmt.Sprintf("named %q, without a signature", v), b64.EncodeToString(text)+"."+parts[1]+".")
		a.signed(fmt.Sprintf("named %q, signed by Plaid", v), a.seal(plaids, string(text), usualClaims(now)))
	}
}

// headerFields are ways to bring a key along, and others to have more understood than
// there is, signed by somebody and by Plaid.
func (a *attacks) headerFields() {
	point, err := strangers.PublicKey.Bytes()
	if err != nil {
		a.Fatal(err)
	}
	own := map[string]any{"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": goodID,
		"x": b64.EncodeToString(point[1:33]), "y": b64.EncodeToString(point[33:])}
	values := []any{"https://evil.example/keys", "http://169.254.169.254/", "file:///etc/passwd", own, []any{own}, []string{"exp", "b64"}, "", nil, false, 0}
	for _, name := range []string{"jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "crit"} {
		for _, v := range values {
			header, err := json.Marshal(map[string]any{"alg": "ES256", "kid": goodID, "typ": "JWT", name: v})
			if err != nil {
				a.Fatal(err)
			}
			claims := usualClaims(a.clock().Unix())
			a.signed(fmt.Sprintf("%s %v by somebody", name, v), a.seal(strangers, string(header), claims))
			a.signed(fmt.Sprintf("%s %v by Plaid", name, v), a.seal(plaids, string(header), claims))
		}
	}
	for _, field := range []string{`"b64":false`, `"enc":"A128GCM"`, `"zip":"DEF"`, `"cty":"JWT"`, `"epk":{}`, `"typ":"at+jwt"`, `"iss":"plaid.com"`} {
		a.signed(field+" by somebody", a.seal(strangers, `{"alg":"ES256","kid":"`+goodID+`",`+field+`}`, usualClaims(a.clock().Unix())))
	}
}

// keyIDs are other ids, under what Plaid's key signed.
func (a *attacks) keyIDs() {
	now := a.clock().Unix()
	add := func(id any) {
		header, err := json.Marshal(map[string]any{"alg": "ES256", "kid": id, "typ": "JWT"})
		if err != nil {
			a.Fatal(err)
		}
		a.signed(fmt.Sprintf("kid %q", id), a.seal(plaids, string(header), usualClaims(now)))
	}
	for _, id := range []any{nil, 5, true, 1e300, []string{goodID}, map[string]any{"kid": goodID}, strings.ToUpper(goodID), "{" + goodID + "}",
		"urn:uuid:" + goodID, strings.ReplaceAll(goodID, "-", ""), "../../item/get", "http://evil.example/", "' OR 1=1", "${jndi:ldap://evil.example}",
		goodID + "," + goodID, goodID + goodID, strings.Repeat("a", 64), strings.Repeat("a", 65), strings.Repeat("a", 2000)} {
		add(id)
	}
	for i := range goodID {
		add(goodID[:i])
		add(goodID[:i] + "0" + goodID[i+1:] + "0")
		add(goodID[:i] + string(goodID[i]^1) + goodID[i+1:])
	}
	for r := range rune(256) {
		add(goodID + string(r))
	}
	a.signed("no kid", a.seal(plaids, `{"alg":"ES256","typ":"JWT"}`, usualClaims(now)))
	a.signed("two kids", a.seal(plaids, `{"alg":"ES256","kid":"`+goodID+`","kid":"`+nobodysID+`"}`, usualClaims(now)))
}

// times are when Plaid did not sign what came now.
func (a *attacks) times() {
	now := a.clock().Unix()
	var list []any
	for n := range int64(20) {
		list = append(list, now-301-n, now+31+n, now-301-n*3600, now+31+n*3600, float64(now)-300.25-float64(n), now<<(n+1), now>>(n+1))
	}
	for _, at := range []time.Duration{-10 * time.Minute, 10 * time.Minute, -365 * 24 * time.Hour, 365 * 24 * time.Hour} {
		list = append(list, now+int64(at/time.Second))
	}
	for _, text := range strings.Fields(`0 1 -1 1e10 1e20 1e308 1e400 -1e308 null true false "" "now" "2026-11-22T12:00:00Z" [] {} NaN Infinity -Infinity
		0x6b49d200 01795348800 9007199254740993 9223372036854775807 9223372036854775808 18446744073709551616 99999999999999999999999999`) {
		list = append(list, text)
	}
	list = append(list, -now, fmt.Sprintf("[%d]", now), fmt.Sprintf(`{"iat":%d}`, now), fmt.Sprintf("+%d", now), fmt.Sprintf("%d,", now), fmt.Sprintf("%d000", now))
	for _, iat := range list {
		a.signed(fmt.Sprintf("signed at %v", iat), a.seal(plaids, usualHeader, usualClaims(iat)))
	}
	for _, other := range []string{"exp", "nbf", "auth_time", "iat_", "i at"} {
		a.signed("no iat but "+other, a.seal(plaids, usualHeader, fmt.Sprintf(`{%q:%d,"request_body_sha256":%q}`, other, now, bodyHash())))
	}
	a.signed("an old iat after a new one", a.seal(plaids, usualHeader, fmt.Sprintf(`{"iat":%d,"iat":%d,"request_body_sha256":%q}`, now, now-301, bodyHash())))
	a.signed("no time at all", a.seal(plaids, usualHeader, fmt.Sprintf(`{"request_body_sha256":%q}`, bodyHash())))
}

// hashes are of other bodies, or of this one written in another way.
func (a *attacks) hashes() {
	sum := bodyHash()
	raw, err := hex.DecodeString(sum)
	if err != nil {
		a.Fatal(err)
	}
	other, wide, old := sha256.Sum224([]byte(body)), sha512.Sum512([]byte(body)), sha1.Sum([]byte(body))
	short := sha512.Sum512_256([]byte(body))
	twice, empty := sha256.Sum256(raw), sha256.Sum256(nil)
	list := []any{"", nil, 5, true, []string{sum}, map[string]any{"sha256": sum}, sum + "00", sum + sum, " " + sum, sum + " ", sum + "\n", "0x" + sum, "sha256:" + sum,
		"sha256=" + sum, strings.ToUpper(sum), strings.Repeat("0", 64), strings.Repeat("*", 64), "null", "*", "%", sum + "\x00", "\ufeff" + sum,
		b64.EncodeToString(raw), base64.StdEncoding.EncodeToString(raw), string(raw), hex.EncodeToString(other[:]), hex.EncodeToString(wide[:]),
		hex.EncodeToString(old[:]), hex.EncodeToString(short[:]), hex.EncodeToString(twice[:]), hex.EncodeToString(empty[:])}
	for i, digit := range sum {
		list = append(list, sum[:i], sum[i+1:])
		list = append(list, fmt.Sprintf("%s%x%s", sum[:i], (strings.IndexRune("0123456789abcdef", digit)+1)%16, sum[i+1:]))
	}
	for _, s := range list {
		if s == any(sum) {
			continue
		}
		a.signed(fmt.Sprintf("hash %q", s), a.genuine(body).with("request_body_sha256", s))
	}
	for _, name := range []string{"body_sha256", "request_body_sha512", "request_body_sha256_", "sha256", "request_body"} {
		a.signed("no hash but "+name, a.seal(plaids, usualHeader, fmt.Sprintf(`{"iat":%d,%q:%q}`, a.clock().Unix(), name, sum)))
	}
}

// shapes are texts that are not three parts of base64url in their one form.
func (a *attacks) shapes() {
	p := strings.Split(a.good, ".")
	join := func(parts ...string) string { return strings.Join(parts, ".") }
	for name, token := range map[string]string{
		"header alone": p[0], "two parts": join(p[0], p[1]), "no header": join("", p[1], p[2]), "no claims": join(p[0], "", p[2]), "no signature": join(p[0], p[1], ""),
		"four parts": a.good + ".x", "an empty fourth": a.good + ".", "an empty first": "." + a.good, "five parts": "a.b.c.d.e", "six parts": a.good + "." + a.good,
		"dots": strings.Repeat(".", 4000), "two dots": "..", "garbage": "garbage", "other bytes": "\x80\xff.\x01.\x02", "no dots": strings.Join(p, ""),
		"in small letters": strings.ToLower(a.good), "in capitals": strings.ToUpper(a.good), "quoted": `"` + a.good + `"`, "in brackets": "<" + a.good + ">",
		"Bearer": "Bearer " + a.good, "JWT": "JWT " + a.good, "named": "t=" + a.good, "and a parameter": a.good + ";v=1", "two with a comma": a.good + ", " + a.good,
		"two with a space": a.good + " " + a.good, "two side by side": a.good + a.good, "commas for dots": strings.Join(p, ","), "colons for dots": strings.Join(p, ":"),
		"escaped dots": strings.Join(p, "%2E"), "encoded again": b64.EncodeToString([]byte(a.good)),
		"flattened JSON": `{"protected":"` + p[0] + `","payload":"` + p[1] + `","signature":"` + p[2] + `"}`,
		"general JSON":   `{"payload":"` + p[1] + `","signatures":[{"protected":"` + p[0] + `","signature":"` + p[2] + `"}]}`,
	} {
		a.signed(name, token)
	}
	for _, order := range [][3]int{{0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}, {0, 0, 2}, {1, 1, 2}, {0, 1, 1}, {0, 1, 0}, {2, 2, 2}} {
		a.signed(fmt.Sprintf("parts %v", order), join(p[order[0]], p[order[1]], p[order[2]]))
	}
	for i := range p {
		for _, more := range []string{"=", "==", "===", "A", "AA", "AAAA", " ", "\t", "%3D", "+", "/", "-", "_", "*", "é", "\x00"} {
			changed := [3]string{p[0], p[1], p[2]}
			changed[i] = p[i] + more
			if i < 2 || strings.TrimSpace(more) != "" { // white space at the end is none of it
				a.signed(fmt.Sprintf("%q after part %d", more, i), join(changed[:]...))
			}
			changed[i] = p[i][:len(p[i])/2] + more + p[i][len(p[i])/2:]
			a.signed(fmt.Sprintf("%q in part %d", more, i), join(changed[:]...))
		}
	}
	// The last letter of a signature has four bits that mean nothing: only zeros are good.
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(letters, p[2][len(p[2])-1])
	for bits := 1; bits < 16; bits++ {
		a.signed(fmt.Sprintf("unused bits %04b", bits), a.good[:len(a.good)-1]+string(letters[last|bits]))
	}
}

// tokenJSON are headers and claims that are no objects, or not quite, signed by Plaid.
func (a *attacks) tokenJSON() {
	now := a.clock().Unix()
	odd := func(good string) []string {
		return []string{``, `null`, `1`, `"x"`, `[1]`, `[]`, `{}`, `[` + good + `]`, `"` + b64.EncodeToString([]byte(good)) + `"`, good + `x`, good + good, good + `,`,
			good + "\x00", "\ufeff" + good, good[1:], good[:len(good)-1], strings.ReplaceAll(good, `"`, `'`), strings.Replace(good, `{`, `{,`, 1),
			strings.Replace(good, `}`, `,}`, 1), `/**/` + good, good + ` // all`, strings.ReplaceAll(good, `:`, `=`), strings.Repeat(`[`, 1500), strings.Repeat(`{"a":`, 400),
			"\xff\xfe" + good, `{"a":` + good + `}`, strings.ReplaceAll(good, `"`, ``)}
	}
	for i, header := range odd(usualHeader) {
		a.signed(fmt.Sprintf("header %d: %.40q", i, header), a.seal(plaids, header, usualClaims(now)))
	}
	for i, claims := range odd(usualClaims(now)) {
		a.signed(fmt.Sprintf("claims %d: %.40q", i, claims), a.seal(plaids, usualHeader, claims))
	}
	for _, header := range []string{`{"alg":"none","alg":"ES256","kid":"` + goodID + `"}`, `{"alg":"ES256","alg":"none","kid":"` + goodID + `"}`, usualHeader} {
		a.signed(header+" by somebody", a.seal(strangers, header, usualClaims(now)))
	}
}

// keys are attacks with another key than the good one, each answered by Plaid in a way
// of its own.
func (a *attacks) keys() {
	for name, id := range map[string]string{
		"other kid": nobodysID, "expired key": retiredID, "key with another id": swappedID, "key on no curve": offID,
		"key of another kind": octID, "key that Plaid has on another curve": curveID,
	} {
		a.signed(name, a.genuine(body).with("kid", id))
	}
	for i := range a.list {
		a.list[i].after = 40 * time.Second // a ration for each, and none is old yet
	}
}
