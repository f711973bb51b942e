package strict_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"

	"coffer/plaidsvc/plaidsim/strict"
)

type keys struct {
	ID string `json:"id"`
}

type word string

func (w *word) UnmarshalText(text []byte) error {
	if string(text) != "please" {
		return errors.New("want please")
	}
	*w = word(text)
	return nil
}

// request has a field of every kind.
type request struct {
	keys
	Token   string          `json:"token" plaid:"required"`
	Count   int             `json:"count" plaid:"min=1,max=500"`
	Offset  *int            `json:"offset" plaid:"min=0"`
	Day     strict.Date     `json:"day"`
	Moment  strict.Datetime `json:"moment"`
	Amount  strict.Number   `json:"amount"`
	Flag    bool            `json:"flag"`
	Word    word            `json:"word"`
	User    strict.Object   `json:"user"`
	Names   []string        `json:"names"`
	Options struct {
		Deep int `json:"deep" plaid:"required"`
	} `json:"options"`
}

func TestWhatIsAllowedIsRead(t *testing.T) {
	var got request
	if flaw := strict.Read([]byte(`{"id":"i","token":"t","count":500,"offset":0,"day":"2026-03-01","moment":"2026-03-01T10:00:00+01:00",
		"amount":1.10,"flag":true,"word":"please","user":{"x":[1]},"names":["a","b"],"options":{"deep":7}}`), &got); flaw != nil {
		t.Fatalf("%+v", flaw)
	}
	if got.ID != "i" || got.Token != "t" || got.Count != 500 || got.Offset == nil || *got.Offset != 0 || got.Day != "2026-03-01" ||
		got.Moment != "2026-03-01T10:00:00+01:00" || got.Amount != "1.10" || !got.Flag || got.Word != "please" ||
		string(got.User["x"]) != "[1]" || !slices.Equal(got.Names, []string{"a", "b"}) || got.Options.Deep != 7 {
		t.Errorf("%+v", got)
	}
	got = request{}
	if flaw := strict.Read([]byte(`{"token":"t","count":null,"offset":null,"user":null,"options":null}`), &got); flaw != nil ||
		!reflect.DeepEqual(got, request{Token: "t"}) {
		t.Errorf("null is not absent: %+v, %+v", got, flaw)
	}
}

func TestWhatIsNotAllowedIsNamed(t *testing.T) {
	for body, want := range map[string]strict.Flaw{
		``:                                {},
		`[]`:                              {},
		`null`:                            {},
		`{"token":"t"} {}`:                {},
		`{}`:                              {Missing: []string{"token"}},
		`{"token":null}`:                  {Missing: []string{"token"}},
		`{"token":""}`:                    {Wrong: "token must be a non-empty string"},
		`{"token":7}`:                     {Wrong: "token must be a string"},
		`{"token":"t","Count":1,"b":1}`:   {Unknown: []string{"Count", "b"}},
		`{"token":"t","options":{"x":1}}`: {Unknown: []string{"options.x"}, Missing: []string{"options.deep"}},
		`{"token":"t","options":[]}`:      {Wrong: "options must be an object"},
		`{"token":"t","count":0}`:         {Wrong: "count must be greater than or equal to 1"},
		`{"token":"t","count":501}`:       {Wrong: "count must be less than or equal to 500"},
		`{"token":"t","count":1.5}`:       {Wrong: "count must be an integer"},
		`{"token":"t","count":1e400}`:     {Wrong: "count must be an integer"},
		`{"token":"t","offset":-1}`:       {Wrong: "offset must be greater than or equal to 0"},
		`{"token":"t","day":"soon"}`:      {Wrong: "day must be a date in the format YYYY-MM-DD"},
		`{"token":"t","moment":"noon"}`:   {Wrong: "moment must be a date and time in the format YYYY-MM-DDTHH:mm:ssZ"},
		`{"token":"t","amount":"1"}`:      {Wrong: "amount must be a number"},
		`{"token":"t","flag":"yes"}`:      {Wrong: "flag must be a boolean"},
		`{"token":"t","word":"now"}`:      {Wrong: `word: got "now": want please`},
		`{"token":"t","word":1}`:          {Wrong: "word must be a string"},
		`{"token":"t","user":"x"}`:        {Wrong: "user must be an object"},
		`{"token":"t","names":"a"}`:       {Wrong: "names must be an array"},
		`{"token":"t","names":["a",7]}`:   {Wrong: "names[1] must be a string"},
		`{"token":"t","names":["a",""]}`:  {Wrong: "names[1] must be a non-empty string"},
	} {
		flaw := strict.Read([]byte(body), new(request))
		if flaw == nil || !reflect.DeepEqual(*flaw, want) {
			t.Errorf("%s: got %+v, want %+v", body, flaw, want)
		}
	}
}

// Whatever comes, it is read or refused, and what is read keeps to the rules.
func FuzzRead(f *testing.F) {
	for _, body := range []string{`{"token":"t","count":3,"options":{"deep":1}}`, `{"names":[null],"user":{}}`, `[`, `{"a":{"b":[[[]]]}}`} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var r request
		if strict.Read(body, &r) != nil {
			return
		}
		var given map[string]json.RawMessage
		if err := json.Unmarshal(body, &given); err != nil {
			t.Fatalf("%q was read: %v", body, err)
		}
		if r.Token == "" || r.Count < 0 || r.Count > 500 || r.Offset != nil && *r.Offset < 0 || r.Word != "" && r.Word != "please" ||
			slices.Contains(r.Names, "") {
			t.Errorf("%q was read as %+v", body, r)
		}
		for name := range given {
			if _, known := reflect.TypeFor[request]().FieldByNameFunc(func(field string) bool {
				f, _ := reflect.TypeFor[request]().FieldByName(field)
				return f.Tag.Get("json") == name
			}); !known {
				t.Errorf("%q was read, in spite of %q", body, name)
			}
		}
	})
}
