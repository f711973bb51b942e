package plaidsim

// HomeBanks lists the ids of the institutions where the household banks, in a
// fixed order: user_good signs in there to a household's real life, and elsewhere
// to a small one made up on the spot.
func (s *Server) HomeBanks() []string {
	home, ok := s.banks.(interface{ Banks() []string })
	if !ok {
		return nil
	}
	return home.Banks()
}
