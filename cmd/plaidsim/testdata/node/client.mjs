// Plaid's own Node client as somebody else's program would use it: it links a
// bank, exchanges the token, syncs to the end and reads what there is. What it
// found goes to stdout as one JSON object; the Go test that runs it compares.
//
// Usage: node client.mjs http://127.0.0.1:PORT
import { Configuration, CountryCode, PlaidApi, Products } from 'plaid';

const base = process.argv[2];
const plaid = new PlaidApi(new Configuration({
  basePath: base,
  baseOptions: { headers: { 'PLAID-CLIENT-ID': 'somebody', 'PLAID-SECRET': 'whatever' } },
}));
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// link is what a person does on the Link page, through the page's backend.
async function link(linkToken) {
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
  const bank = { link_session_id, institution_id: 'ins_109508' };
  const { accounts } = await page('credentials', { ...bank, username: 'user_good', password: 'pass_good' });
  const done = await page('finish', { ...bank, account_ids: accounts.map((account) => account.id) });
  return done.public_token;
}

// sync follows Plaid's rules for /transactions/sync until all history is there.
async function sync(accessToken) {
  const rows = new Map();
  let cursor;
  let pages = 0;
  for (;;) {
    const { data } = await plaid.transactionsSync({ access_token: accessToken, cursor, count: 100 });
    pages += 1;
    for (const row of [...data.added, ...data.modified]) rows.set(row.transaction_id, row);
    for (const row of data.removed) rows.delete(row.transaction_id);
    if (data.next_cursor) cursor = data.next_cursor;
    if (data.has_more) continue;
    if (data.transactions_update_status === 'HISTORICAL_UPDATE_COMPLETE') return { rows, pages, cursor };
    await sleep(200);
  }
}

// refusal is the code of an error as an app reads it.
async function refusal(call) {
  try {
    await call();
    return 'none';
  } catch (error) {
    return `${error.response.status} ${error.response.data.error_type} ${error.response.data.error_code}`;
  }
}

const token = await plaid.linkTokenCreate({
  client_name: 'node', language: 'en', country_codes: [CountryCode.Us],
  user: { client_user_id: '1' }, products: [Products.Transactions],
  transactions: { days_requested: 730 },
});
const publicToken = await link(token.data.link_token);
const { data: item } = await plaid.itemPublicTokenExchange({ public_token: publicToken });
const synced = await sync(item.access_token);
const accounts = await plaid.accountsGet({ access_token: item.access_token });
const found = {
  access_token: item.access_token,
  item_id: (await plaid.itemGet({ access_token: item.access_token })).data.item.item_id,
  pages: synced.pages,
  transactions: Object.fromEntries([...synced.rows].map(([id, row]) => [id, `${row.date} ${row.amount} ${row.name}`])),
  accounts: Object.fromEntries(accounts.data.accounts.map((account) => [account.account_id, account.balances.current])),
  again: await refusal(() => plaid.itemPublicTokenExchange({ public_token: publicToken })),
};
console.log(JSON.stringify(found));
