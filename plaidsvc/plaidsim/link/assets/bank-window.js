// The window in which a bank with OAuth signs people in: bank.html, which plays
// the bank's own site. It asks us for everything, since the link token and the
// backend are ours, and we take messages from it alone.
import { Incomplete } from './form.js';
import { Refusal } from './refusal.js';

const site = new URL('bank.html', import.meta.url); // a hosted page has its address elsewhere
const look = 'popup,width=480,height=720';
const glance = 200; // milliseconds between looks whether the window is still there

// visitBank opens the bank's window and returns the ids of the accounts that
// the person shares there. It throws an Incomplete when they do not, for
// whatever reason. It must be called straight from the person's own click or
// key, or else the browser opens no window. opened is told the window, which
// closes when signal says so.
export function visitBank(visit, institution, { opened, signal }) {
  const { app, attempt, backend, record } = visit;
  const popup = window.open(site, '_blank', look);
  if (!popup) {
    throw new Incomplete(`Your browser kept ${institution.name}'s window from opening. Allow pop-ups here, then try again.`);
  }
  record('OPEN_OAUTH');
  opened(popup);
  const send = (message) => popup.postMessage(message, window.location.origin);

  async function signIn({ username, password }) {
    const outcome = await attempt(() => backend.credentials(institution.institution_id, username, password))
      .then((answer) => ({ answer }), (error) => ({ error }));
    if (outcome.answer) return send({ type: 'signed-in', ...outcome.answer });
    if (!(outcome.error instanceof Refusal) || outcome.error.fatal) throw outcome.error;
    send({ type: 'refused', message: outcome.error.message });
  }

  return new Promise((resolve, reject) => {
    const over = watch(popup, signal, receive, () => giveUp('CLOSE_OAUTH',
      `The window of ${institution.name} was closed before you were done.`));
    function settle(how, outcome) {
      over();
      how(outcome);
    }
    function giveUp(event, words) {
      record(event);
      settle(reject, new Incomplete(words));
    }
    function receive(event) {
      if (event.source !== popup || event.origin !== window.location.origin) return;
      switch (event.data?.type) {
        case 'ready': return send({ type: 'visit', institution, app });
        case 'sign-in': return signIn(event.data).catch((error) => settle(reject, error));
        case 'agreed': return settle(resolve, event.data.ids);
        case 'declined': return giveUp('FAIL_OAUTH', `${institution.name} shares nothing, because you did not agree.`);
      }
    }
  });
}

// watch listens to the window until the returned function is called, which
// closes it. So do signal and the end of this page.
function watch(popup, signal, receive, closed) {
  window.addEventListener('message', receive);
  const timer = setInterval(() => popup.closed && closed(), glance);
  function over() {
    clearInterval(timer);
    window.removeEventListener('message', receive);
    window.removeEventListener('pagehide', over);
    popup.close();
  }
  window.addEventListener('pagehide', over);
  signal.addEventListener('abort', over, { once: true });
  return over;
}
