package plaidsvc_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"coffer/ledger"
	"coffer/plaidsvc/plaidsim"
)

// The shape that keeps a cached balance away from a decision: one function makes
// live balances, from an answer of /accounts/balance/get; one says yes, and takes
// no other balance.
func TestOnlyALiveBalanceDecides(t *testing.T) {
	makers, deciders := []string{}, []string{}
	var signature string
	eachFunction(t, func(fn *ast.FuncDecl) {
		ast.Inspect(fn, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				if name(n.Type) == "liveBalance" && len(n.Elts) > 0 {
					makers = append(makers, fn.Name.Name)
				}
				if name(n.Type) == "Verdict" && mentions(n, "OK") {
					deciders = append(deciders, fn.Name.Name)
				}
			case *ast.AssignStmt:
				for _, left := range n.Lhs {
					if field, ok := left.(*ast.SelectorExpr); ok && field.Sel.Name == "OK" {
						deciders = append(deciders, fn.Name.Name)
					}
					if field, ok := left.(*ast.SelectorExpr); ok && name(field.X) == "live" {
						makers = append(makers, fn.Name.Name)
					}
				}
			}
			return true
		})
		if fn.Name.Name == "decide" || fn.Name.Name == "lacks" {
			for _, p := range fn.Type.Params.List {
				signature += " " + name(p.Type)
			}
		}
	})
	if !slices.Equal(makers, []string{"live"}) {
		t.Errorf("live balances are made in %v, want in client.live alone", makers)
	}
	if !slices.Equal(deciders, []string{"decide"}) {
		t.Errorf("a verdict is made good in %v, want in decide alone", deciders)
	}
	if want := " Amount liveBalance Scores []Objection Amount liveBalance"; signature != want {
		t.Errorf("decide and lacks take%s, want%s", signature, want)
	}
}

// eachFunction visits the functions of this package.
func eachFunction(t *testing.T, visit func(*ast.FuncDecl)) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				visit(fn)
			}
		}
	}
}

// name is what a type or variable is called, without its package.
func name(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.ArrayType:
		return "[]" + name(e.Elt)
	}
	return ""
}

func mentions(n ast.Node, field string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == field {
			found = true
		}
		return true
	})
	return found
}

// Capital One tells no card's balance in real time: it is shown with its own
// time, and is not called live. Its other accounts are, and other banks are not
// told how old a balance may be.
func TestBalancesOfCapitalOne(t *testing.T) {
	s := simulate(t, plaidsim.Options{Settled: true})
	item := s.link(t, "ins_128026")
	s.clock.advance(5 * time.Hour)
	results, err := s.Balances(t.Context(), []ledger.ItemID{item.ID}, nil)
	if err != nil || results[0].Err != nil {
		t.Fatalf("Balances: %v, %v", err, results[0].Err)
	}
	kinds := map[bool]int{}
	for _, a := range s.vault.accounts {
		kinds[a.Balance.Live]++
		if a.Balance.Live != (a.Type == ledger.Depository) || a.Balance.Live != a.Balance.AsOf.Equal(s.clock.Now()) {
			t.Errorf("%s, a %s account: live %v as of %v", a.Label(), a.Type, a.Balance.Live, a.Balance.AsOf)
		}
	}
	if kinds[true] == 0 || kinds[false] == 0 {
		t.Errorf("of each kind: %v, want both", kinds)
	}
}

func TestHowOldABalanceMayBeIsForOneBank(t *testing.T) {
	w, s := scripted(t)
	s.on("/accounts/balance/get", answer(200, `{"accounts":[]}`))
	for institution, want := range map[ledger.InstitutionID]string{
		"ins_128026": "map[min_last_updated_datetime:2016-03-15T10:00:00Z]", "ins_1": "map[]",
	} {
		item := w.vault.items["item-1"]
		item.Institution = institution
		w.vault.items["item-1"] = item
		if _, err := w.Balances(t.Context(), nil, nil); err != nil {
			t.Fatal(err)
		}
		calls := s.to("/accounts/balance/get")
		if got := fmt.Sprint(calls[len(calls)-1].body["options"]); got != want {
			t.Errorf("%s is asked with options %s, want %s", institution, got, want)
		}
	}
	s.on("/accounts/balance/get", plaidError(400, "INVALID_RESULT", "LAST_UPDATED_DATETIME_OUT_OF_RANGE"))
	results, _ := w.Balances(t.Context(), nil, nil)
	if got := fmt.Sprint(results[0].Err); !strings.Contains(got, "not told a balance lately") {
		t.Errorf("too old: %s", got)
	}
}
