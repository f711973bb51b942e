package plaidsim

import "strings"

// Endpoints lists the paths of Plaid's API that the simulator serves.
func (s *Server) Endpoints() []string {
	var paths []string
	for _, r := range s.routes() {
		if !strings.HasPrefix(r.path, "/link/session/") {
			paths = append(paths, r.path)
		}
	}
	return paths
}
