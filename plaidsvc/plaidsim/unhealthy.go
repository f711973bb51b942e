package plaidsim

// Plaid has banks in its Sandbox that are not well, to see what Link and an app
// make of them (https://plaid.com/docs/sandbox/institutions/). A third one,
// ins_133402, is not supported: it has no product that can be asked for.
const (
	unhealthyDegraded = "ins_132363"
	unhealthyDown     = "ins_132361"
)

// degradedEvery is which of the calls to the degraded bank get no answer: every
// third one. Plaid says only that some do.
const degradedEvery = 3

// health is what Link knows of a bank before anybody signs in, in Plaid's words.
func health(institutionID string) string {
	switch institutionID {
	case unhealthyDown:
		return "DOWN"
	case unhealthyDegraded:
		return "DEGRADED"
	}
	return "HEALTHY"
}

// reach asks whether a bank answers just now. It counts: the same calls in the
// same order have the same fate.
func (s *Server) reach(institutionID string) *plaidError {
	if code := s.down[institutionID]; code != "" {
		return fail(code)
	}
	switch institutionID {
	case unhealthyDown:
		return fail("INSTITUTION_DOWN")
	case unhealthyDegraded:
		s.reached++
		if s.reached%degradedEvery == 0 {
			return fail("INSTITUTION_NOT_RESPONDING")
		}
	}
	return nil
}
