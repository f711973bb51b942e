// The program of the page: it runs one session after another, as the app's page
// asks, or the one of a hosted page.
import { connect } from './channel.js';
import { hostedID, openHosted } from './hosted.js';
import { newQuestion } from './question.js';
import { newSession } from './session.js';
import { newStage } from './stage.js';

const stage = newStage(document);
const question = newQuestion(document, stage.refocus);
const hosted = hostedID(window.location);
const leave = hosted === null ? embed() : openHosted(hosted, stage, question);
stage.onLeave(() => leave({ force: false }));

// embed serves the app's page that this document is an iframe of. It returns how
// to leave.
function embed() {
  let session = null;
  const host = connect({
    open(config) {
      session = newSession(config, stage, question, host);
      session.run();
    },
    exit({ force }) {
      session?.leave({ force });
    },
    shown: stage.refocus, // laying us over the page may take the focus away
  });
  host.send({ type: 'ready' });
  return (how) => session?.leave(how);
}
