package tomorrow

// Webhook is a webhook's JSON as it will be: all that it says today, and more.
func (m Mode) Webhook(body []byte) []byte {
	w := parse(body)
	if w == nil {
		return body
	}
	d := dice(m.Seed).roll(identity(w))
	d.roll("extra").extend(w)
	if problem, ok := w["error"].(map[string]any); ok {
		d.roll("error").extend(problem)
	}
	for key, v := range w {
		if text, ok := v.(string); ok {
			w[key] = m.rewritten(d.roll(key), text)
		}
	}
	return written(w, "  ", body)
}

// Beside is the type and code of a webhook that nobody knows today and that
// comes beside one of today's; ok is false where none does. It has no fields
// but those that all webhooks have.
func (m Mode) Beside(body []byte) (kind, code string, ok bool) {
	w := parse(body)
	kind, ok = w["webhook_type"].(string)
	d := dice(m.Seed).roll(string(body))
	switch {
	case !ok || !d.roll("beside").one(2):
		return "", "", false
	case d.roll("type").one(2):
		return "AGENTS", "AGENT_ACTED", true
	default:
		return kind, "FORECAST_AVAILABLE", true
	}
}
