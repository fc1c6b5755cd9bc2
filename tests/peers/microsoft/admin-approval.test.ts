import { describe, expect, test } from 'vitest';
import { createPerson, type VisitEnd } from '../google/person.ts';
import { LOGIN, type MicrosoftStage, REDIRECT_URI, stageMicrosoft } from './microsoft-stage.ts';

const DRAFTS = 'openid offline_access User.Read Mail.Send Mail.ReadWrite';

function fields(end: VisitEnd): Record<string, string> {
  if (end.kind === 'page') throw new Error(`still on a page:\n${end.html}`);
  return Object.fromEntries(new URL(end.url).searchParams);
}

/** The link that a person would send to their administrator. */
function approvalLink(
  stage: MicrosoftStage,
  tenant: string,
  more: Record<string, string> = {},
): string {
  const query = new URLSearchParams({
    client_id: stage.client.id,
    redirect_uri: REDIRECT_URI,
    scope:
      'https://graph.microsoft.com/Mail.ReadWrite https://graph.microsoft.com/Mail.Send User.Read',
    state: 's',
    ...more,
  });
  return `${LOGIN}/${tenant}/v2.0/adminconsent?${query.toString()}`;
}

describe('who may allow what (PROVIDERS.md B1, “User-consent policy”)', () => {
  test.each([
    ['Mail.Send', 'consent'],
    ['Files.ReadWrite', 'consent'],
    ['SMTP.Send', 'consent'],
    ['Mail.ReadWrite', 'approval'],
    ['Mail.Read', 'approval'],
    ['Mail.ReadBasic', 'approval'],
    ['User.Read.All', 'approval'],
  ])('under Microsoft’s default, %s leads to the page %s', async (scope, form) => {
    const stage = stageMicrosoft();
    const name = scope === 'SMTP.Send' ? 'https://outlook.office.com/SMTP.Send' : scope;
    const person = createPerson(stage.router, {
      account: stage.accounts.joan,
      approval: 'close-window',
    });
    await person.visit(stage.authorizeUrl({ scope: 'openid' }), true);
    const end = await person.visit(stage.authorizeUrl({ scope: `openid ${name}` }), false);
    expect(end.kind === 'page' && end.html).toContain(`<form id="${form}"`);
  });

  test('personal accounts decide for themselves', async () => {
    const stage = stageMicrosoft();
    const person = createPerson(stage.router, { account: stage.accounts.hedy });
    expect(
      fields(await person.visit(stage.authorizeUrl({ scope: DRAFTS }), true))['code'],
    ).toBeDefined();
  });

  test('a company that leaves nothing to its people: even signing in needs approval', async () => {
    const stage = stageMicrosoft();
    const person = createPerson(stage.router, { account: stage.accounts.katherine });
    const answer = fields(await person.visit(stage.authorizeUrl({ scope: 'openid' }), true));
    expect(answer['error_description']).toContain('AADSTS90094');
  });

  test('a company that leaves everything to them, but for what only administrators ever may', async () => {
    const stage = stageMicrosoft();
    const tenant = { ...stage.tenants.bletchley, userConsent: 'everybody' as const };
    const free = stageMicrosoft({ tenants: [tenant] });
    const person = createPerson(free.router, { account: free.accounts.joan });
    expect(
      fields(await person.visit(free.authorizeUrl({ scope: DRAFTS }), true))['code'],
    ).toBeDefined();
    const all = await person.visit(free.authorizeUrl({ scope: 'openid User.Read.All' }), true);
    expect(fields(all)['error']).toBe('access_denied');
  });
});

describe('“Need admin approval”', () => {
  test('turning back gives access_denied with AADSTS90094 and the state; or, by the switch, the code of any refusal', async () => {
    const stage = stageMicrosoft();
    const person = createPerson(stage.router, { account: stage.accounts.joan });
    const answer = fields(await person.visit(stage.authorizeUrl({ scope: DRAFTS }), true));
    expect(answer).toMatchObject({
      error: 'access_denied',
      state: 'state-1',
      error_uri: `${LOGIN}/error?code=90094`,
    });
    expect(answer['error_description']).toContain(
      'Postern needs permission to access resources in your organization',
    );
    stage.microsoft.switches.approvalRefused = 'AADSTS65004';
    const other = fields(await person.visit(stage.authorizeUrl({ scope: DRAFTS }), true));
    expect(other['error_description']).toContain('AADSTS65004');
  });

  test('where the company has a workflow the person asks on the page: AADSTS90095', async () => {
    const plain = stageMicrosoft();
    const tenant = { ...plain.tenants.bletchley, approvalWorkflow: true };
    const stage = stageMicrosoft({ tenants: [tenant] });
    const person = createPerson(stage.router, {
      account: stage.accounts.joan,
      approval: 'request',
    });
    const answer = fields(await person.visit(stage.authorizeUrl({ scope: DRAFTS }), true));
    expect(answer['error_description']).toContain('AADSTS90095');
  });

  test('prompt=none never shows it: interaction_required', async () => {
    const stage = stageMicrosoft();
    const person = createPerson(stage.router, { account: stage.accounts.joan });
    await person.visit(stage.authorizeUrl(), true);
    const end = await person.visit(stage.authorizeUrl({ scope: DRAFTS, prompt: 'none' }), false);
    expect(fields(end)['error']).toBe('interaction_required');
  });
});

describe('an administrator approves', () => {
  test('by the link: everybody in the tenant then signs in without being asked', async () => {
    const stage = stageMicrosoft();
    const admin = createPerson(stage.router, { account: stage.accounts.alan });
    const answer = fields(await admin.visit(approvalLink(stage, stage.tenants.bletchley.id), true));
    expect(answer).toEqual({
      admin_consent: 'True',
      tenant: stage.tenants.bletchley.id,
      scope: 'Mail.ReadWrite Mail.Send User.Read',
      state: 's',
    });
    const person = createPerson(stage.router, { account: stage.accounts.joan, consent: 'allow' });
    const end = await person.visit(stage.authorizeUrl({ scope: DRAFTS }), true);
    expect(fields(end)['code']).toBeDefined();
  });

  test('by the link of the old form, which asks for all that the app may want', async () => {
    const stage = stageMicrosoft();
    const admin = createPerson(stage.router, { account: stage.accounts.dorothy });
    const url = `${LOGIN}/${stage.tenants.langley.domain}/adminconsent?client_id=${stage.client.id}&redirect_uri=${encodeURIComponent(REDIRECT_URI)}`;
    expect(fields(await admin.visit(url, true))['admin_consent']).toBe('True');
    const person = createPerson(stage.router, { account: stage.accounts.katherine });
    expect(
      fields(await person.visit(stage.authorizeUrl({ scope: DRAFTS }), true))['code'],
    ).toBeDefined();
  });

  test('declining it is said to the app; somebody without the office is told on the page', async () => {
    const stage = stageMicrosoft();
    const link = approvalLink(stage, stage.tenants.bletchley.id);
    const admin = createPerson(stage.router, { account: stage.accounts.alan, consent: 'deny' });
    expect(fields(await admin.visit(link, true))['error']).toBe('access_denied');
    const person = createPerson(stage.router, { account: stage.accounts.joan });
    const end = await person.visit(link, true);
    expect(end.kind === 'page' && end.html).toContain('AADSTS90093');
  });

  test.each([
    ['common', {}, 'AADSTS500200'],
    ['organizations', { redirect_uri: 'https://elsewhere.example/' }, 'AADSTS50011'],
  ])('at %s with %o: a page', async (tenant, more, code) => {
    const stage = stageMicrosoft();
    const admin = createPerson(stage.router, { account: stage.accounts.alan });
    const end = await admin.visit(approvalLink(stage, tenant, more), true);
    expect(end.kind === 'page' && end.html).toContain(code);
  });

  test('a scope that does not exist goes back to the app', async () => {
    const stage = stageMicrosoft();
    const admin = createPerson(stage.router, { account: stage.accounts.alan });
    const link = approvalLink(stage, 'organizations', { scope: 'Mail.Sent' });
    expect(fields(await admin.visit(link, true))['error']).toBe('invalid_client');
  });

  test('the test may do the same without clicking', async () => {
    const stage = stageMicrosoft();
    stage.microsoft.approve(stage.tenants.langley.id, stage.client.id, ['Mail.Send', 'User.Read']);
    const person = createPerson(stage.router, { account: stage.accounts.katherine });
    expect(fields(await person.visit(stage.authorizeUrl(), true))['code']).toBeDefined();
  });
});
