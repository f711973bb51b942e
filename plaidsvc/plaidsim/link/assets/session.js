// A session is one opening of Link: from the page's open() to onSuccess or
// onExit. It keeps what is known so far, and it ends once.
import { newBackend } from './backend.js';
import { errorDetails, newEvent } from './events.js';
import { flow } from './flow.js';
import { problem } from './panes/problem.js';
import { mistake, Refusal } from './refusal.js';
import { newReport } from './report.js';

// newSession makes a session that shows its panes on stage, asks its question
// whether to leave, and reports to host. One that is embedded is a part of the
// app's page until the person has begun.
export function newSession({ token, embedded = false }, stage, question, host) {
  const over = new AbortController();
  const facts = {
    ids: { session: null, request: null },
    started: false, // the backend knows this session
    updateMode: null,
    institution: null,
    error: null, // the last refusal, until something succeeds after it
  };
  const events = [];
  let folded = embedded;
  stage.embed(folded);
  const backend = newBackend(token, facts.ids, over.signal);

  const report = newReport((batch) => backend.events(batch));

  function record(name, details) {
    const event = newEvent(name, facts, details);
    events.push(event);
    return facts.started ? report(event) : null;
  }

  // opened reports OPEN, the one event that Plaid delivers live. It has to wait
  // for the session's name; a session that the backend refused names itself.
  function opened(start) {
    if (facts.ids.session) return;
    facts.started = start !== null;
    facts.ids.session = start?.link_session_id ?? randomName();
    facts.updateMode = start?.update_mode ?? null;
    const event = newEvent('OPEN', facts);
    host.send({ type: 'event', ...event });
    if (facts.started) report(event);
  }

  // begin asks the backend for a session.
  const begin = () => attempt(async () => {
    try {
      const start = await backend.start();
      opened(start);
      return start;
    } catch (refusal) {
      opened(null);
      throw refusal;
    }
  });

  // attempt runs one request, and remembers its refusal in case the person
  // leaves because of it. Once the session is over it never returns: whatever
  // waited for the answer is of no interest any more.
  async function attempt(step) {
    const outcome = await step().then((answer) => ({ answer }), (error) => ({ error }));
    if (over.signal.aborted) return new Promise(() => {});
    facts.error = outcome.error?.error ?? null;
    if (!outcome.error) return outcome.answer;
    record('ERROR', errorDetails(facts.error));
    throw outcome.error;
  }

  // choose sets the bank that everything from here on is about; null unsets it.
  function choose(institution) {
    facts.institution = institution && { name: institution.name, institution_id: institution.institution_id };
    facts.error = null;
  }

  function show(pane) {
    if (pane.view) record('TRANSITION_VIEW', { view_name: pane.view, ...pane.details });
    return stage.show(pane);
  }

  // unfold lays an embedded session over the app's page.
  function unfold() {
    if (!folded) return;
    folded = false;
    stage.embed(false);
    host.send({ type: 'unfold' });
  }

  async function run() {
    try {
      const session = { backend, begin, attempt, choose, record, show, unfold, signal: over.signal };
      await succeed(await flow(session, embedded));
    } catch (error) {
      if (!(error instanceof Refusal)) reportError(error);
      const refusal = error instanceof Refusal ? error : mistake(error);
      facts.error = refusal.error;
      await show(problem(refusal, facts.ids.request, stage.pane()?.exitStatus));
      exit();
    }
  }

  // close ends the session for everyone but the page: requests stop, and
  // answers that are still on their way find nobody.
  function close() {
    over.abort();
    question.withdraw();
    stage.clear();
  }

  // succeed tells the backend before the page, as exit does.
  async function succeed({ public_token, metadata }) {
    close();
    await record('HANDOFF');
    host.send({ type: 'end', events, success: { public_token, metadata: successMetadata(metadata) } });
  }

  // exit tells the backend before the page, so that an app which asks about
  // its link token in onExit finds this session ended.
  async function exit() {
    if (over.signal.aborted) return;
    const status = stage.pane()?.exitStatus ?? null;
    const { error, institution, ids } = facts;
    close();
    opened(null); // an impatient page may end a session before it began
    if (facts.started) await backend.exit(status, error, institution).catch(() => {});
    await record('EXIT', { exit_status: status, ...errorDetails(error) });
    const metadata = { institution, status, link_session_id: ids.session, request_id: ids.request };
    host.send({ type: 'end', events, exit: { error, metadata } });
  }

  // leave is what the person's X and Escape and the page's exit() come to. A
  // final pane has only one way on, and leaving it takes that way. Nobody can
  // leave what is a part of the page.
  async function leave({ force }) {
    if (over.signal.aborted || folded) return;
    if (stage.pane()?.final) return stage.answer();
    if (force) return exit();
    record('TRANSITION_VIEW', { view_name: 'EXIT' });
    if (await question.ask()) exit();
  }

  return { run, leave };
}

// successMetadata is what the backend said of the finished session, with every
// key that Plaid promises.
function successMetadata({ institution, accounts, link_session_id }) {
  return {
    institution: institution ?? null,
    accounts: accounts.map((account) => ({
      id: account.id,
      name: account.name,
      mask: account.mask ?? null,
      type: account.type,
      subtype: account.subtype,
      verification_status: account.verification_status ?? null,
      class_type: account.class_type ?? null,
    })),
    link_session_id,
  };
}

function randomName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
