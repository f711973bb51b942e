'use strict';
(() => {
  const { token, nonce } = document.body.dataset;

  const say = (title, text) => {
    document.getElementById('title').textContent = title;
    document.getElementById('text').textContent = text;
  };

  // What Link tells of the bank, so that one which is linked already is noticed
  // before it is linked twice. The program takes little: of many accounts, some.
  const told = (publicToken, metadata) => {
    const { institution, accounts } = metadata || {};
    const said = {
      institution_id: (institution && institution.institution_id) || '',
      name: (institution && institution.name) || '',
      accounts: (accounts || []).map(({ name, mask }) => ({ name: name || '', mask: mask || '' })),
    };
    const what = { public_token: publicToken, said };
    while (new TextEncoder().encode(JSON.stringify(what)).length > 4000 && said.accounts.pop());
    return what;
  };

  // Tells the program in the terminal what came of it. Its answer is empty.
  const send = async (where, what) => {
    const reply = await fetch(where, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', 'X-Link-Nonce': nonce },
      body: JSON.stringify(what),
    });
    if (!reply.ok) throw new Error(String(reply.status));
  };

  const lost = () => say('coffer is not listening any more',
    'It was closed, or this page is too old. Start again from the terminal.');

  const linked = (publicToken, metadata) => send('result', told(publicToken, metadata)).then(
    () => say('Your bank agreed', 'coffer goes on in the terminal. You can close this page.'), lost);

  const left = (error) => send('exit', { code: (error && error.error_code) || '' }).then(
    () => say('Nothing was linked', 'Go back to the terminal to try again. You can close this page.'), lost);

  if (!window.Plaid) {
    say('Plaid could not be loaded',
      'The network or an ad blocker is in the way. Reload this page to try again.');
    return;
  }
  window.Plaid.create({
    token,
    onLoad: () => say('Sign in to your bank', 'Follow the steps in the window over this page.'),
    onSuccess: linked,
    onExit: left,
  }).open();
})();
