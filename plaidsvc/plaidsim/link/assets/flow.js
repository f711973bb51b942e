// The order of the panes, from the first to the public token.
import { accounts } from './panes/accounts.js';
import { credentials } from './panes/credentials.js';
import { institutions } from './panes/institutions.js';
import { intro } from './panes/intro.js';
import { loading } from './panes/loading.js';
import { mfa } from './panes/mfa.js';
import { notice, troubleOf } from './panes/notice.js';
import { oauth } from './panes/oauth.js';
import { success } from './panes/success.js';
import { visitBank } from './bank-window.js';

// flow leads the person through one session and returns what the backend gave
// for it: {public_token, metadata}, which after several banks is nothing. It throws the Refusal that nothing in the
// session can mend. It may also never return, when the person leaves.
//
// A session that is embedded begins with the list of banks, as a part of the
// app's page, and tells afterwards who asks; any other does it the other way
// round.
export async function flow(session, embedded) {
  const { show } = session;
  show(loading());
  const start = await session.begin();
  const app = appName(start.client_name);
  const visit = { ...session, start, app };
  const introduce = () => show(intro(app, start));

  if (!embedded) await introduce();
  for (let introduced = !embedded; ; introduced = true) {
    const institution = visit.start.institution ?? await pick(visit);
    session.choose(institution);
    session.unfold();
    if (!introduced) await introduce();
    const linked = await (institution.oauth ? atBank : here)(visit, institution);
    if (!linked) continue; // the way back to the list
    if (await show(success(app, linked.metadata, start))) {
      visit.start = { ...start, institution: null }; // the next bank is the person's choice
    } else {
      return start.multi_item ? session.attempt(session.backend.handoff) : linked;
    }
  }
}

// pick lets the person choose a bank that may do.
async function pick({ backend, attempt, choose, record, show, app }) {
  const search = (query) => attempt(() => {
    if (query) record('SEARCH_INSTITUTION', { institution_search_query: query });
    return backend.institutions(query);
  });
  for (;;) {
    choose(null);
    const institution = await show(institutions(search));
    choose(institution);
    record('SELECT_INSTITUTION');
    const trouble = troubleOf(institution);
    if (!trouble) return institution;
    record(trouble.event);
    if (await show(notice(institution, app, trouble))) return institution;
  }
}

// here connects a bank whose sign-in is Link's own. It returns null when the
// person wants another one.
async function here(visit, institution) {
  const { show, app } = visit;
  const signedIn = await signIn(visit, institution);
  if (!signedIn) return null;
  const finish = finisher(visit, institution);
  // An update without a selection leaves the accounts as they are.
  return signedIn.skip_accounts ? finish([]) : show(accounts(institution, app, signedIn.accounts, finish));
}

// signIn is the password and whatever the bank asks beside it.
async function signIn({ backend, attempt, record, show, start }, institution) {
  const id = institution.institution_id;
  const enter = (username, password) => attempt(() => {
    record('SUBMIT_CREDENTIALS');
    return backend.credentials(id, username, password);
  });
  const reply = (type) => (answers) => attempt(() => {
    record('SUBMIT_MFA', { mfa_type: type });
    return backend.mfa(id, answers);
  });
  for (;;) {
    let next = await show(credentials(institution, enter, { back: !start.institution }));
    if (!next) return null;
    while (next?.mfa) next = await show(mfa(institution, next.mfa, reply(next.mfa.type)));
    if (next) return next; // otherwise the way back to the password
  }
}

// atBank connects a bank that has a sign-in of its own, in a window of its own,
// where the accounts are chosen too.
async function atBank(visit, institution) {
  const { show, app, start, signal } = visit;
  const finish = finisher(visit, institution);
  const left = new AbortController(); // the pane, and so the window
  const until = AbortSignal.any([signal, left.signal]);
  let agreed = null; // what the way back cannot undo any more
  const go = (opened) => visitBank(visit, institution, { opened, signal: until }).then((ids) => {
    agreed = finish(ids).finally(() => { agreed = null; });
    return agreed;
  });
  const linked = await show(oauth(institution, app, go, { back: !start.institution }));
  left.abort();
  return linked ?? agreed;
}

function finisher({ backend, attempt }, institution) {
  return (ids) => attempt(() => backend.finish(institution.institution_id, ids));
}

// appName is the name the person knows the app by. Plaid shows no more than 30
// characters of an app's own choosing.
function appName(name) {
  return name && name.length <= 30 ? name : 'This Application';
}
