// @openid4vc/openid4vp on both sides of a question: as the wallet that answers ours, and as the verifier that asks us.
//
// Nothing here reaches the network: addresses answer with the `pages` of a request, and what would be posted is handed back.
import {createHash} from 'node:crypto';
import {Openid4vpClient, Openid4vpVerifier} from '@openid4vc/openid4vp';
import * as jose from 'jose';

const SERVER = {
  authorization_signing_alg_values_supported: ['ES256'],
  authorization_encryption_alg_values_supported: ['ECDH-ES'],
  authorization_encryption_enc_values_supported: ['A128GCM', 'A256GCM'],
};
const publicPart = ({d, ...jwk}) => jwk;
const text = data => typeof data === 'string' ? data : new TextDecoder().decode(data);

// `pages`: {address: {body, type}}; `asker`: public JWK of whoever signs requests; `key`: private JWK of this side.
function callbacks({pages = {}, asker, key, posted = []}) {
  return {
    fetch: async (url, options = {}) => {
      if (options.method === 'POST') posted.push({url: String(url), body: String(options.body)});
      const page = pages[String(url)];
      if (!page) throw new Error(`nothing was handed in for ${url}`);
      return new Response(page.body, {status: 200, headers: {'content-type': page.type}});
    },
    hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
    verifyJwt: async (signer, {compact}) => {
      try {
        await jose.compactVerify(compact, await jose.importJWK(asker, 'ES256'));
        return {verified: true, signerJwk: asker};
      } catch {
        return {verified: false};
      }
    },
    signJwt: async (signer, {header, payload}) => ({
      jwt: await new jose.CompactSign(Buffer.from(JSON.stringify(payload))).setProtectedHeader(header)
        .sign(await jose.importJWK(key, 'ES256')),
      signerJwk: publicPart(key),
    }),
    encryptJwe: async ({publicJwk, alg, enc, apu, apv}, data) => {
      const sealed = new jose.CompactEncrypt(Buffer.from(data))
        .setProtectedHeader({alg, enc, kid: publicJwk.kid, ...(apu && {apu}), ...(apv && {apv})});
      return {encryptionJwk: publicJwk, jwe: await sealed.encrypt(await jose.importJWK(publicJwk, alg))};
    },
    decryptJwe: async jwe => {
      const opened = await jose.compactDecrypt(jwe, await jose.importJWK(key, 'ECDH-ES'));
      return {decrypted: true, decryptionJwk: publicPart(key), payload: text(opened.plaintext)};
    },
  };
}

export const ACTIONS = {
  // The wallet reads a request: {link, pages, asker, nonce}.
  'vp-read': async ({link, nonce, ...with_}) => {
    const client = new Openid4vpClient({callbacks: callbacks(with_)});
    const {params} = client.parseOpenid4vpAuthorizationRequest({authorizationRequest: link});
    const found = await client.resolveOpenId4vpAuthorizationRequest({
      authorizationRequestPayload: params, wallet: nonce ? {expectedNonce: nonce} : undefined});
    return {request: found.authorizationRequestPayload, query: found.dcql.query, prefix: found.client.prefix, version: found.version};
  },
  // It answers: {request, vp_token, pages}; what it posts comes back.
  'vp-answer': async ({request, vp_token, ...with_}) => {
    const posted = [];
    const client = new Openid4vpClient({callbacks: callbacks({...with_, posted})});
    const isSealed = request.response_mode === 'direct_post.jwt';
    const made = await client.createOpenid4vpAuthorizationResponse({
      authorizationRequestPayload: request, authorizationResponsePayload: {vp_token},
      jarm: isSealed ? {encryption: {nonce: 'n'}, serverMetadata: SERVER} : undefined});
    await client.submitOpenid4vpAuthorizationResponse({authorizationRequestPayload: request, ...made});
    return posted;
  },
  // The verifier asks: {request, key, didUrl, requestUri}; without didUrl in the link itself, unsigned.
  'vp-ask': async ({request, didUrl, requestUri, ...with_}) => {
    const made = await new Openid4vpVerifier({callbacks: callbacks(with_)}).createOpenId4vpAuthorizationRequest({
      authorizationRequestPayload: request,
      jar: didUrl && {requestUri, jwtSigner: {method: 'did', didUrl, alg: 'ES256'}, expiresInSeconds: 600}});
    return {link: made.authorizationRequest, token: made.jar?.authorizationRequestJwt, request: made.authorizationRequestPayload};
  },
  // It reads our answer: {request, form, key}.
  'vp-take': async ({request, form, ...with_}) => {
    const ours = callbacks(with_);
    const found = await new Openid4vpVerifier({callbacks: ours}).parseOpenid4vpAuthorizationResponse({
      authorizationRequestPayload: request, authorizationResponse: form, callbacks: ours});
    return {state: found.authorizationResponsePayload.state, shown: found.dcql.presentations, nonce: found.expectedNonce};
  },
};
