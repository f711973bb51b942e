// The program inside the iframe: it runs one session after another, as the
// app's page asks.
import { connect } from './channel.js';
import { newQuestion } from './question.js';
import { newSession } from './session.js';
import { newStage } from './stage.js';

const stage = newStage(document);
const question = newQuestion(document, stage.refocus);
let session = null;

const host = connect({
  open(config) {
    session = newSession(config, stage, question, host);
    session.run();
  },
  exit({ force }) {
    session?.leave({ force });
  },
});

stage.onLeave(() => session?.leave({ force: false }));
host.send({ type: 'ready' });
