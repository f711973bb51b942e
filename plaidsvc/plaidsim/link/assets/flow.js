// The order of the panes, from the first to the public token.
import { accounts } from './panes/accounts.js';
import { credentials } from './panes/credentials.js';
import { institutions } from './panes/institutions.js';
import { intro } from './panes/intro.js';
import { loading } from './panes/loading.js';
import { success } from './panes/success.js';

// flow leads the person through one session and returns what the backend gave
// for it: {public_token, metadata}. It throws the Refusal that nothing in the
// session can mend. It may also never return, when the person leaves.
export async function flow(session) {
  const { backend, attempt, choose, record, show } = session;
  show(loading());
  const start = await session.begin();
  const app = appName(start.client_name);
  await show(intro(app, start.products));

  const search = (query) => attempt(() => {
    if (query) record('SEARCH_INSTITUTION', { institution_search_query: query });
    return backend.institutions(query);
  });
  const signIn = (institution) => (username, password) => attempt(() => {
    record('SUBMIT_CREDENTIALS');
    return backend.credentials(institution.institution_id, username, password);
  });
  const finish = (institution) => (ids) => attempt(() => backend.finish(institution.institution_id, ids));

  for (;;) {
    const institution = start.institution ?? await show(institutions(search));
    choose(institution);
    record('SELECT_INSTITUTION');
    const signedIn = await show(credentials(institution, signIn(institution), { back: !start.institution }));
    if (!signedIn) { // the way back to the list
      choose(null);
      continue;
    }
    // An update without a selection leaves the accounts as they are.
    const linked = signedIn.skip_accounts
      ? await finish(institution)([])
      : await show(accounts(institution, app, signedIn.accounts, finish(institution)));
    await show(success(app, linked.metadata));
    return linked;
  }
}

// appName is the name the person knows the app by. Plaid shows no more than 30
// characters of an app's own choosing.
function appName(name) {
  return name && name.length <= 30 ? name : 'This Application';
}
