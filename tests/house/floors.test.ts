import { describe, expect, it } from 'vitest';
import { complaintAbout } from './floors.ts';

describe('the floors', () => {
  it('lets a room use the door of a lower one', () => {
    expect(complaintAbout('utils/outbox/outbox.ts', 'utils/vault/vault.ts')).toBeNull();
  });
  it('refuses an arrow that points up, and says what to do instead', () => {
    expect(complaintAbout('utils/vault/vault.ts', 'utils/outbox/outbox.ts')).toContain(
      'pass what you need in as an argument',
    );
  });
  it('refuses an arrow that points sideways', () => {
    expect(complaintAbout('utils/oauth/oauth.ts', 'utils/vault/vault.ts')).not.toBeNull();
  });
  it('refuses to climb in by the window', () => {
    expect(complaintAbout('utils/outbox/outbox.ts', 'utils/vault/envelope.ts')).toContain('door');
  });
  it('keeps components away from rooms that hold power', () => {
    expect(complaintAbout('components/Popup.tsx', 'utils/vault/vault.ts')).toContain('message');
  });
  it('knows the providers behind their contract', () => {
    expect(
      complaintAbout('utils/providers/gmail/gmail.ts', 'utils/providers/providers.ts'),
    ).toBeNull();
    expect(
      complaintAbout('utils/providers/gmail/gmail.ts', 'utils/providers/outlook/outlook.ts'),
    ).not.toBeNull();
  });
  it('opens the real browser to compositions alone', () => {
    const browserDoor = 'utils/platform/browser-platform.ts';
    expect(complaintAbout('entrypoints/background.ts', browserDoor)).toBeNull();
    expect(complaintAbout('utils/outbox/outbox.ts', browserDoor)).toContain('argument');
  });
  it('asks for a floor for a room that has none', () => {
    expect(complaintAbout('utils/attic/attic.ts', 'utils/mail/mail.ts')).toContain('floors.ts');
  });
});
