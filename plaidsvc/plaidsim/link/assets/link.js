// The program inside the iframe: it runs one session after another, as the
// app's page asks.
import { connect } from './channel.js';
import { newSession } from './session.js';
import { newStage } from './stage.js';

const stage = newStage(document);
let session = null;

const host = connect({
  open({ token }) {
    session = newSession(token, stage, host);
    session.run();
  },
  exit({ force }) {
    session?.leave({ force });
  },
});

stage.onLeave(() => session?.leave({ force: false }));
host.send({ type: 'ready' });
