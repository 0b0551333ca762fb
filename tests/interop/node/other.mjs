// The other side of the tests: foreign libraries that make proofs for our checks, and check the proofs that we make.
//
// One request a line comes in as JSON, one answer a line goes out: {"answer": …}, or {"refused": "what the library said"}.
// `key` is always {"id": verification method, "jwk": private or public JWK}. Contexts and status lists are handed in
// with "learn"; whatever else a library asks for is refused, so that nothing here reaches the network.
import {createHash, randomBytes} from 'node:crypto';
import {createInterface} from 'node:readline';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import {cryptosuite as ecdsaRdfc2019} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as ecdsaSd2023 from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {cryptosuite as eddsaRdfc2022} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import * as statusList from '@digitalbazaar/vc-bitstring-status-list';
import * as tokenList from '@sd-jwt/jwt-status-list';
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';
import * as jose from 'jose';
import jsonld from 'jsonld';
import * as oid4vci from './oid4vci.mjs';
import * as oid4vp from './oid4vp.mjs';

globalThis.fetch = async url => { throw new Error(`no network here: ${url}`); };

const pages = new Map();

async function documentLoader(url) {
  const document = pages.get(url) ?? didKey(url);
  if (!document) throw new Error(`nothing was handed in for ${url}`);
  return {contextUrl: null, documentUrl: url, document: structuredClone(document)};
}

function didKey(url) {
  const [, did, publicKeyMultibase, fragment] = /^(did:key:(z\w+))(?:#(\w+))?$/.exec(url) ?? [];
  if (!did || (fragment && fragment !== publicKeyMultibase)) return undefined;
  const id = `${did}#${publicKeyMultibase}`;
  const method = {id, type: 'Multikey', controller: did, publicKeyMultibase};
  if (fragment) return {'@context': 'https://w3id.org/security/multikey/v1', ...method};
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did, verificationMethod: [method], assertionMethod: [id], authentication: [id],
  };
}

// ---- Data Integrity ----

async function signerOf({id, jwk}) {
  const kind = jwk.kty === 'OKP' ? Ed25519Multikey : EcdsaMultikey;
  const pair = await kind.fromJwk({jwk: {key_ops: ['sign'], ...jwk}, secretKey: true, id, controller: id.split('#')[0]});
  return pair.signer();
}

async function signingSuite({suite, key, created: date, mandatory: mandatoryPointers}) {
  const signer = await signerOf(key);
  if (suite === 'Ed25519Signature2020') return new Ed25519Signature2020({signer, date});
  const cryptosuite = {
    'eddsa-rdfc-2022': () => eddsaRdfc2022,
    'ecdsa-rdfc-2019': () => ecdsaRdfc2019,
    'ecdsa-sd-2023': () => ecdsaSd2023.createSignCryptosuite({mandatoryPointers}),
  }[suite]();
  return new DataIntegrityProof({signer, date, cryptosuite});
}

const verifyingSuites = () => [
  new Ed25519Signature2020(),
  ...[eddsaRdfc2022, ecdsaRdfc2019, ecdsaSd2023.createVerifyCryptosuite()].map(
    cryptosuite => new DataIntegrityProof({cryptosuite})),
];

// The library says only that a status could be read; what it is, the caller has to look at.
async function checkStatus(options) {
  const result = await statusList.checkStatus(options);
  const cancelled = result.results?.some(one => one.status);
  return cancelled ? {verified: false, error: new Error('cancelled')} : result;
}

// Errors of this library hold one another in lists; the innermost messages say what it was.
const reasons = error => error?.errors?.length ? error.errors.flatMap(reasons) : error ? [error.message] : [];

function outcome(result) {
  if (result.verified) return true;
  const parts = [result, result.statusResult, result.presentationResult, ...result.credentialResults ?? []];
  throw new Error([...new Set(parts.flatMap(part => reasons(part?.error)))].join('; ') || 'not verified');
}

// ---- SD-JWT ----

const base64url = data => Buffer.from(data).toString('base64url');
const SUBTLE = {
  EdDSA: {name: 'Ed25519'},
  ES256: {name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'},
  ES384: {name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384'},
};
const publicPart = ({d, ...jwk}) => jwk;
const algorithmOf = jwk => ({Ed25519: 'EdDSA', 'P-256': 'ES256', 'P-384': 'ES384'})[jwk.crv];

async function rawKey(jwk, use) {
  const how = SUBTLE[algorithmOf(jwk)];
  return [how, await crypto.subtle.importKey('jwk', use === 'sign' ? jwk : publicPart(jwk), how, false, [use])];
}

const signWith = jwk => async text => {
  const [how, key] = await rawKey(jwk, 'sign');
  return base64url(await crypto.subtle.sign(how, key, Buffer.from(text)));
};

async function fits(jwk, text, signature) {
  const [how, key] = await rawKey(jwk, 'verify');
  return crypto.subtle.verify(how, key, Buffer.from(signature, 'base64url'), Buffer.from(text));
}

const sdJwt = ({key, holder, listKey = key}) => new SDJwtVcInstance({
  hasher: (data, name) => createHash(name.replace('-', '')).update(Buffer.from(data)).digest(),
  hashAlg: 'sha-256',
  saltGenerator: length => base64url(randomBytes(length)),
  ...key && {signer: signWith(key.jwk), signAlg: algorithmOf(key.jwk)},
  ...key && {verifier: (text, signature) => fits(key.jwk, text, signature)},
  ...listKey && {statusVerifier: (text, signature) => fits(listKey.jwk, text, signature)},
  ...holder && {kbSigner: signWith(holder.jwk), kbSignAlg: algorithmOf(holder.jwk)},
  statusListFetcher: async url => pages.get(url) ?? fetch(url),
  kbVerifier: (text, signature, claims) => fits(claims.cnf.jwk, text, signature),
});

// ---- What can be asked ----

const ACTIONS = {
  ...oid4vci.ACTIONS,
  ...oid4vp.ACTIONS,
  // Milliseconds that another request takes here: the fastest of some turns.
  measure: async ({request, calls, turns}) => {
    let fastest = Infinity;
    for (let turn = 0; turn < turns; turn++) {
      const begun = performance.now();
      for (let call = 0; call < calls; call++) await ACTIONS[request.do](request);
      fastest = Math.min(fastest, (performance.now() - begun) / calls);
    }
    return fastest;
  },
  learn: async ({documents}) => Object.entries(documents).forEach(([url, document]) => pages.set(url, document)),

  issue: async request => vc.issue({
    credential: request.credential, suite: await signingSuite(request), documentLoader,
  }),
  derive: async ({credential, pointers: selectivePointers}) => vc.derive({
    verifiableCredential: credential, documentLoader,
    suite: new DataIntegrityProof({cryptosuite: ecdsaSd2023.createDiscloseCryptosuite({selectivePointers})}),
  }),
  verify: async ({credential, now}) => outcome(await vc.verifyCredential({
    credential, now, suite: verifyingSuites(), documentLoader, checkStatus,
  })),
  present: async request => vc.signPresentation({
    presentation: vc.createPresentation({
      verifiableCredential: request.credentials, holder: request.key.id.split('#')[0], now: request.created,
    }),
    suite: await signingSuite(request), challenge: request.challenge, domain: request.domain, documentLoader,
  }),
  'status-list': async ({id, purpose, length, cancelled}) => {
    const list = await statusList.createList({length});
    cancelled.forEach(index => list.setStatus(index, true));
    return statusList.createCredential({id, list, statusPurpose: purpose});
  },

  canonize: async ({document}) => jsonld.canonize(document, {
    algorithm: 'RDFC-1.0', format: 'application/n-quads', safe: true, base: null, documentLoader,
  }),

  'jws-sign': async ({payload, header, key}) => new jose.CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({alg: algorithmOf(key.jwk), ...header})
    .sign(await jose.importJWK(key.jwk, algorithmOf(key.jwk))),
  'jws-verify': async ({token, key, typ, now}) => (await jose.jwtVerify(
    token, await jose.importJWK(publicPart(key.jwk), algorithmOf(key.jwk)), {typ, currentDate: new Date(now)})).payload,

  'token-list': async ({values, bits, claims}) => tokenList.createHeaderAndPayload(
    new tokenList.StatusList(values, bits), claims, {}),

  'sdjwt-issue': async ({claims, frame, header, key}) => sdJwt({key}).issue(claims, frame, {header}),
  'sdjwt-present': async ({token, frame, holder, binding}) => sdJwt({holder}).present(
    token, frame, binding && {kb: {payload: binding}}),
  'sdjwt-verify': async ({token, key, listKey, nonce, now}) => {
    const currentDate = Math.floor(Date.parse(now) / 1000);
    return sdJwt({key, listKey}).verify(token, {keyBindingNonce: nonce, currentDate});
  },
};

for await (const line of createInterface({input: process.stdin})) {
  const request = JSON.parse(line);
  if (!Object.hasOwn(ACTIONS, request.do)) throw new Error(`unknown request ${request.do}`);
  let answer;
  try {
    answer = {answer: await ACTIONS[request.do](request) ?? null};
  } catch (error) {
    answer = {refused: [error.message, error.code, ...reasons(error)].filter(Boolean).join('; ')};
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
