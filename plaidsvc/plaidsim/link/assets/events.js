// The events of a session, in the shape that onEvent gets them.

// Every event has every key; null means that the key says nothing about it.
const keys = [
  'account_number_mask', 'brand_name', 'error_code', 'error_message', 'error_type',
  'exit_status', 'institution_id', 'institution_name', 'institution_search_query',
  'is_update_mode', 'link_session_id', 'match_reason', 'mfa_type', 'request_id',
  'routing_number', 'selection', 'timestamp', 'view_name',
];
const nothing = Object.fromEntries(keys.map((key) => [key, null]));

// newEvent is an event that happens now in the session that facts describe.
export function newEvent(name, facts, details) {
  return {
    name,
    metadata: {
      ...nothing,
      institution_id: facts.institution?.institution_id ?? null,
      institution_name: facts.institution?.name ?? null,
      is_update_mode: facts.updateMode,
      link_session_id: facts.ids.session,
      request_id: facts.ids.request,
      timestamp: new Date().toISOString(),
      ...details,
    },
  };
}

// errorDetails are the keys by which an event tells of an error, if there is one.
export function errorDetails(error) {
  if (!error) return {};
  const { error_type, error_code, error_message } = error;
  return { error_type, error_code, error_message };
}
