// A provider that the tests start: `oidc-provider` as it is, with accounts that a test says, and answers that it spoils.
import { SignJWT, decodeJwt, exportJWK, generateKeyPair, importJWK } from "jose";
import { Provider } from "oidc-provider";

const { port, alg, clients, ways } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const makeKey = async (kid) => ({
  ...(await exportJWK((await generateKeyPair(alg, { extractable: true })).privateKey)),
  kid,
  alg,
  use: "sig",
});
const key = await makeKey("first");
const accounts = new Map();
const published = [];
let spoilt = {};

const provider = new Provider(issuer, {
  clients: clients.map((client) => ({ id_token_signed_response_alg: alg, ...client })),
  jwks: { keys: [key] },
  claims: {
    email: ["email", "email_verified"],
    profile: ["name", "given_name", "family_name"],
    // As SATOSA, Keycloak and SimpleSAMLphp pass on what a federation of schools says.
    school: ["schac_home_organization", "eduperson_affiliation", "eduperson_scoped_affiliation"],
  },
  clientAuthMethods: ways,
  cookies: { keys: ["of a test"] },
  pkce: { required: () => true },
  ttl: { AuthorizationCode: () => spoilt.code_lasts ?? 60, IdToken: 600, AccessToken: 600, Interaction: 600, Session: 600, Grant: 600 },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts.get(sub) }) }),
});

async function body(context) {
  const parts = [];
  for await (const part of context.req) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString() || "{}");
}

// What a provider that is broken, or hostile, would put into its answers.
async function spoil(context) {
  const { claims, header = {}, hang, status, large, secret, also } = spoilt;
  if (hang) await new Promise((resolve) => setTimeout(resolve, hang));
  if (status) context.status = status;
  if (also) context.body = { ...context.body, ...also };
  if (large) context.body = { padding: "x".repeat(large) };
  if (!claims || !context.body?.id_token) return;
  const signed = { ...decodeJwt(context.body.id_token), ...claims };
  for (const name of Object.keys(signed)) if (signed[name] === null) delete signed[name];
  const own = header.kid ? await makeKey(header.kid) : key;
  if (spoilt.publishes) published.push({ kty: own.kty, n: own.n, e: own.e, kid: own.kid, alg, use: "sig" });
  const by = secret ? new TextEncoder().encode(secret) : await importJWK(own, alg);
  context.body.id_token = await new SignJWT(signed).setProtectedHeader({ alg, kid: "first", ...header }).sign(by);
}

provider.use(async (context, next) => {
  if (context.path.startsWith("/test/accounts/")) {
    accounts.set(decodeURIComponent(context.path.slice(15)), await body(context));
    context.body = {};
    return;
  }
  if (context.path === "/test/spoilt") {
    spoilt = await body(context);
    context.body = {};
    return;
  }
  await next();
  if (context.path === "/jwks") context.body = { keys: [...context.body.keys, ...published] };
  if (context.path === (spoilt.path ?? "/token")) await spoil(context);
});
provider.listen(port, "127.0.0.1", () => console.log("ready"));
