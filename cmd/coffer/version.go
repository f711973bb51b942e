package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

type versionDocument struct {
	Version  string  `json:"version"`
	Revision *string `json:"revision"`
	Go       string  `json:"go"`
	Platform string  `json:"platform"`
}

func newVersionCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "print the version",
		Example: "  coffer version --json",
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return a.runVersion() },
	}
}

func (a *app) runVersion() error {
	doc := versionDocument{Version: "devel", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		if v := info.Main.Version; v != "" && v != "(devel)" {
			doc.Version = v
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				doc.Revision = &s.Value
			}
		}
	}
	if a.flags.json {
		return a.printJSON(doc)
	}
	_, err := fmt.Fprintf(a.out, "coffer %s (%s, %s)\n", doc.Version, doc.Go, doc.Platform)
	return err
}
