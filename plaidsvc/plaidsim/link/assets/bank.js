// The program in a bank's own window. It plays the bank's site for the Link
// page that opened it, which asks the backend and goes on from what the person
// decides here.
import { element } from './element.js';
import { paint } from './paint.js';
import { consent } from './panes/consent.js';
import { credentials } from './panes/credentials.js';
import { loading } from './panes/loading.js';
import { stranded } from './panes/stranded.js';
import { Refusal } from './refusal.js';
import { newStage } from './stage.js';

const stage = newStage(document);
const link = window.opener;

// tell says something to Link, and to nobody else should it have gone away.
const tell = (message) => link.postMessage(message, window.location.origin);

// heard waits for the next thing that Link says.
function heard() {
  return new Promise((resolve) => {
    window.addEventListener('message', function receive(event) {
      if (event.source !== link || event.origin !== window.location.origin) return;
      window.removeEventListener('message', receive);
      resolve(event.data);
    });
  });
}

async function ask(message) {
  const reply = heard();
  tell(message);
  return reply;
}

async function visit() {
  stage.show(loading('The bank’s site is loading.'));
  const { institution, app } = await ask({ type: 'ready' });
  document.title = institution.name;
  document.getElementById('bank').textContent = institution.name;
  paint(document.getElementById('head'), institution.color);

  async function signIn(username, password) {
    const reply = await ask({ type: 'sign-in', username, password });
    if (reply.type === 'refused') throw new Refusal({ error_code: null, display_message: reply.message });
    return reply;
  }
  const hint = ['This stands for the bank’s own site. Any user name and password will do; ',
    element('strong', {}, 'never enter real ones'), '.'];
  const signedIn = await stage.show(credentials(institution, signIn, { back: false, hint }));
  const ids = await stage.show(consent(app, signedIn));
  tell(ids ? { type: 'agreed', ids } : { type: 'declined' });
}

if (link) {
  stage.onLeave(() => tell({ type: 'declined' }));
  visit();
} else {
  stage.show(stranded());
}
