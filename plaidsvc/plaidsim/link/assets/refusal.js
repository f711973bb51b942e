// What went wrong, told twice: to the person in a sentence, to the app in the
// four fields of a Plaid error.

// A Refusal is an answer that is not the one hoped for. Its message is for the
// person, its error for the app.
export class Refusal extends Error {
  constructor({ error_type, error_code, error_message, display_message }) {
    super(display_message || 'Something went wrong at the simulated bank. Try again.');
    this.error = { error_type, error_code, error_message, display_message: display_message ?? null };
  }

  // A bad link token ends the session: nothing the person can enter helps.
  get fatal() {
    return this.error.error_code === 'INVALID_LINK_TOKEN';
  }
}

// silence is the refusal of a server that gave no usable answer, with the code
// that Plaid has for failures of its own.
export function silence(reason) {
  return internal(`no usable answer from the simulator: ${reason}`,
    'The simulator did not answer. Check that it is still running, then try again.');
}

// mistake is the refusal that stands for a bug in this page.
export function mistake(error) {
  return internal(`the Link page failed: ${error}`,
    'This page made a mistake. The browser console says which.');
}

function internal(error_message, display_message) {
  return new Refusal({
    error_type: 'API_ERROR', error_code: 'INTERNAL_SERVER_ERROR', error_message, display_message,
  });
}
