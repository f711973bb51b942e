// The channel between this iframe and the app's page that embeds it.

// connect gives the messages "open", "exit" and "shown" (that we lie over the
// page) to the handlers of those names.
// They count only when they come from the embedding window and from the origin
// that this document's fragment names; what we send reaches no page of another
// origin. A page that lies about its origin cuts itself off.
export function connect(handlers) {
  const page = window.parent;
  const origin = new URLSearchParams(window.location.hash.slice(1)).get('origin');
  if (page === window || !isOrigin(origin)) {
    throw new Error('link.html is opened by link-initialize.js, through Plaid.create');
  }
  window.addEventListener('message', (event) => {
    if (event.source !== page || event.origin !== origin) return;
    switch (event.data?.type) {
      case 'open': return handlers.open(event.data);
      case 'exit': return handlers.exit(event.data);
      case 'shown': return handlers.shown();
    }
  });
  return {
    send: (message) => page.postMessage(message, origin),
  };
}

// isOrigin refuses "*" above all: postMessage would take it for everybody.
function isOrigin(text) {
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}
