// Package arch holds the tests that keep the shape of the program: the import
// table of ARCHITECTURE.md, and the budgets of CONTRIBUTING.md.
package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	root   = "../.."
	module = "coffer/"

	longestFunction = 60 // lines
	longestFile     = 400
)

// TestImports compares every non-test import with the table in ARCHITECTURE.md.
// A package that is missing from the table fails too: new folders are a design
// decision and belong in the document. So does a row without a package.
func TestImports(t *testing.T) {
	allowed := readTable(t, filepath.Join(root, "ARCHITECTURE.md"))
	seen := make(map[string]bool)
	walk(t, func(pkg, path string, f *ast.File, _ *token.FileSet) {
		seen[pkg] = true
		may, ok := allowed[pkg]
		if !ok {
			t.Errorf("package %s is not in the table of ARCHITECTURE.md", pkg)
			return
		}
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		for _, spec := range f.Imports {
			full, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if dep, ours := strings.CutPrefix(full, module); ours && !slices.Contains(may, dep) {
				t.Errorf("%s imports %s, which the table does not allow", path, dep)
			}
		}
	})
	for _, pkg := range slices.Sorted(maps.Keys(allowed)) {
		if !seen[pkg] {
			t.Errorf("the table names %s, which does not exist", pkg)
		}
	}
}

// TestOnlyTheServiceKnowsPlaid keeps the slow, wide client in one place.
func TestOnlyTheServiceKnowsPlaid(t *testing.T) {
	walk(t, func(pkg, path string, f *ast.File, _ *token.FileSet) {
		for _, spec := range f.Imports {
			if strings.Contains(spec.Path.Value, "plaid-go") && pkg != "plaidsvc" {
				t.Errorf("%s imports plaid-go; only plaidsvc may", path)
			}
		}
	})
}

// TestOnlyTheDemoStartsTheSimulator keeps the demo on the way of a real bank: the
// program knows the simulator in the one file that starts it.
func TestOnlyTheDemoStartsTheSimulator(t *testing.T) {
	walk(t, func(pkg, path string, f *ast.File, _ *token.FileSet) {
		if strings.HasSuffix(path, "_test.go") || pkg == "cmd/plaidsim" || strings.HasPrefix(pkg, "plaidsvc/plaidsim") {
			return
		}
		for _, spec := range f.Imports {
			if strings.Contains(spec.Path.Value, module+"plaidsvc/plaidsim") && filepath.Base(path) != "simulator.go" {
				t.Errorf("%s imports the simulator; only cmd/coffer/simulator.go may, to start it", path)
			}
		}
	})
}

// TestSecurityNamesTestsThatAre keeps the promises of SECURITY.md from outliving
// the tests that hold them.
func TestSecurityNamesTestsThatAre(t *testing.T) {
	tests := make(map[string]bool)
	walk(t, func(_, path string, f *ast.File, _ *token.FileSet) {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && strings.HasSuffix(path, "_test.go") {
				tests[fn.Name.Name] = true
			}
		}
	})
	text, err := os.ReadFile(filepath.Join(root, "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`(Test[A-Za-z]+)`").FindAllStringSubmatch(string(text), -1)
	if len(named) == 0 {
		t.Error("SECURITY.md names no test")
	}
	for _, m := range named {
		if !tests[m[1]] {
			t.Errorf("SECURITY.md names %s, which is not there", m[1])
		}
	}
}

// TestBudgets holds files and functions to a length that can be read at once.
func TestBudgets(t *testing.T) {
	walk(t, func(_, path string, f *ast.File, set *token.FileSet) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		if n := set.Position(f.End()).Line; n > longestFile {
			t.Errorf("%s has %d lines, more than %d", path, n, longestFile)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := set.Position(fn.End()).Line - set.Position(fn.Pos()).Line + 1; n > longestFunction {
				t.Errorf("%s: func %s has %d lines, more than %d", path, fn.Name.Name, n, longestFunction)
			}
		}
	})
}

// TestEveryPackageSaysWhatItIsFor wants one package comment per package.
func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	comments := make(map[string]int)
	walk(t, func(pkg, path string, f *ast.File, _ *token.FileSet) {
		comments[pkg] += 0
		if f.Doc != nil && !strings.HasSuffix(f.Name.Name, "_test") { // that is another package
			comments[pkg]++
		}
	})
	for _, pkg := range slices.Sorted(maps.Keys(comments)) {
		if comments[pkg] != 1 {
			t.Errorf("package %s has %d package comments, want one", pkg, comments[pkg])
		}
	}
}

// TestTimeAndChanceComeInFromOutside keeps the clock, randomness and the root
// context in the hands of the programs.
func TestTimeAndChanceComeInFromOutside(t *testing.T) {
	forbidden := regexp.MustCompile(`\b(time\.Now|time\.Since|context\.Background|context\.TODO|os\.Exit|log\.Fatal)\(`)
	walk(t, func(pkg, path string, _ *ast.File, _ *token.FileSet) {
		if strings.HasSuffix(path, "_test.go") || pkg == "internal/picture" || filepath.Base(path) == "main.go" {
			return
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			code, _, _ := strings.Cut(line, "//")
			if m := forbidden.FindString(code); m != "" {
				t.Errorf("%s:%d calls %s): it must come in from main", path, i+1, m)
			}
		}
	})
}

// walk calls visit for every Go file of the module.
func walk(t *testing.T, visit func(pkg, path string, f *ast.File, set *token.FileSet)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && strings.HasPrefix(d.Name(), ".") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		visit(filepath.ToSlash(rel), path, f, set)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var row = regexp.MustCompile("(?m)^\\| `([a-z0-9/]+)` +\\| (.+?) *\\|")

// readTable reads the rows "| `package` | imports |" of a document.
func readTable(t *testing.T, path string) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	table := make(map[string][]string)
	for _, m := range row.FindAllStringSubmatch(string(text), -1) {
		table[m[1]] = strings.Split(m[2], ", ")
	}
	if len(table) == 0 {
		t.Fatalf("no import table in %s", path)
	}
	return table
}
