// A receiver of webhooks that verifies them as Plaid describes it
// (https://plaid.com/docs/api/webhooks/webhook-verification/), with jose.
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';

// verify throws unless a signature is Plaid's over these very bytes.
async function verify(plaid, signature, body) {
  const { alg, kid } = decodeProtectedHeader(signature);
  if (alg !== 'ES256') throw new Error(`signed with ${alg}`);
  const { data: { key } } = await plaid.webhookVerificationKeyGet({ key_id: kid });
  if (key.expired_at) throw new Error(`key ${kid} has expired`);
  const { payload } = await jwtVerify(signature, await importJWK(key, 'ES256'), { algorithms: ['ES256'], maxTokenAge: '5 min' });
  const hash = createHash('sha256').update(body).digest('hex');
  if (!timingSafeEqual(Buffer.from(hash), Buffer.from(payload.request_body_sha256))) throw new Error('another body was signed');
}

// receiver listens on loopback. received(code) resolves with the next webhook of
// that code which verified; what did not is in refused.
export async function receiver(plaid) {
  const verified = [];
  const refused = [];
  const waiting = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    try {
      await verify(plaid, request.headers['plaid-verification'], body);
      verified.push(JSON.parse(body));
    } catch (error) {
      refused.push(`${error}`);
    }
    response.end();
    for (const look of waiting) look();
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    address: `http://127.0.0.1:${server.address().port}/webhook`,
    refused,
    received: (code) => new Promise((found, lost) => {
      const timer = setTimeout(() => lost(new Error(`no ${code}; came: ${JSON.stringify(verified)}, refused: ${refused}`)), 20_000);
      const look = () => {
        const webhook = verified.find((one) => one.webhook_code === code);
        if (!webhook) return;
        clearTimeout(timer);
        found(webhook);
      };
      waiting.push(look);
      look();
    }),
    close: () => server.close(),
  };
}
