/**
 * The negative list for a public client with two authorisation servers: RFC 6749 10, RFC 9700 2 and
 * 4, RFC 9207 2.4, RFC 8252 8. Each case is an answer that misbehaves once; none may become a grant.
 */
import { describe, expect, test } from 'vitest';
import type { AuthorizeRequest, CheckCode } from '../../../utils/oauth/oauth.ts';
import { cameBack, type Launch } from '../../harness/fake-web-auth.ts';
import { asked, otherServer, secretClient, server, silently, world } from './fake-server.ts';

const token = { access_token: 'at-1', token_type: 'Bearer', expires_in: '3599' };
const code = { code: 'c-1', iss: server.issuer };
const byCode = { ...asked, client: secretClient };

const stateOf = ({ url }: Launch): string => url.searchParams.get('state') ?? '';
const query = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
const own = 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/issuer';

/** Ends the window with this URL, and says how the attempt ended and what the token endpoint was asked. */
async function end(
  request: AuthorizeRequest,
  urlFor: (launch: Launch) => string,
): Promise<{ readonly outcome: unknown; readonly asked: number }> {
  const { oauth, webAuth, requests } = world();
  webAuth.endWith((launch) => ({ kind: 'redirected', url: urlFor(launch) }));
  return { outcome: await oauth.authorize(request), asked: requests.length };
}

const refusedAs = (check: CheckCode): unknown => ({
  outcome: { kind: 'refused', code: check, detail: '' },
  asked: 0,
});

describe('the redirect', () => {
  const elsewhere: readonly string[] = [
    'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/',
    'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/issuer/',
    'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/issuer/more',
    'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/Issuer',
    'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/evil',
    'https://ponmlkjihgfedcbaponmlkjihgfedcba.chromiumapp.org/issuer',
    'http://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/issuer',
    'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org:8443/issuer',
    'https://me@abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/issuer',
    'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org.evil.example/issuer',
    'https://evil.example/issuer',
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop/issuer',
    'javascript:alert(1)',
    '',
  ];
  test.each(elsewhere)('is refused when it is not exactly ours: %j', async (base) => {
    const byToken = (launch: Launch): string =>
      `${base}#${query({ ...token, state: stateOf(launch) })}`;
    const withCode = (launch: Launch): string =>
      `${base}?${query({ ...code, state: stateOf(launch) })}`;
    expect(await end(asked, byToken)).toEqual(refusedAs('wrong_redirect'));
    expect(await end(byCode, withCode)).toEqual(refusedAs('wrong_redirect'));
  });

  test('is refused with a token in the query, or in both parts', async () => {
    const inQuery = (launch: Launch): string =>
      `${own}?${query({ ...token, state: stateOf(launch) })}`;
    expect(await end(asked, inQuery)).toEqual(refusedAs('wrong_response_mode'));
    const inBoth = (launch: Launch): string => `${inQuery(launch)}#${query({ ...token })}`;
    expect(await end(asked, inBoth)).toEqual(refusedAs('wrong_response_mode'));
  });

  test('is refused with a code in the fragment, or in both parts', async () => {
    const inFragment = (launch: Launch): string =>
      `${own}#${query({ ...code, state: stateOf(launch) })}`;
    expect(await end(byCode, inFragment)).toEqual(refusedAs('wrong_response_mode'));
    const inBoth = (launch: Launch): string => `${cameBack(launch, code).url}#state=1`;
    expect(await end(byCode, inBoth)).toEqual(refusedAs('wrong_response_mode'));
  });

  test('may end with an empty fragment, as Google’s code answers have done', async () => {
    const url = (launch: Launch): string => `${cameBack(launch, code).url}#`;
    expect((await end(byCode, url)).outcome).toMatchObject({ kind: 'granted' });
  });

  test.each(['state', 'code', 'iss', 'scope', 'whatever'])(
    'is refused with %s twice, also when both say the same',
    async (name) => {
      const url = (launch: Launch): string =>
        `${cameBack(launch, { ...code, scope: 'send', whatever: '1' }).url}&${name}=${
          name === 'state' ? stateOf(launch) : '1'
        }`;
      expect(await end(byCode, url)).toEqual(refusedAs('duplicate_parameter'));
    },
  );

  test('is refused with two tokens', async () => {
    const url = (launch: Launch): string => `${cameBack(launch, token).url}&access_token=at-2`;
    expect(await end(asked, url)).toEqual(refusedAs('duplicate_parameter'));
  });
});

describe('state', () => {
  test.each([
    ['absent', () => ({})],
    ['empty', () => ({ state: '' })],
    ['made up', () => ({ state: 'A'.repeat(43) })],
    ['cut', (launch: Launch) => ({ state: stateOf(launch).slice(0, -1) })],
    ['longer', (launch: Launch) => ({ state: `${stateOf(launch)}A` })],
    ['in other letters', (launch: Launch) => ({ state: stateOf(launch).toLowerCase() + 'x' })],
  ] as const)('is refused when it is %s, in either flow', async (_, state) => {
    const byToken = (launch: Launch): string => `${own}#${query({ ...token, ...state(launch) })}`;
    const withCode = (launch: Launch): string => `${own}?${query({ ...code, ...state(launch) })}`;
    expect(await end(asked, byToken)).toEqual(refusedAs('wrong_state'));
    expect(await end(byCode, withCode)).toEqual(refusedAs('wrong_state'));
  });

  test('is good for one attempt: a replayed answer is refused', async () => {
    for (const [request, fields] of [
      [asked, token],
      [byCode, code],
    ] as const) {
      const { oauth, webAuth } = world();
      let answer = '';
      webAuth.endWith((launch) => {
        answer = cameBack(launch, fields).url;
        return { kind: 'redirected', url: answer };
      });
      expect(await oauth.authorize(request)).toMatchObject({ kind: 'granted' });
      webAuth.endWith(() => ({ kind: 'redirected', url: answer }));
      expect(await oauth.authorize(request)).toMatchObject({
        kind: 'refused',
        code: 'wrong_state',
      });
    }
  });

  test('is good for its own window: two windows at once can not swap answers', async () => {
    const { oauth, webAuth } = world();
    const ends = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    webAuth.endWith(async () => {
      const mine = ends[webAuth.launches.length - 1]!;
      return { kind: 'redirected', url: await mine.promise };
    });
    const first = oauth.authorize(asked);
    await expect.poll(() => webAuth.launches.length).toBe(1);
    const second = oauth.authorize(asked);
    await expect.poll(() => webAuth.launches.length).toBe(2);
    ends[0]!.resolve(cameBack(webAuth.launches[1]!, token).url);
    ends[1]!.resolve(cameBack(webAuth.launches[0]!, token).url);
    expect(await Promise.all([first, second])).toMatchObject([
      { code: 'wrong_state' },
      { code: 'wrong_state' },
    ]);
  });

  test('guards errors too: nobody else can end an attempt, or sign a person out', async () => {
    const url = (): string => `${own}#${query({ error: 'login_required', state: 'x' })}`;
    expect(await end(silently, url)).toEqual(refusedAs('wrong_state'));
  });
});

describe('two servers', () => {
  test('an answer of the other server, which came to its own redirect URI, is refused', async () => {
    const there = own.replace('issuer', otherServer.redirectPath);
    const url = (launch: Launch): string =>
      `${there}?${query({ ...code, state: stateOf(launch) })}`;
    expect(await end(byCode, url)).toEqual(refusedAs('wrong_redirect'));
  });

  test.each([
    'https://evil.example',
    'https://issuer.example/',
    'http://issuer.example',
    'https://ISSUER.example',
    'issuer.example',
    '',
  ])('an answer that says it is from %j is refused in either flow', async (iss) => {
    const byToken = (launch: Launch): string => cameBack(launch, { ...token, iss }).url;
    const withCode = (launch: Launch): string => cameBack(launch, { ...code, iss }).url;
    expect(await end(asked, byToken)).toEqual(refusedAs('wrong_issuer'));
    expect(await end(byCode, withCode)).toEqual(refusedAs('wrong_issuer'));
  });

  test('an error that says it is from another server is refused', async () => {
    const iss = otherServer.issuer;
    const url = (launch: Launch): string => cameBack(launch, { error: 'access_denied', iss }).url;
    expect(await end(silently, url)).toEqual(refusedAs('wrong_issuer'));
  });

  test('an answer that does not say whose it is counts only where the server need not say', async () => {
    const withCode = (launch: Launch): string => cameBack(launch, { code: 'c-1' }).url;
    expect(await end(byCode, withCode)).toEqual(refusedAs('wrong_issuer'));
    const byToken = (launch: Launch): string => cameBack(launch, token).url;
    expect((await end(asked, byToken)).outcome).toMatchObject({ kind: 'granted' });
    const strict = { ...asked, server: { ...server, issRequiredIn: ['token', 'code'] as const } };
    expect(await end(strict, byToken)).toEqual(refusedAs('wrong_issuer'));
  });

  test('an error without a name still ends its own attempt', async () => {
    const url = (launch: Launch): string => cameBack(launch, { error: 'login_required' }).url;
    const silentByCode = { ...silently, client: secretClient };
    expect((await end(silentByCode, url)).outcome).toEqual({
      kind: 'signed-out',
      why: 'login_required',
    });
  });

  test('a code goes to the server that was asked, and to no other', async () => {
    const { oauth, webAuth, requests } = world();
    webAuth.endWith((launch) =>
      cameBack(launch, { ...code, token_endpoint: 'https://evil.example/token' }),
    );
    await oauth.authorize(byCode);
    expect(requests.map(({ url }) => url)).toEqual([server.tokenEndpoint]);
  });
});

describe('the token in a fragment', () => {
  const strange = { outcome: { kind: 'unavailable', reason: 'strange-answer' }, asked: 0 };
  test.each([
    ['absent', { access_token: undefined }],
    ['empty', { access_token: '' }],
    ['with a line break', { access_token: 'at\r\nX-Evil: 1' }],
    ['not ASCII', { access_token: 'ät' }],
    ['huge', { access_token: 'a'.repeat(20_000) }],
    ['without a type', { token_type: undefined }],
    ['of life 0', { expires_in: '0' }],
    ['of negative life', { expires_in: '-5' }],
    ['of life in words', { expires_in: 'soon' }],
    ['of life 1e9', { expires_in: '1e9' }],
    ['of life 12.5', { expires_in: '12.5' }],
    ['of endless life', { expires_in: 'Infinity' }],
    ['beside a code', { code: 'c-1' }],
    ['beside a refresh token', { refresh_token: 'rt-1' }],
  ] as const)('is no grant when it is %s', async (_, change) => {
    const fields = Object.entries({ ...token, ...change }).filter(
      (field): field is [string, string] => field[1] !== undefined,
    );
    const url = (launch: Launch): string => cameBack(launch, Object.fromEntries(fields)).url;
    expect(await end(asked, url)).toEqual(strange);
  });

  test('is refused when it is of another type than bearer', async () => {
    const url = (launch: Launch): string => cameBack(launch, { ...token, token_type: 'mac' }).url;
    expect(await end(asked, url)).toEqual(refusedAs('wrong_token_type'));
  });

  test('lives a day at most, and minutes when its life is not told', async () => {
    const { oauth, webAuth, clock } = world();
    const livesFor = async (fields: Record<string, string>): Promise<unknown> => {
      webAuth.endWith((launch) => cameBack(launch, fields));
      const outcome = await oauth.authorize(asked);
      return outcome.kind === 'granted' ? outcome.grant.expiresAt - clock.now() : outcome;
    };
    expect(await livesFor({ ...token, expires_in: '9999999999' })).toBe(86_400_000);
    expect(await livesFor({ access_token: 'a', token_type: 'bearer' })).toBe(300_000);
  });

  test('stands for what was asked when its scope is not told, and for nothing when it is empty', async () => {
    const { oauth, webAuth } = world();
    const scopesOf = async (fields: Record<string, string>): Promise<unknown> => {
      webAuth.endWith((launch) => cameBack(launch, fields));
      const outcome = await oauth.authorize(asked);
      return outcome.kind === 'granted' ? outcome.grant.scopes : outcome;
    };
    expect(await scopesOf(token)).toEqual(asked.scopes);
    expect(await scopesOf({ ...token, scope: '' })).toEqual([]);
    expect(await scopesOf({ ...token, scope: 'openid  email' })).toEqual(['openid', 'email']);
  });
});

describe('a code', () => {
  test('is not redeemed when it is absent or comes beside tokens', async () => {
    const strange = { outcome: { kind: 'unavailable', reason: 'strange-answer' }, asked: 0 };
    const without = (launch: Launch): string => cameBack(launch, { iss: server.issuer }).url;
    expect(await end(byCode, without)).toEqual(strange);
    const beside = (launch: Launch): string => cameBack(launch, { ...code, access_token: 'a' }).url;
    expect(await end(byCode, beside)).toEqual(strange);
    const jarm = (launch: Launch): string => cameBack(launch, { ...code, response: 'x.y.z' }).url;
    expect(await end(byCode, jarm)).toEqual(strange);
  });
});
