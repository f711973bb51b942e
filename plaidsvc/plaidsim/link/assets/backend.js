// The simulator's JSON backend, on this document's own origin.
import { Refusal, silence } from './refusal.js';

// How long the backend may take to hear that the person left. Whoever wants to
// leave is not kept.
const farewell = 2000; // milliseconds

// newBackend speaks for one link token. Requests end when signal does. ids is
// read and kept up to date: the session's name and the latest request id belong
// to everything that is reported about the session.
export function newBackend(token, ids, signal) {
  async function post(verb, body, until = signal) {
    const answer = await request(`/link/session/${verb}`, { link_token: token, ...body }, until);
    ids.request = answer.body.request_id ?? ids.request;
    return accepted(answer);
  }
  const inSession = (verb, body, until) => post(verb, { link_session_id: ids.session, ...body }, until);

  return {
    start: () => post('start', {}),
    institutions: (query) => inSession('institutions', { query }),
    credentials: (institution_id, username, password) =>
      inSession('credentials', { institution_id, username, password }),
    mfa: (institution_id, answers) => inSession('mfa', { institution_id, answers }),
    finish: (institution_id, account_ids) => inSession('finish', { institution_id, account_ids }),
    handoff: () => inSession('handoff', {}),
    exit: (status, error, institution) => inSession('exit',
      { status, error, institution_id: institution?.institution_id ?? null }, AbortSignal.timeout(farewell)),
    // events are no request of the person's: their id is nobody's business.
    events: (events) => request('/link/session/events', { link_token: token, link_session_id: ids.session, events },
      AbortSignal.timeout(farewell)),
  };
}

// hostedLink asks what a hosted page is for: {link_token, completion_redirect_uri}.
export async function hostedLink(hosted_link_id) {
  return accepted(await request('/link/session/hosted', { hosted_link_id }));
}

function accepted({ ok, status, body }) {
  if (ok) return body;
  throw body.error_code ? new Refusal(body) : silence(`status ${status}`);
}

async function request(path, body, signal) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
      redirect: 'error',
      signal,
    });
    return { ok: response.ok, status: response.status, body: await response.json() };
  } catch (reason) {
    throw silence(reason.message);
  }
}
