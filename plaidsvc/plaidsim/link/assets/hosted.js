// Hosted Link: the session has this window to itself, and no app's page is
// there to talk to. What came of it the app asks the backend.
import { hostedLink } from './backend.js';
import { goodbye } from './panes/goodbye.js';
import { problem } from './panes/problem.js';
import { mistake, Refusal } from './refusal.js';
import { newSession } from './session.js';

// hostedID is what names this page in its address, null where the page is an
// iframe of an app's.
export function hostedID({ pathname }) {
  const [, id] = pathname.split('/link/hosted/');
  return id ?? null;
}

// openHosted runs the session of a hosted page on stage, and then sends the
// person to where the app wants them. It returns how to leave.
export function openHosted(id, stage, question) {
  let session = null;

  async function run() {
    const { link_token, completion_redirect_uri: destination } = await hostedLink(id);
    session = newSession({ token: link_token }, stage, question, {
      send: ({ type }) => { if (type === 'end') part(destination); },
    });
    session.run();
  }

  // part is the last thing here. The way on may lead to an app that is not on
  // this machine; then the page stays, and says so.
  function part(destination) {
    document.getElementById('exit').hidden = true;
    stage.show(goodbye(destination));
    if (destination) window.location.replace(destination);
  }

  document.body.classList.add('hosted');
  run().catch(async (error) => {
    if (!(error instanceof Refusal)) reportError(error);
    await stage.show(problem(error instanceof Refusal ? error : mistake(error), null));
    part(null);
  });
  return (how) => session ? session.leave(how) : stage.answer();
}
