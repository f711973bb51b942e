package plaidsvc_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// A person stands for the user's browser: it loads the page at an address, goes
// through Link as the simulator's own page does, and sends the page's result.
type person struct {
	t        *testing.T
	sim      string
	password string
	leave    string // exit with this code instead of signing in
	bank     string // platypus, unless it is said
	takes    int    // how many of the accounts, all unless it is said
	page     string
	said     string // of the bank, as the page has it
}

var attribute = regexp.MustCompile(`data-(token|nonce)="([^"]*)"`)

// browse is a [plaidsvc.Config]'s Browser.
func (p *person) browse(address string) error {
	resp, err := http.Get(address)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	p.page = string(page)
	data := map[string]string{}
	for _, m := range attribute.FindAllStringSubmatch(p.page, -1) {
		data[m[1]] = m[2]
	}
	where, what := "result", `{"code":"`+p.leave+`"}`
	if p.leave != "-" {
		where = "exit"
	} else {
		token, err := p.signIn(data["token"])
		if err != nil {
			return err
		}
		what = `{"public_token":"` + token + `","said":` + p.said + `}`
	}
	req, err := http.NewRequest(http.MethodPost, address+where, strings.NewReader(what))
	if err != nil {
		return err
	}
	req.Header.Set("Origin", strings.TrimSuffix(address, "/"+strings.Split(address, "/")[3]+"/"))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Link-Nonce", data["nonce"])
	req.AddCookie(resp.Cookies()[0])
	reply, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusNoContent {
		return errors.New("the page was refused: " + reply.Status)
	}
	return nil
}

// signIn goes through the panes of the simulator's Link.
func (p *person) signIn(linkToken string) (string, error) {
	session, err := p.start(linkToken)
	if err != nil {
		return "", err
	}
	return p.finish(session)
}

// start opens Link and returns what every step of its session begins with.
func (p *person) start(linkToken string) (map[string]any, error) {
	var started struct {
		ID string `json:"link_session_id"`
	}
	err := p.ask("start", map[string]any{"link_token": linkToken}, &started)
	return map[string]any{"link_token": linkToken, "link_session_id": started.ID}, err
}

// finish signs in to the bank and takes all its accounts.
func (p *person) finish(session map[string]any) (string, error) {
	var signed struct {
		Accounts []struct {
			ID   string `json:"id"`
			Name string `json:"name"`
			Mask string `json:"mask"`
		} `json:"accounts"`
	}
	bank := cmp.Or(p.bank, platypus)
	credentials := map[string]any{"institution_id": bank, "username": "user_good", "password": p.password}
	if err := p.step("credentials", session, credentials, &signed); err != nil {
		return "", err
	}
	ids := []string{}
	for _, a := range signed.Accounts {
		ids = append(ids, a.ID)
	}
	if p.takes > 0 {
		ids = ids[:p.takes]
	}
	said, err := json.Marshal(map[string]any{"institution_id": bank, "name": "A Bank", "accounts": signed.Accounts[:len(ids)]})
	if err != nil {
		return "", err
	}
	p.said = string(said)
	var finished struct {
		PublicToken string `json:"public_token"`
	}
	err = p.step("finish", session, map[string]any{"institution_id": bank, "account_ids": ids}, &finished)
	return finished.PublicToken, err
}

func (p *person) step(name string, session, more map[string]any, answer any) error {
	body := maps.Clone(session)
	maps.Copy(body, more)
	return p.ask(name, body, answer)
}

func (p *person) ask(step string, body map[string]any, answer any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	resp, err := http.Post(p.sim+"/link/session/"+step, "application/json", bytes.NewReader(raw))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		return errors.New(step + ": " + resp.Status + " " + string(text))
	}
	return json.Unmarshal(text, answer)
}
