// link is what a person does on the Link page, through the page's own backend.
export async function link(base, linkToken, institution, user = 'user_good', password = 'pass_good') {
  const page = async (step, body) => {
    const answer = await fetch(`${base}/link/session/${step}`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ link_token: linkToken, ...body }),
    });
    const value = await answer.json();
    if (!answer.ok) throw new Error(`${step}: ${value.error_code}: ${value.error_message}`);
    return value;
  };
  const { link_session_id } = await page('start', {});
  const bank = { link_session_id, institution_id: institution };
  const { accounts } = await page('credentials', { ...bank, username: user, password });
  const done = await page('finish', { ...bank, account_ids: accounts.map((account) => account.id) });
  return done.public_token;
}
