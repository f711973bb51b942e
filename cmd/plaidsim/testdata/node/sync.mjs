// sync follows Plaid's rules for /transactions/sync until all history is there.
export async function sync(plaid, accessToken) {
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
    await new Promise((done) => setTimeout(done, 200));
  }
}
