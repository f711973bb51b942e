// link-initialize.js gives an app's page the global Plaid, with the contract of
// Plaid's web SDK. It runs in the app's page, under the app's
// Content-Security-Policy: it evaluates no text, and sets styles through the
// CSSOM only, because a policy without 'unsafe-inline' allows that and nothing
// else.
//
// What the person sees is link.html, in an iframe of this script's own origin.
// The page and the iframe share no objects. They exchange messages, and accept
// them only from each other's window and exact origin.
(() => {
  'use strict';

  const script = document.currentScript;
  if (!script) {
    throw new Error('link-initialize.js finds its server by its own <script src> tag: load it with one, not as a module');
  }
  const home = new URL('link.html', script.src);
  let frames = 0;

  // check refuses what Plaid refuses, with Plaid's words where they are known.
  function check(config) {
    if (!config || typeof config.token !== 'string' || config.token === '') {
      throw new Error('Missing Link parameter. Link requires a key or token to be provided.');
    }
    if (typeof config.onSuccess !== 'function') {
      throw new Error('Missing Link parameter. Link requires an onSuccess callback to be provided.');
    }
    for (const name of ['onExit', 'onEvent', 'onLoad']) {
      if (config[name] != null && typeof config[name] !== 'function') {
        throw new Error(`Invalid Link parameter. ${name} must be a function.`);
      }
    }
    checkRedirect(config.receivedRedirectUri);
    if (window.origin === 'null') {
      // postMessage cannot name such a page, so a token could go to any page.
      throw new Error('The Link simulator needs a page with an origin: serve it over http instead of opening a file.');
    }
  }

  // checkRedirect knows the address a bank returns to. Banks here never leave
  // the page, so a valid one is accepted and there is nothing to resume.
  function checkRedirect(uri) {
    if (uri == null) return;
    let state = null;
    try {
      state = new URL(uri).searchParams.get('oauth_state_id');
    } catch {
      // Not an address at all: the error below says what it should be.
    }
    if (!state) throw new Error('oauth uri does not contain a valid oauth_state_id query parameter');
  }

  function style(node, rules) {
    for (const [name, value] of Object.entries(rules)) node.style[name] = value;
  }

  function newFrame() {
    const frame = document.createElement('iframe');
    frames += 1;
    frame.id = `plaid-link-iframe-${frames}`; // tests in the wild look for this prefix
    frame.title = 'Link: sign in to a simulated bank';
    style(frame, {
      display: 'block', width: '100%', height: '100%', border: '0',
      // The same scheme on both sides of an iframe keeps it see-through.
      colorScheme: 'light', background: 'transparent',
    });
    // The fragment stays in the browser. The iframe takes messages from this
    // origin alone, and can send its own to no other.
    frame.src = `${home}#origin=${encodeURIComponent(window.origin)}`;
    return frame;
  }

  const overThePage = {
    position: 'fixed', inset: '0', width: '100%', height: '100%', maxWidth: 'none', maxHeight: 'none',
    margin: '0', padding: '0', border: '0', overflow: 'hidden',
    background: 'transparent', colorScheme: 'light',
  };
  const inThePage = { ...overThePage, position: 'static' };

  // newOverlay lays a frame over the whole page. A modal dialog does the hard
  // parts: the page behind it is inert, and no z-index can climb over it. With a
  // place in the page the frame is a part of the page while it is not over it;
  // it never moves in the document, because a frame that moves loads anew.
  function newOverlay(place, onCancel) {
    const frame = newFrame();
    const dialog = document.createElement('dialog');
    // Escape is for the frame to judge. Browsers that do not know closedby ask
    // with cancel.
    dialog.setAttribute('closedby', 'none');
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      onCancel();
    });
    dialog.append(frame);

    const attach = () => (place ?? document.body).append(dialog);
    if (place || document.body) attach();
    else document.addEventListener('DOMContentLoaded', attach);

    // rest is how the dialog is when it is not over the page. The attribute
    // shows it as show() would, but leaves the focus alone.
    function rest() {
      style(dialog, place ? inThePage : overThePage);
      dialog.toggleAttribute('open', Boolean(place));
    }

    let scroll = '';
    let shown = false;
    rest();
    return {
      frame,
      show() {
        shown = true;
        scroll = document.documentElement.style.overflow;
        document.documentElement.style.overflow = 'hidden';
        dialog.removeAttribute('open');
        style(dialog, overThePage);
        dialog.showModal();
        frame.focus();
      },
      hide() {
        if (!shown) return;
        shown = false;
        document.documentElement.style.overflow = scroll;
        dialog.close(); // gives the focus back to where it was
        rest();
      },
      remove() {
        this.hide();
        document.removeEventListener('DOMContentLoaded', attach);
        dialog.remove();
      },
    };
  }

  // call runs one of the app's callbacks. Its mistakes are the app's own: they
  // reach the console, and do not stop the callbacks that are still due.
  function call(callback, ...args) {
    if (!callback) return;
    try {
      callback(...args);
    } catch (error) {
      reportError(error);
    }
  }

  // start makes everything that create and createEmbedded have in common: a
  // frame, over the page or in its place, and what the two tell each other.
  function start(config, place) {
    check(config);
    const { token, onSuccess, onExit, onEvent, onLoad } = config;
    let state = 'loading'; // then closed and open by turns, and at last destroyed
    let wanted = Boolean(place); // open as soon as there is something to open

    const send = (message) => overlay.frame.contentWindow.postMessage(message, home.origin);
    const overlay = newOverlay(place, () => send({ type: 'exit', force: false }));
    const begin = () => send({ type: 'open', token, embedded: Boolean(place) });

    function open() {
      if (state === 'loading') wanted = true;
      if (state !== 'closed') return;
      state = 'open';
      if (!place) overlay.show();
      begin();
    }

    function loaded() {
      if (state === 'open') begin(); // someone reloaded the frame
      if (state !== 'loading') return;
      state = 'closed';
      call(onLoad);
      if (wanted) open();
    }

    // unfold lays over the page what is a part of it.
    function unfold() {
      if (state !== 'open') return;
      overlay.show();
      send({ type: 'shown' });
    }

    // deliver passes events on for as long as the app has not destroyed us.
    function deliver(events) {
      for (const { name, metadata } of events) {
        if (state !== 'destroyed') call(onEvent, name, metadata);
      }
    }

    // ended hands over what the session kept back. The app sees the page without
    // Link first, then the events, then its callback, and the closing event
    // after that: Plaid promises no order, and an app must not lean on one.
    function ended({ success, exit, events }) {
      if (state !== 'open') return;
      state = 'closed';
      overlay.hide();
      deliver(events.slice(0, -1));
      if (state === 'destroyed') return;
      if (success) call(onSuccess, success.public_token, success.metadata);
      else call(onExit, exit.error, exit.metadata);
      deliver(events.slice(-1));
      if (place && exit) open(); // the list of banks is back in its place
    }

    function receive(event) {
      if (event.source !== overlay.frame.contentWindow || event.origin !== home.origin) return;
      switch (event.data?.type) {
        case 'ready': return loaded();
        case 'unfold': return unfold();
        case 'event': return deliver([event.data]);
        case 'end': return ended(event.data);
      }
    }
    window.addEventListener('message', receive);

    return {
      open,
      exit({ force = false } = {}) {
        wanted = false;
        if (state === 'open') send({ type: 'exit', force: force === true });
      },
      destroy() {
        state = 'destroyed';
        window.removeEventListener('message', receive);
        overlay.remove();
      },
      // submit hands a Layer session its phone number. In any other session
      // Plaid ignores it, and there are no Layer sessions here.
      submit() {},
    };
  }

  // createEmbedded shows the list of banks in an element of the page, and lays
  // Link over the page once one is picked.
  function createEmbedded(config, element) {
    if (!(element instanceof HTMLElement)) {
      throw new Error('Invalid Link parameter. createEmbedded requires the DOM element to show Link in.');
    }
    const { destroy } = start(config, element);
    return { destroy };
  }

  window.Plaid = Object.freeze({ create: (config) => start(config, null), createEmbedded });
})();
