// Plaid's own Node client as somebody else's program would use it: it links a
// bank, exchanges the token, syncs to the end, reads every product, moves money and
// receives webhooks. What it found goes to stdout as one JSON object; the Go test
// that runs it compares.
//
// Usage: node client.mjs http://127.0.0.1:PORT
import { Configuration, CountryCode, PlaidApi, Products } from 'plaid';
import { link } from './link.mjs';
import { pay } from './pay.mjs';
import { read } from './read.mjs';
import { receiver } from './receiver.mjs';
import { sync } from './sync.mjs';

const base = process.argv[2];
const plaid = new PlaidApi(new Configuration({
  basePath: base,
  baseOptions: { headers: { 'PLAID-CLIENT-ID': 'somebody', 'PLAID-SECRET': 'whatever' } },
}));

// refusal is the code of an error as an app reads it.
async function refusal(call) {
  try {
    await call();
    return 'none';
  } catch (error) {
    return `${error.response.status} ${error.response.data.error_type} ${error.response.data.error_code}`;
  }
}

// connect links one bank of the household for some products.
async function connect(institution, products, options) {
  const token = await plaid.linkTokenCreate({
    client_name: 'node', language: 'en', country_codes: [CountryCode.Us],
    user: { client_user_id: '1' }, products, transactions: { days_requested: 730 }, ...options,
  });
  const publicToken = await link(base, token.data.link_token, institution);
  const { data } = await plaid.itemPublicTokenExchange({ public_token: publicToken });
  return { accessToken: data.access_token, itemId: data.item_id, linkToken: token.data.link_token, publicToken };
}

// webhooks has one sent, by the sandbox and by the thing happening.
async function webhooks(hooks, { accessToken, itemId }) {
  await plaid.itemWebhookUpdate({ access_token: accessToken, webhook: hooks.address });
  const acknowledged = await hooks.received('WEBHOOK_UPDATE_ACKNOWLEDGED');
  await plaid.sandboxItemFireWebhook({ access_token: accessToken, webhook_type: 'TRANSACTIONS', webhook_code: 'SYNC_UPDATES_AVAILABLE' });
  const fired = await hooks.received('SYNC_UPDATES_AVAILABLE');
  await plaid.sandboxItemResetLogin({ access_token: accessToken });
  const broken = await hooks.received('ERROR');
  return {
    codes: [acknowledged, fired, broken].map((webhook) => webhook.webhook_code),
    ours: [acknowledged, fired, broken].every((webhook) => webhook.item_id === itemId),
    error: broken.error.error_code,
    refused: hooks.refused,
  };
}

process.on('uncaughtException', (error) => {
  console.error(error.response ? [error.config.url, error.response.status, error.response.data] : error);
  process.exit(1);
});

const everyday = await connect('ins_109508', [Products.Transactions, Products.Auth, Products.Identity, Products.Transfer], { hosted_link: {} });
const synced = await sync(plaid, everyday.accessToken);
const accounts = await plaid.accountsGet({ access_token: everyday.accessToken });
const found = {
  access_token: everyday.accessToken,
  item_id: (await plaid.itemGet({ access_token: everyday.accessToken })).data.item.item_id,
  pages: synced.pages,
  transactions: Object.fromEntries([...synced.rows].map(([id, row]) => [id, `${row.date} ${row.amount} ${row.name}`])),
  accounts: Object.fromEntries(accounts.data.accounts.map((account) => [account.account_id, account.balances.current])),
  again: await refusal(() => plaid.itemPublicTokenExchange({ public_token: everyday.publicToken })),
  read: await read(plaid, everyday, connect),
  paid: await pay(plaid, everyday),
};
const hooks = await receiver(plaid);
const other = await connect('ins_109509', [Products.Transactions]);
await sync(plaid, other.accessToken);
found.webhooks = await webhooks(hooks, other);
hooks.close();
await plaid.itemRemove({ access_token: other.accessToken });
found.removed = await refusal(() => plaid.itemGet({ access_token: other.accessToken }));
console.log(JSON.stringify(found));
