// @openid4vc/openid4vci on both sides of an offer: as the wallet that takes ours, and as the issuer whose offer we take.
//
// The wallet reaches one server only: `live` = {from, to} says where the https address of the tests is answered.
import {createHash, randomBytes} from 'node:crypto';
import {
  clientAuthenticationAnonymous, Oauth2AuthorizationServer, preAuthorizedCodeGrantIdentifier,
} from '@openid4vc/oauth2';
import {Openid4vciClient, Openid4vciIssuer} from '@openid4vc/openid4vci';
import * as jose from 'jose';

const realFetch = globalThis.fetch;
const publicPart = ({d, ...jwk}) => jwk;

// `key` is the private JWK of this side.
const callbacks = ({key, live}) => ({
  fetch: async (url, options = {}) => {
    if (!live || !String(url).startsWith(`${live.from}/`)) throw new Error(`nothing is asked of ${url}`);
    return realFetch(String(url).replace(live.from, live.to), options);
  },
  hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
  generateRandom: bytes => randomBytes(bytes),
  signJwt: async (signer, {header, payload}) => ({
    jwt: await new jose.CompactSign(Buffer.from(JSON.stringify(payload))).setProtectedHeader(header)
      .sign(await jose.importJWK(key, header.alg)),
    signerJwk: publicPart(key),
  }),
  verifyJwt: async (signer, {compact, header}) => {
    const signerJwk = signer.publicJwk ?? jwkOfDid(signer.didUrl);
    try {
      await jose.compactVerify(compact, await jose.importJWK(signerJwk, header.alg));
      return {verified: true, signerJwk};
    } catch {
      return {verified: false};
    }
  },
  decryptJwe: async () => ({decrypted: false}),
  encryptJwe: async () => { throw new Error('nothing is encrypted here'); },
  clientAuthentication: clientAuthenticationAnonymous(),
});

function jwkOfDid(url) {
  const [, encoded] = /^did:jwk:([\w-]+)/.exec(url) ?? [];
  if (!encoded) throw new Error(`no key in ${url}`);
  return JSON.parse(Buffer.from(encoded, 'base64url'));
}

// ---- Their issuer ----

const GIVER = 'https://school.example/oid4vci';
let given;

function openShop({key, configurations, code, txCode}) {
  const own = callbacks({key});
  const issuer = new Openid4vciIssuer({callbacks: own});
  const server = new Oauth2AuthorizationServer({callbacks: own});
  const credentialIssuer = issuer.createCredentialIssuerMetadata({
    credential_issuer: GIVER, credential_endpoint: `${GIVER}/credential`, nonce_endpoint: `${GIVER}/nonce`,
    display: [{name: 'The school', locale: 'en-US'}], credential_configurations_supported: configurations,
  });
  const authorizationServer = server.createAuthorizationServerMetadata({
    issuer: GIVER, token_endpoint: `${GIVER}/token`, grant_types_supported: [preAuthorizedCodeGrantIdentifier],
    token_endpoint_auth_methods_supported: ['none'],
  });
  const issuerMetadata = {
    originalDraftVersion: 'V1', credentialIssuer, authorizationServers: [authorizationServer],
    knownCredentialConfigurations: credentialIssuer.credential_configurations_supported,
  };
  given = {key, code, txCode, issuer, server, issuerMetadata, authorizationServer, nonces: new Set(), tokens: new Set()};
  return given;
}

const PATHS = {
  '/.well-known/openid-credential-issuer/oid4vci': async () => given.issuerMetadata.credentialIssuer,
  '/.well-known/oauth-authorization-server/oid4vci': async () => given.authorizationServer,
  '/oid4vci/offers/1': async () => given.offer,
  '/oid4vci/nonce': async () => {
    const cNonce = randomBytes(16).toString('hex');
    given.nonces.add(cNonce);
    return given.issuer.createNonceResponse({cNonce});
  },
  '/oid4vci/token': async request => {
    const accessTokenRequest = Object.fromEntries(new URLSearchParams(request.body));
    const like = {headers: new Headers({'content-type': request.mediaType}), method: 'POST', url: request.url};
    const parsed = given.server.parseAccessTokenRequest({request: like, accessTokenRequest});
    await given.server.verifyPreAuthorizedCodeAccessTokenRequest({
      grant: parsed.grant, accessTokenRequest: parsed.accessTokenRequest, request: like,
      authorizationServerMetadata: given.authorizationServer, expectedPreAuthorizedCode: given.code, expectedTxCode: given.txCode,
    });
    const response = await given.server.createAccessTokenResponse({
      audience: GIVER, authorizationServer: GIVER, expiresInSeconds: 300, subject: 'person',
      signer: {method: 'jwk', alg: 'ES256', publicJwk: publicPart(given.key)},
    });
    given.tokens.add(response.access_token);
    return response;
  },
  '/oid4vci/credential': async request => {
    if (!given.tokens.has(request.bearer)) throw new Error('no such token');
    const credentialRequest = given.issuer.parseCredentialRequest({
      issuerMetadata: given.issuerMetadata, credentialRequest: JSON.parse(request.body)});
    const [jwt] = credentialRequest.proofs.jwt;
    const nonce = jose.decodeJwt(jwt).nonce;
    if (!given.nonces.delete(nonce)) throw new Error('no such nonce');
    const {signer} = await given.issuer.verifyCredentialRequestJwtProof({
      issuerMetadata: given.issuerMetadata, jwt, expectedNonce: nonce});
    // Making the credential is up to whoever uses the library: the test does it, for the key that was proved.
    return {made: credentialRequest.credentialConfigurationId, holder: publicPart(signer.publicJwk), credentialRequest};
  },
};

export const ACTIONS = {
  // The whole way of a wallet: {link, txCode, key, live, format, binding}; the credentials, as they came.
  'vci-take': async ({link, txCode, key, live, format, binding}) => {
    const client = new Openid4vciClient({callbacks: callbacks({key, live})});
    const credentialOffer = await client.resolveCredentialOffer(link);
    const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
    const known = Object.keys(issuerMetadata.knownCredentialConfigurations);
    const credentialConfigurationId = credentialOffer.credential_configuration_ids.find(
      id => issuerMetadata.knownCredentialConfigurations[id]?.format === format);
    const {accessTokenResponse} = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
      credentialOffer, issuerMetadata, txCode});
    const {c_nonce: nonce} = await client.requestNonce({issuerMetadata});
    const didUrl = `did:jwk:${Buffer.from(JSON.stringify(publicPart(key))).toString('base64url')}#0`;
    const {jwt} = await client.createCredentialRequestJwtProof({
      issuerMetadata, credentialConfigurationId, nonce, issuedAt: new Date(),
      signer: binding === 'jwk' ? {method: 'jwk', alg: 'ES256', publicJwk: publicPart(key)} : {method: 'did', alg: 'ES256', didUrl},
    });
    const answer = await client.retrieveCredentials({
      issuerMetadata, credentialConfigurationId, accessToken: accessTokenResponse.access_token, proofs: {jwt: [jwt]}});
    return {
      version: issuerMetadata.originalDraftVersion, known, tx: credentialOffer.grants[preAuthorizedCodeGrantIdentifier].tx_code,
      credentials: answer.credentialResponse.credentials,
    };
  },
  // Their issuer makes an offer: {key, configurations, code, txCode}; its link.
  'vci-offer': async request => {
    const shop = openShop(request);
    const {credentialOffer, credentialOfferObject} = await shop.issuer.createCredentialOffer({
      issuerMetadata: shop.issuerMetadata, credentialConfigurationIds: Object.keys(request.configurations),
      credentialOfferUri: `${GIVER}/offers/1`,
      grants: {[preAuthorizedCodeGrantIdentifier]: {'pre-authorized_code': request.code, tx_code: {length: request.txCode.length}}},
    });
    shop.offer = credentialOfferObject;
    return credentialOffer;
  },
  // Its addresses answer: {url, body, mediaType, bearer}.
  'vci-answer': async request => {
    const answer = PATHS[new URL(request.url).pathname];
    if (!answer) return {status: 404, body: {}};
    try {
      const body = await answer(request);
      if (body.credentialRequest) given.credentialRequest = body.credentialRequest;
      return {status: 200, body};
    } catch (error) {
      return {status: 400, body: error.errorResponse ?? {error: 'invalid_request', error_description: error.message}};
    }
  },
  'vci-response': async ({credential}) => given.issuer.createCredentialResponse({
    credentialRequest: given.credentialRequest, credentials: [{credential}]}),
};
